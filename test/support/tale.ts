/** What a history came to: how many steps, and how often something was kept or refused, so that neither is a dead end. */
export type Tale = { readonly [Name in (typeof told)[number]]: number }
export const told = [
  'kept',
  'refused',
  'stopped',
  'crashes',
  'rendered',
  'previewed',
  'exported',
  'played',
  'erased',
] as const

export const nothing = Object.fromEntries(told.map(name => [name, 0])) as Tale
export const add = (one: Tale, other: Tale): Tale =>
  Object.fromEntries(told.map(name => [name, one[name] + other[name]])) as Tale

/** The same numbers for the same seed: mulberry32, public domain. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
