/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * The one spelling of a value: JSON by RFC 8785. Throws a TypeError on what JSON can't say: a number that is none, half
 * of a surrogate pair, undefined, an object that is no plain record.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}.`)
    return JSON.stringify(value) // ECMAScript's own spelling is the one RFC 8785 asks for; -0 becomes 0
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(',')}]`
  if (typeof value !== 'object' || !isPlain(value)) throw new TypeError(`JSON has no ${typeof value}.`)
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1)) // by UTF-16 code units, as JavaScript compares
    .map(([name, member]) => `${quoted(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('JSON has no lone surrogates.')
  return JSON.stringify(text)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
