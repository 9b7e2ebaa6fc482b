import { BSONRegExp, MaxKey, MinKey } from 'bson'
import { type Doc, isDoc, isOperators } from './document.ts'
import type { Index } from './indexes.ts'
import { after, type Direction, keyOf, same } from './keys.ts'
import type { Order } from './sort.ts'

/** How documents are found. Pure: it looks at the question and at the indexes, at no data. */
export type Plan = {
  /** Absent, and no `any` either: all rows are looked at. */
  readonly index?: Index
  /** Instead: the rows that any of these finds, each once. */
  readonly any?: readonly Plan[]
  /** Keys from the first up to and without the second, in the order in which they are read. */
  readonly bounds: readonly Bound[]
  readonly backwards: boolean
  /** What is read comes in the order asked for. */
  readonly inOrder: boolean
  /** What is read is exactly what was asked for: no document need be tested. */
  readonly exact: boolean
}
export type Bound = readonly [from: Buffer, to: Buffer]

/** What a query wants of one field, where an index can help: one of some values, or a range. */
type Wanted = { readonly among: readonly unknown[] } | { readonly range: readonly Limit[] }
type Limit = { readonly operator: Comparison; readonly value: unknown }
type Comparison = '$gt' | '$gte' | '$lt' | '$lte'

/** More ranges than this in one index are dearer than looking at more documents. */
const mostBounds = 2000

export function planFor(filter: Doc, order: Order, indexes: readonly Index[]): Plan {
  const { wanted, whole } = readFilter(filter)
  const plans = indexes.flatMap(index => planWith(index, wanted, whole, filter, order))
  const scan = {
    bounds: [],
    backwards: false,
    inOrder: order.length === 0,
    exact: Object.keys(filter).length === 0,
  }
  const best = plans.reduce<Ranked>((best, next) => (next.rank > best.rank ? next : best), {
    ...scan,
    rank: 0,
  })
  return best.rank >= narrowing ? best : (planForAny(filter, indexes) ?? best)
}

/** What a question is worth at least whose answer an index narrows: without, it gives no more than the order. */
const narrowing = 5

/** Of `$or` every branch is looked up for itself, if some index narrows each of them: one that none does reads all anyway. */
function planForAny({ $or, ...rest }: Doc, indexes: readonly Index[]): Plan | undefined {
  if (!Array.isArray($or) || $or.length === 0 || !$or.every(isDoc)) return undefined
  const any: Plan[] = []
  for (const branch of $or) {
    const both = Object.keys(rest).some(name => Object.hasOwn(branch, name))
    const plan = planFor(both ? { $and: [rest, branch] } : { ...rest, ...branch }, [], indexes)
    if (!plan.index && !plan.any) return undefined
    any.push(...(plan.any ?? [plan]))
  }
  const bounds = any.reduce((sum, plan) => sum + plan.bounds.length, 0)
  if (bounds > mostBounds) return undefined
  return { any, bounds: [], backwards: false, inOrder: false, exact: false }
}

type Ranked = Plan & { readonly rank: number }

function planWith(
  index: Index,
  wanted: ReadonlyMap<string, Wanted>,
  whole: boolean,
  filter: Doc,
  order: Order,
): Ranked[] {
  const { partialFilterExpression: partial } = index
  if (partial && !Object.entries(partial).every(([name, value]) => same(filter[name], value))) return []

  let prefixes: unknown[][] = [[]]
  let used = 0
  let range: readonly Limit[] | undefined
  for (const { name } of index.order) {
    const want = wanted.get(name)
    if (!want) break
    if ('range' in want) {
      range = want.range
      break
    }
    // A sparse index knows nothing of documents without the field.
    if (index.sparse && want.among.some(value => value === null || value === undefined)) break
    if (prefixes.length * want.among.length > mostBounds) break
    prefixes = prefixes.flatMap(prefix => want.among.map(value => [...prefix, value]))
    used++
  }
  const complete = !index.sparse && !partial
  const { inOrder, backwards } = readingOrder(index, order, used, prefixes.length === 1)
  const helps = used > 0 || range !== undefined
  if (!helps && !(inOrder && order.length > 0 && complete)) return []

  const bounds = prefixes.map(prefix => boundOf(index, prefix, range))
  const ranged = range === undefined ? 0 : 1
  const exact = whole && !index.many && used + ranged === wanted.size
  const unique = index.unique && used === index.order.length
  return [
    {
      index,
      bounds: inReadingOrder(bounds, backwards),
      backwards,
      inOrder,
      exact,
      rank: (unique ? 1000 : 0) + used * 10 + ranged * 5 + (inOrder && order.length > 0 ? 3 : 0),
    },
  ]
}

/** Whether the index, read forwards or backwards, gives the order asked for: fields held equal don't matter. */
function readingOrder(index: Index, order: Order, used: number, single: boolean) {
  if (order.length === 0) return { inOrder: true, backwards: false }
  const held = new Set(index.order.slice(0, used).map(({ name }) => name))
  const asked = order.filter(({ name }) => !held.has(name))
  const turns = asked.map(({ name, direction }, position) => {
    const field = index.order[used + position]
    return field?.name === name ? direction * field.direction : 0
  })
  const [turn = 1] = turns
  const inOrder = !index.many && single && turn !== 0 && turns.every(other => other === turn)
  return { inOrder, backwards: inOrder && turn < 0 }
}

function inReadingOrder(bounds: readonly Bound[], backwards: boolean): readonly Bound[] {
  const once = new Map(bounds.map(bound => [bound[0].toString('latin1'), bound]))
  const sorted = [...once.values()].sort((a, b) => Buffer.compare(a[0], b[0]))
  return backwards ? sorted.reverse() : sorted
}

function boundOf(index: Index, prefix: readonly unknown[], range: readonly Limit[] | undefined): Bound {
  const base = keyOf(prefix, index.directions)
  if (!range) return [base, base.length > 0 ? after(base) : Buffer.from([0xff, 0xff])]
  const direction = index.directions[prefix.length] ?? 1
  // In an array one element may pass one limit and another the other: only one of them bounds what to look at.
  const limits = index.many ? range.slice(0, 1) : range
  const ends = limits.map(limit =>
    boundOfLimit(limit, key => keyOf([...prefix, key], index.directions), base, direction),
  )
  const from = ends.map(([start]) => start).reduce((a, b) => (Buffer.compare(a, b) > 0 ? a : b))
  const to = ends.map(([, end]) => end).reduce((a, b) => (Buffer.compare(a, b) < 0 ? a : b))
  return [from, to]
}

/** From or up to a value, among values of its type alone. */
function boundOfLimit(
  { operator, value }: Limit,
  key: (value: unknown) => Buffer,
  base: Buffer,
  direction: Direction,
): Bound {
  const at = key(value)
  const type = at.subarray(0, base.length + 1)
  const upwards = (operator === '$gt' || operator === '$gte') === (direction === 1)
  const inclusive = operator === '$gte' || operator === '$lte'
  // Not a number stands before all numbers, and is neither less nor greater than any.
  const least = typeof value === 'number' || typeof value === 'bigint' ? key(Number.NEGATIVE_INFINITY) : type
  if (upwards) {
    const end = direction === 1 ? after(type) : after(least)
    return [inclusive ? at : after(at), end]
  }
  return [direction === 1 ? least : type, inclusive ? after(at) : at]
}

/** The fields that an index can find, and whether they are the whole of the question. */
function readFilter(filter: Doc): { wanted: ReadonlyMap<string, Wanted>; whole: boolean } {
  const wanted = new Map<string, Wanted>()
  let whole = true
  const read = (part: Doc): void => {
    for (const [name, value] of Object.entries(part)) {
      const want = name.startsWith('$') || wanted.has(name) ? undefined : wantedOf(value)
      if (want) wanted.set(name, want)
      else if (name === '$and' && Array.isArray(value) && value.every(isDoc)) value.forEach(read)
      else whole = false
    }
  }
  read(filter)
  return { wanted, whole }
}

function wantedOf(value: unknown): Wanted | undefined {
  if (!isOperators(value)) return isSimple(value) ? { among: [value] } : undefined
  const parts = Object.entries(value)
  const [only] = parts
  if (parts.length === 1 && only?.[0] === '$eq' && isSimple(only[1])) return { among: [only[1]] }
  if (parts.length === 1 && only?.[0] === '$in' && Array.isArray(only[1]) && only[1].every(isSimple))
    return only[1].length > 0 ? { among: only[1] } : undefined
  const range = parts.map(([operator, limit]) => ({ operator, value: limit }))
  return range.every(isLimit) ? { range } : undefined
}

function isLimit(limit: { operator: string; value: unknown }): limit is Limit {
  const { operator, value } = limit
  const orders = ['$gt', '$gte', '$lt', '$lte'].includes(operator)
  return orders && isSimple(value) && value !== null && !Number.isNaN(value)
}

/** A value that an index holds as one key. */
const isSimple = (value: unknown): boolean =>
  value !== undefined &&
  !Array.isArray(value) &&
  !(value instanceof BSONRegExp) &&
  !(value instanceof MinKey) &&
  !(value instanceof MaxKey)
