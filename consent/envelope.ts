import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { z } from 'zod'
import { concat, text, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import { Closed } from './kms.ts'

/**
 * Something in which people are heard, sealed piece by piece so that any part of it can be read without the rest: its
 * magic, the length of its head (4 bytes, big-endian), the head as canonical JSON, then pieces of AES-256-GCM. A piece's
 * nonce is its number, for every file has a key of its own; the head and whether it is the last are bound into it, so
 * that pieces can't be moved, left out, cut off or put under another head.
 */

/** A line in which this person is heard: whoever opens what it lies in has to be allowed it. */
export type Within = {
  readonly actor: string
  readonly title: string
  readonly episode: string
  readonly language: string
  readonly line: string
}

const short = z.string().max(200)
const head = z.strictObject({
  /** Whose keys are around it, the outermost last. */
  owners: z.array(short).min(1).max(500),
  wrapped: z.string(),
  within: z
    .array(
      z.strictObject({ actor: short, title: short, episode: short, language: short, line: short }).readonly(),
    )
    .min(1),
})
export type Head = z.output<typeof head>

/** A sealed file, read wherever it lies. `read` gives fewer bytes than asked for only at its end. */
export type SealedFile = {
  readonly size: number
  readonly read: (from: number, count: number) => Promise<Uint8Array>
}
/** What was opened: any bytes of it, for as long as whoever asked may have them. */
export type Plain = {
  readonly bytes: number
  /** The bytes [from, to). */
  readonly read: (from: number, to: number) => AsyncGenerator<Uint8Array>
}

const magic = utf8('kotodama sealed 1\n')
export const pieceBytes = 65_536
const tagBytes = 16
/** A parcel of a thousand lines has a head of 200 kB. */
const largestHead = 16 << 20

export async function* writeSealed(
  { owners, wrapped, within }: Head,
  key: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const spelt = utf8(canonical({ owners, wrapped, within }))
  if (spelt.length > largestHead) throw new RangeError('Too many lines lie in one file.')
  const bound = digestOf(spelt)
  yield concat(magic, lengthOf(spelt), spelt)
  let index = 0
  let rest = new Uint8Array()
  for await (const chunk of plain) {
    rest = concat(rest, chunk)
    // One piece stays behind: only at the end is it known to be the last.
    let from = 0
    for (; rest.length - from > pieceBytes; from += pieceBytes)
      yield seal(key, bound, index++, false, rest.subarray(from, from + pieceBytes))
    rest = rest.slice(from)
  }
  yield seal(key, bound, index, true, rest)
}

/** Reads who is heard in it. Throws `Closed` on what is nothing sealed. */
export async function readHead(file: SealedFile): Promise<Head & { readonly spelt: Uint8Array }> {
  try {
    const start = await file.read(0, magic.length + 4)
    if (text(start.subarray(0, magic.length)) !== text(magic)) throw new TypeError('It begins otherwise.')
    const length = new DataView(start.buffer, start.byteOffset + magic.length, 4).getUint32(0)
    if (length > largestHead) throw new TypeError('Its head is too long.')
    const spelt = await file.read(magic.length + 4, length)
    const parsed = head.parse(JSON.parse(text(spelt)))
    if (parsed.within.some(({ actor }) => !parsed.owners.includes(actor)))
      throw new TypeError('Somebody is heard whose key is not around it.')
    return { ...parsed, spelt: spelt.slice() }
  } catch (error) {
    throw new Closed('This is nothing that was sealed here.', { cause: error })
  }
}

export function openSealed(file: SealedFile, key: Uint8Array, spelt: Uint8Array): Plain {
  const begin = magic.length + 4 + spelt.length
  const bound = digestOf(spelt)
  const whole = pieceBytes + tagBytes
  const count = Math.max(1, Math.ceil((file.size - begin) / whole))
  const bytes = file.size - begin - count * tagBytes
  if (bytes < 0) throw new Closed('What was sealed is not whole.')
  return {
    bytes,
    async *read(from, to) {
      const end = Math.min(to, bytes)
      for (let at = Math.max(0, from); at < end; ) {
        const index = Math.floor(at / pieceBytes)
        const last = index === count - 1
        const sealed = await file.read(begin + index * whole, whole)
        const plain = unseal(key, bound, index, last, sealed)
        const first = at - index * pieceBytes
        const part = plain.subarray(first, first + end - at)
        // A whole file is at least one piece, whose tag is checked even where nothing is in it.
        if (part.length === 0) throw new Closed('What was sealed is not whole.')
        at += part.length
        yield part
      }
    },
  }
}

const lengthOf = (bytes: Uint8Array) => {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}
const nonceOf = (index: number) => {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setUint32(8, index)
  return nonce
}
const digestOf = (spelt: Uint8Array) => new Uint8Array(createHash('sha256').update(spelt).digest())
const about = (bound: Uint8Array, last: boolean) => concat(bound, Uint8Array.of(last ? 1 : 0))

function seal(key: Uint8Array, bound: Uint8Array, index: number, last: boolean, plain: Uint8Array) {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index)).setAAD(about(bound, last))
  const sealed = concat(cipher.update(plain), cipher.final())
  return concat(sealed, cipher.getAuthTag())
}

function unseal(key: Uint8Array, bound: Uint8Array, index: number, last: boolean, sealed: Uint8Array) {
  try {
    const end = sealed.length - tagBytes
    const options = { authTagLength: tagBytes }
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), options)
    decipher.setAAD(about(bound, last)).setAuthTag(sealed.subarray(end))
    return concat(decipher.update(sealed.subarray(0, end)), decipher.final())
  } catch (error) {
    throw new Closed('What was sealed can’t be opened with this key.', { cause: error })
  }
}
