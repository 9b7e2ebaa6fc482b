import { isDoc, toNumber } from './document.ts'
import { bad } from './error.ts'
import { type Direction, keyOf } from './keys.ts'
import { indexed, type Path, pathOf } from './paths.ts'

/** `{ a: 1, 'b.c': -1 }` in its order. */
export type Order = readonly { readonly name: string; readonly path: Path; readonly direction: Direction }[]

export function orderOf(sort: unknown): Order {
  if (sort === undefined || sort === null) return []
  if (!isDoc(sort)) throw bad('A sort is fields with 1 or -1.')
  return Object.entries(sort).map(([name, value]) => {
    const direction = toNumber(value, `The sort by ${name}`)
    if (direction !== 1 && direction !== -1) throw bad(`The sort by ${name} must be 1 or -1.`)
    if (name.startsWith('$')) throw bad(`There is no sort by ${name}.`)
    return { name, path: pathOf(name), direction }
  })
}

/** Keys in plain order sort documents as asked. An array counts as its least element, or its greatest when descending. */
export function sortKey(doc: unknown, order: Order): Buffer {
  const values = order.map(({ path, direction }) => {
    const { values } = indexed(doc, path)
    const keys = values.map(value => ({ value, key: keyOf([value]) }))
    return keys.reduce((best, next) => (Buffer.compare(next.key, best.key) * direction < 0 ? next : best))
      .value
  })
  return keyOf(
    values,
    order.map(({ direction }) => direction),
  )
}

/** Sorts things by keys made once each; equals stay in their order. */
export function byKey<T>(things: Iterable<T>, key: (thing: T) => Buffer): T[] {
  return Array.from(things, thing => ({ thing, key: key(thing) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ thing }) => thing)
}

/** $push's $sort: 1 or -1 sorts the elements themselves, fields sort them as documents. */
export function sortValues(values: readonly unknown[], sort: unknown): unknown[] {
  if (isDoc(sort)) {
    const order = orderOf(sort)
    return byKey(values, value => sortKey(value, order))
  }
  const [by] = orderOf({ value: sort })
  return byKey(values, value => keyOf([value], [by?.direction ?? 1]))
}
