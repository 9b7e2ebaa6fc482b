import { BSON } from 'bson'
import { bad, StoreError } from './error.ts'

/** A decoded document. Its names come from outside: look only at its own (`own`), set only through `put`. */
export type Doc = { [name: string]: unknown }

/** MongoDB's limit for one document. */
export const maxDocument = 16 * 1024 * 1024

export const encode = (doc: Doc): Buffer => Buffer.from(BSON.serialize(doc, { ignoreUndefined: true }))

/** 64-bit integers become bigint and stay what they are; regular expressions stay inert pattern and flags. */
export const decode = (bytes: Uint8Array): Doc =>
  BSON.deserialize(bytes, { useBigInt64: true, bsonRegExp: true })

/** Refuses what is over the limit, before anything is written. */
export function encodeStored(doc: Doc): Buffer {
  const bytes = encode(doc)
  checkSize(bytes)
  return bytes
}

export function checkSize(bytes: Uint8Array): void {
  if (bytes.length > maxDocument)
    throw new StoreError(10334, 'BSONObjectTooLarge', `A document of ${bytes.length} bytes is over 16 MB.`)
}

/** True of objects that hold fields; not of arrays, dates, ids and other values that happen to be objects. */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false
  const kind = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}

/** The own field of that name: `constructor` and its like are nobody's unless the document has them. */
export const own = (doc: object, name: string): unknown =>
  Object.hasOwn(doc, name) ? (doc as Doc)[name] : undefined

export function put(doc: Doc | unknown[], name: string, value: unknown): void {
  // Assigning to this one name would change what the object is, not what it holds.
  if (name === '__proto__') throw bad("A field can't be called __proto__.")
  ;(doc as Doc)[name] = value
}

/** True of `{$gt: 1}`: an object whose first name is an operator (and that is no DBRef). */
export function isOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false
  const [first] = Object.keys(value)
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first)
}

/** A number out of a command, which may have come as a 64-bit integer. */
export function toNumber(value: unknown, name: string, fallback = 0): number {
  if (value === undefined || value === null) return fallback
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  throw bad(`${name} must be a number.`)
}
