import type { TermsShape } from '../../server/contract.ts'

/** Less than what was asked for: every change here takes away, and none adds. */
export const lists = [
  'acts',
  'episodes',
  'characters',
  'languages',
  'territories',
  'media',
  'alterations',
] as const
export type ListName = (typeof lists)[number]

/** Puts one item of a list of the base in or out, in the base's own order. */
export function toggled(base: TermsShape, value: TermsShape, list: ListName, item: string): TermsShape {
  const has = (one: string) => (one === item ? !value[list].includes(one) : value[list].includes(one))
  return { ...value, [list]: base[list].filter(has) }
}

/** Forbids something more, or takes back what was forbidden beyond the base. */
export function forbidden(base: TermsShape, value: TermsShape, item: string): TermsShape {
  if (base.banned.includes(item)) return value
  const banned = value.banned.includes(item)
    ? value.banned.filter(one => one !== item)
    : [...value.banned, item]
  return { ...value, banned }
}

export function limited(
  base: TermsShape,
  value: TermsShape,
  which: 'lines' | 'seconds',
  to: number,
): TermsShape {
  const most = base.limits[which]
  const bounded = Number.isInteger(to) ? Math.min(Math.max(to, 0), most) : most
  return { ...value, limits: { ...value.limits, [which]: bounded } }
}

const dayMs = 86_400_000

/** The day before an instant at which something ends, as a date field writes it (UTC, as the text that is signed). */
export const lastDay = (end: number): string => new Date(end - 1).toISOString().slice(0, 10)

/** Ends the making or the term with the end of a day, never later than the base and never before it began. */
export function endedOn(
  base: TermsShape,
  value: TermsShape,
  which: 'makeUntil' | 'until',
  day: string,
): TermsShape {
  const asked = Date.parse(day)
  if (Number.isNaN(asked)) return value
  const end = Math.min(Math.max(asked + dayMs, base.from + 1), base[which])
  return which === 'until'
    ? { ...value, until: end, makeUntil: Math.min(value.makeUntil, end) }
    : { ...value, makeUntil: Math.min(end, value.until) }
}

export const isLess = (base: TermsShape, value: TermsShape): boolean =>
  JSON.stringify(base) !== JSON.stringify(value)
