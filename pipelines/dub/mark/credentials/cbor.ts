/** What is written as CBOR (RFC 8949) in content credentials; a map keeps the order its keys are given in. */
export type Cbor =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly Cbor[]
  | { readonly [key: string]: Cbor | undefined }

/** RFC 8949, section 3: the head of an item of a major type, with its argument in as few bytes as it takes. */
export function head(major: number, value: number): Buffer {
  const type = major << 5
  if (value < 24) return Buffer.of(type | value)
  if (value < 0x100) return Buffer.of(type | 24, value)
  if (value < 0x10000) return Buffer.of(type | 25, value >> 8, value & 255)
  const long = Buffer.alloc(value < 0x100000000 ? 5 : 9)
  long[0] = type | (long.length === 5 ? 26 : 27)
  if (long.length === 5) long.writeUInt32BE(value, 1)
  else long.writeBigUInt64BE(BigInt(value), 1)
  return long
}

/** @throws TypeError for a number that is no integer, which none of our claims has */
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('Only integers are written as CBOR here.')
    return value < 0 ? head(1, -1 - value) : head(0, value)
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (isList(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  const rows = Object.entries(value).filter((row): row is [string, Cbor] => row[1] !== undefined)
  return Buffer.concat([head(5, rows.length), ...rows.flatMap(([key, held]) => [cbor(key), cbor(held)])])
}

const isList = (value: Cbor): value is readonly Cbor[] => Array.isArray(value)
