/** How the kit spells its cases: a base receipt and edits of it, each a path and what to do there. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type Edit =
  | { readonly at: string; readonly set: Json }
  | { readonly at: string; readonly remove: true }
export type Expected = { readonly valid: boolean; readonly withdrawn?: boolean; readonly broken?: string }
export type Case = {
  readonly says: string
  readonly base: string
  readonly edits: readonly Edit[]
  readonly expect: Expected
}
export type Kit = {
  readonly key: string
  readonly bases: { readonly [name: string]: Json }
  readonly cases: readonly Case[]
  readonly texts: readonly { readonly says: string; readonly text: string; readonly expect: Expected }[]
}

/** The base with its edits. Paths are names and indexes joined by `/`. */
export function edited(base: Json, edits: readonly Edit[]): Json {
  const whole = structuredClone(base)
  for (const edit of edits) {
    const path = edit.at.split('/')
    const last = path.pop() ?? ''
    let inside = whole as { [name: string]: Json }
    for (const name of path) inside = inside[name] as { [name: string]: Json }
    if ('set' in edit) inside[last] = edit.set
    else if (Array.isArray(inside)) inside.splice(Number(last), 1)
    else delete inside[last]
  }
  return whole
}

/** Every way to change one thing: each value another, each name away, a name too many, a list shorter or longer. */
export function* mutants(
  value: Json,
  at: string,
): Generator<readonly [says: string, edits: readonly Edit[]]> {
  const under = (name: string | number) => (at ? `${at}/${name}` : String(name))
  if (typeof value === 'string') {
    const middle = Math.floor(value.length / 2)
    const letter = value[middle] === 'A' ? 'B' : 'A'
    yield [
      `${at} changed in its middle`,
      [{ at, set: value.slice(0, middle) + letter + value.slice(middle + 1) }],
    ]
    yield [`${at} empty`, [{ at, set: value === '' ? ' ' : '' }]]
  } else if (typeof value === 'number') yield [`${at} one more`, [{ at, set: value + 1 }]]
  else if (typeof value === 'boolean') yield [`${at} turned`, [{ at, set: !value }]]
  else if (Array.isArray(value)) {
    yield [`${at} longer`, [{ at: under(value.length), set: value[0] ?? 'A' }]]
    if (value.length > 0) yield [`${at} shorter`, [{ at: under(0), remove: true }]]
    for (const [index, item] of value.entries()) yield* mutants(item, under(index))
  } else if (value !== null) {
    yield [`${at} with a name too many`, [{ at: under('more'), set: 1 }]]
    for (const [name, item] of Object.entries(value)) {
      yield [`${under(name)} missing`, [{ at: under(name), remove: true }]]
      yield* mutants(item, under(name))
    }
  }
}
