import { type Doc, isDoc, own, put } from './document.ts'
import { bad, unknown } from './error.ts'
import { element } from './match.ts'

export type Project = (doc: Doc) => Doc

/** The parts of names as a tree, so that `a.b` and `a.c` are one look into `a`. Leaves are what was asked of them. */
type Tree = Map<string, Tree | Leaf>
type Leaf =
  | { readonly wanted: boolean }
  | { readonly slice: Slice }
  | { readonly first: (value: unknown) => boolean }
type Slice = readonly [from: number, count?: number]

/** Which fields are shown: names with 1, or all but names with 0; of arrays also $slice and $elemMatch. */
export function compileProjection(projection: unknown): Project | undefined {
  if (projection === undefined || projection === null) return undefined
  if (!isDoc(projection)) throw bad('A projection is fields with 1 or 0.')
  const fields = Object.entries(projection)
  if (fields.length === 0) return undefined
  const leaves = fields.map(([name, wanted]) => [name, leafOf(name, wanted)] as const)
  const says = leaves.filter(([name, leaf]) => name !== '_id' && !('slice' in leaf)).map(([, leaf]) => leaf)
  const only =
    says.length > 0 ? says.some(isShown) : leaves.every(([name, leaf]) => name === '_id' && isShown(leaf))
  if (says.some(leaf => isShown(leaf) !== only))
    throw bad('A projection either names fields or leaves some out.')
  const tree: Tree = new Map()
  if (only && !Object.hasOwn(projection, '_id')) grow(tree, ['_id'], { wanted: true })
  for (const [name, leaf] of leaves) if (!(only && !isShown(leaf))) grow(tree, name.split('.'), leaf)
  return doc => pick(doc, tree, only)
}

const isShown = (leaf: Leaf) => !('wanted' in leaf) || leaf.wanted

function leafOf(name: string, wanted: unknown): Leaf {
  if (name.startsWith('$') || name.includes('.$')) throw unknown(`the projection ${name}`)
  if (typeof wanted === 'boolean') return { wanted }
  if (typeof wanted === 'number' || typeof wanted === 'bigint') return { wanted: Number(wanted) !== 0 }
  if (isDoc(wanted)) {
    const slice = own(wanted, '$slice')
    if (typeof slice === 'number') return { slice: slice < 0 ? [slice] : [0, slice] }
    if (Array.isArray(slice) && slice.length === 2) return { slice: [Number(slice[0]), Number(slice[1])] }
    if (Object.hasOwn(wanted, '$elemMatch')) return { first: element(wanted.$elemMatch) }
  }
  throw unknown(`the projection of ${name} by an expression`)
}

function grow(tree: Tree, [part = '', ...rest]: readonly string[], leaf: Leaf): void {
  const there = tree.get(part)
  if (rest.length === 0 || (there !== undefined && !(there instanceof Map))) {
    if (there !== undefined) throw bad(`The projection names ${part} twice.`)
    tree.set(part, leaf)
    return
  }
  const branch: Tree = there ?? new Map()
  tree.set(part, branch)
  grow(branch, rest, leaf)
}

function pick(doc: Doc, tree: Tree, only: boolean): Doc {
  const out: Doc = {}
  for (const [name, value] of Object.entries(doc)) {
    const asked = tree.get(name)
    if (asked === undefined) {
      if (!only) put(out, name, value)
    } else if (asked instanceof Map) {
      const inside = within(value, asked, only)
      if (inside !== undefined) put(out, name, inside)
    } else if ('wanted' in asked) {
      if (asked.wanted) put(out, name, value)
    } else if ('slice' in asked) put(out, name, Array.isArray(value) ? sliced(value, asked.slice) : value)
    else if (Array.isArray(value)) {
      const found = value.find(asked.first)
      if (found !== undefined) put(out, name, [found])
    }
  }
  return out
}

/** A branch reaches into documents and into documents in arrays; other values it names nothing of. */
function within(value: unknown, tree: Tree, only: boolean): unknown {
  if (isDoc(value)) return pick(value, tree, only)
  if (Array.isArray(value)) return value.map(one => within(one, tree, only)).filter(one => one !== undefined)
  return only ? undefined : value
}

function sliced(values: readonly unknown[], [from, count]: Slice): unknown[] {
  const start = from < 0 ? Math.max(0, values.length + from) : from
  return values.slice(start, count === undefined ? undefined : start + count)
}
