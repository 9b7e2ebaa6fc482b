import { isDoc, own } from './document.ts'
import { none } from './keys.ts'

/** `a.b.0` as its parts. */
export type Path = readonly string[]

export const pathOf = (name: string): Path => name.split('.')
const isPosition = (part: string) => /^\d+$/.test(part)

/**
 * Visits whatever a path leads to: through documents by name, through arrays both by position and into each of their
 * documents. What is not there is visited as undefined; arrays that hold no document lead nowhere.
 * Gives back whether an array was crossed on the way.
 */
export function reach(value: unknown, path: Path, visit: (leaf: unknown) => void, from = 0): boolean {
  const part = path[from]
  if (part === undefined) {
    visit(value)
    return false
  }
  if (Array.isArray(value)) {
    if (isPosition(part) && Number(part) < value.length) reach(value[Number(part)], path, visit, from + 1)
    for (const element of value) if (isDoc(element)) reach(element, path, visit, from)
    return true
  }
  if (!isDoc(value)) {
    visit(undefined)
    return false
  }
  return reach(own(value, part), path, visit, from + 1)
}

/** The values an index or a sort sees at a path: an array's elements in its place; at least one. */
export function indexed(doc: unknown, path: Path): { readonly values: unknown[]; readonly many: boolean } {
  const values: unknown[] = []
  let many = false
  const crossed = reach(doc, path, leaf => {
    if (!Array.isArray(leaf)) values.push(leaf)
    else {
      many = true
      if (leaf.length === 0) values.push(none)
      for (const element of leaf) values.push(element)
    }
  })
  if (values.length === 0) values.push(undefined)
  return { values, many: many || crossed }
}

/** The value at a path through documents and array positions only, as updates and projections see it. */
export function valueAt(doc: unknown, path: Path): unknown {
  let value = doc
  for (const part of path) {
    if (!isDoc(value) && !Array.isArray(value)) return undefined
    value = own(value, part)
  }
  return value
}
