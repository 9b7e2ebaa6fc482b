import { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson'
import { isDoc } from './document.ts'
import { unknown } from './error.ts'

/** $type's names and numbers. The several kinds of number are one to us, as they are to JavaScript. */
const types: readonly (readonly [name: string, number: number, is: (value: unknown) => boolean])[] = [
  ['number', Number.NaN, value => typeof value === 'number' || typeof value === 'bigint'],
  ['string', 2, value => typeof value === 'string'],
  ['object', 3, isDoc],
  ['array', 4, Array.isArray],
  ['binData', 5, value => value instanceof Binary],
  ['objectId', 7, value => value instanceof ObjectId],
  ['bool', 8, value => typeof value === 'boolean'],
  ['date', 9, value => value instanceof Date],
  ['null', 10, value => value === null],
  ['regex', 11, value => value instanceof BSONRegExp],
  ['timestamp', 17, value => value instanceof Timestamp],
]

export function isOfType(wanted: unknown): (value: unknown) => boolean {
  const row = types.find(([name, number]) => wanted === name || wanted === number)
  if (!row) throw unknown(`the $type ${String(wanted)}`)
  return row[2]
}
