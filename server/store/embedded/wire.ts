import type { Call } from './command.ts'
import { type Doc, decode } from './document.ts'

/**
 * MongoDB's messages: a head of four 32-bit numbers (length, number, answer to, kind), then for OP_MSG flags and
 * sections, of which one is the command and the others are long lists of it. The driver's very first word may be an
 * OP_QUERY, answered by an OP_REPLY.
 */
const kinds = { reply: 1, query: 2004, message: 2013 } as const
const flags = { checksum: 1, moreToCome: 2 } as const

/** MongoDB's own limit is 48,000,000 with a little room for the head. */
const maxMessage = 48_000_000 + 16 * 1024

export type Message = {
  readonly number: number
  readonly kind: 'message' | 'query'
  readonly call: Call
  /** False when the sender does not wait for an answer. */
  readonly wantsAnswer: boolean
}

/** Collects what arrives and gives each whole message on. Throws when the sender speaks nonsense. */
export function openReader(hear: (message: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let have = 0
  let want = 4
  return chunk => {
    chunks.push(chunk)
    have += chunk.length
    while (have >= want) {
      let bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, have)
      const length = bytes.readInt32LE(0)
      if (length < 16 || length > maxMessage) throw new Error(`A message of ${length} bytes is refused.`)
      if (have >= length) {
        hear(bytes.subarray(0, length))
        bytes = bytes.subarray(length)
      }
      chunks = bytes.length > 0 ? [bytes] : []
      have = bytes.length
      want = have >= 4 ? Math.max(bytes.readInt32LE(0), 16) : 4
    }
  }
}

export function readMessage(bytes: Buffer): Message {
  const number = bytes.readInt32LE(4)
  const kind = bytes.readInt32LE(12)
  if (kind === kinds.query) {
    const command = bytes.indexOf(0, 20) + 9
    return { number, kind: 'query', call: toCall(docAt(bytes, command), {}), wantsAnswer: true }
  }
  if (kind !== kinds.message) throw new Error(`A message of kind ${kind} is refused.`)
  const said = bytes.readUInt32LE(16)
  const end = bytes.length - (said & flags.checksum ? 4 : 0)
  const lists: Record<string, Buffer[]> = {}
  let fields: Doc = {}
  for (let at = 20; at < end; ) {
    const section = bytes[at++]
    const length = bytes.readInt32LE(at)
    if (length < 5 || at + length > end) throw new Error('A section is longer than its message.')
    if (section === 0) fields = docAt(bytes, at)
    else if (section === 1) {
      const name = bytes.indexOf(0, at + 4)
      lists[bytes.toString('utf8', at + 4, name)] = docsBetween(bytes, name + 1, at + length)
    } else throw new Error(`A section of kind ${section} is refused.`)
    at += length
  }
  return { number, kind: 'message', call: toCall(fields, lists), wantsAnswer: !(said & flags.moreToCome) }
}

/** The first field of a command is its name. */
const toCall = (fields: Doc, lists: Call['lists']): Call => ({
  name: Object.keys(fields)[0] ?? '',
  fields,
  lists,
})

const docAt = (bytes: Buffer, at: number): Doc => decode(bytes.subarray(at, at + bytes.readInt32LE(at)))

function docsBetween(bytes: Buffer, from: number, to: number): Buffer[] {
  const docs: Buffer[] = []
  for (let at = from; at < to; ) {
    const length = bytes.readInt32LE(at)
    if (length < 5 || at + length > to) throw new Error('A document is longer than its section.')
    docs.push(bytes.subarray(at, at + length))
    at += length
  }
  return docs
}

/** The answer's frame: a command's answer as OP_MSG, the first word's as OP_REPLY. */
export function writeAnswer({ number, kind }: Message, answer: Buffer): Buffer {
  const isQuery = kind === 'query'
  const head = Buffer.alloc(isQuery ? 36 : 21)
  head.writeInt32LE(head.length + answer.length, 0)
  head.writeInt32LE(number, 8)
  head.writeInt32LE(isQuery ? kinds.reply : kinds.message, 12)
  // One document is in the reply.
  if (isQuery) head.writeInt32LE(1, 32)
  return Buffer.concat([head, answer])
}
