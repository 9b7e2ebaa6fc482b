import { Binary, BSONRegExp, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { isDoc } from './document.ts'
import { unknown } from './error.ts'

/**
 * Values as bytes whose plain order (memcmp) is MongoDB's order of values: first by type, then by value. No encoding is
 * the beginning of another, so they can be put one after the other, and inverted for descending order.
 */

/** The types in their order. `none` is the empty array as an index sees it: before null, unlike what is missing. */
const tags = {
  min: 1,
  none: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binary: 8,
  id: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  max: 127,
} as const

/** Stands for an empty array among the values an index sees. */
export const none = Symbol('empty array')

export type Direction = 1 | -1

let bytes = Buffer.allocUnsafe(1 << 16)
let at = 0

/** The values as one key; `directions` are the index's, one a value. */
export function keyOf(values: readonly unknown[], directions?: readonly Direction[]): Buffer {
  at = 0
  for (const [index, value] of values.entries()) {
    const from = at
    write(value)
    if (directions?.[index] === -1) for (let byte = from; byte < at; byte++) bytes[byte] = ~(bytes[byte] ?? 0)
  }
  return Buffer.from(bytes.subarray(0, at))
}

/** Negative, zero or positive, as MongoDB orders the two. */
export const compare = (a: unknown, b: unknown): number => Buffer.compare(keyOf([a]), keyOf([b]))
export const same = (a: unknown, b: unknown): boolean => compare(a, b) === 0

/** Every key of a value of the same type as this one begins with this byte. */
export const tagOf = (value: unknown): number => keyOf([value])[0] ?? 0

/** The least key after all those that begin with these bytes. */
export function after(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix)
  let last = next.length - 1
  while (last >= 0 && next[last] === 0xff) last--
  if (last < 0) return Buffer.from([0xff, 0xff])
  next[last] = (next[last] ?? 0) + 1
  return next.subarray(0, last + 1)
}

function write(value: unknown): void {
  byte(tagFor(value))
  writeContent(value)
}

function tagFor(value: unknown): number {
  if (value === null || value === undefined) return tags.null
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return tags.number
    case 'string':
      return tags.string
    case 'boolean':
      return tags.boolean
  }
  if (Array.isArray(value)) return tags.array
  if (isDoc(value)) return tags.object
  if (value instanceof ObjectId) return tags.id
  if (value instanceof Date) return tags.date
  if (value instanceof Binary) return tags.binary
  if (value instanceof Timestamp) return tags.timestamp
  if (value instanceof BSONRegExp) return tags.regex
  if (value instanceof MinKey) return tags.min
  if (value instanceof MaxKey) return tags.max
  if (value === none) return tags.none
  throw unknown(`how to compare a ${(value as object).constructor?.name ?? typeof value}`)
}

function writeContent(value: unknown): void {
  if (typeof value === 'number' || typeof value === 'bigint') writeNumber(value)
  else if (typeof value === 'string') writeText(value)
  else if (typeof value === 'boolean') byte(value ? 1 : 0)
  else if (Array.isArray(value)) {
    for (const element of value) write(element)
    byte(0)
  } else if (isDoc(value)) {
    // Types are compared before names, names before contents.
    for (const [name, content] of Object.entries(value)) {
      byte(tagFor(content))
      writeText(name)
      writeContent(content)
    }
    byte(0)
  } else if (value instanceof ObjectId) writeBytes(value.id)
  else if (value instanceof Date) writeNumber(value.getTime())
  else if (value instanceof Timestamp) writeNumber(value.toBigInt())
  else if (value instanceof BSONRegExp) {
    writeText(value.pattern)
    writeText(value.options)
  } else if (value instanceof Binary) {
    const content = value.value()
    room(5)
    at = bytes.writeUInt32BE(content.length, at)
    byte(value.sub_type)
    writeBytes(content)
  }
}

/**
 * The double, its bits turned so that they sort as unsigned bytes; and for integers a double can't hold, how far the
 * true value lies from it (at most 2^10, as 64-bit integers have 11 bits more than a double's mantissa).
 */
function writeNumber(value: number | bigint): void {
  const double = Number(value)
  room(10)
  if (Number.isNaN(double)) bytes.fill(0, at, at + 8)
  else {
    bytes.writeDoubleBE(double === 0 ? 0 : double, at)
    if (double < 0) for (let index = at; index < at + 8; index++) bytes[index] = ~(bytes[index] ?? 0)
    else bytes[at] = (bytes[at] ?? 0) | 0x80
  }
  const apart = typeof value === 'bigint' ? Number(value - BigInt(double)) : 0
  at = bytes.writeUInt16BE(0x8000 + apart, at + 8)
}

/** UTF-8, closed by 00 00; a NUL inside is written 00 FF, so that it stays before every other character. */
function writeText(text: string): void {
  room(Buffer.byteLength(text) * (text.includes('\0') ? 2 : 1) + 2)
  if (!text.includes('\0')) at += bytes.write(text, at, 'utf8')
  else
    for (const [index, part] of text.split('\0').entries()) {
      if (index > 0) at = bytes.writeUInt16BE(0x00ff, at)
      at += bytes.write(part, at, 'utf8')
    }
  at = bytes.writeUInt16BE(0, at)
}

function writeBytes(content: Uint8Array): void {
  room(content.length)
  bytes.set(content, at)
  at += content.length
}

function byte(value: number): void {
  room(1)
  bytes[at++] = value
}

function room(more: number): void {
  if (at + more <= bytes.length) return
  const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + more))
  bytes.copy(larger, 0, 0, at)
  bytes = larger
}
