import { Problem } from '../../pipelines/problem.ts'

/**
 * Files one after the other in the POSIX format (ustar) that any `tar` reads: a head of 512 bytes, the content, zeros
 * up to the next 512. Only plain files with short names, which is all a backup holds.
 */
export type Entry = {
  readonly name: string
  readonly bytes: number
  readonly content: AsyncIterable<Uint8Array>
}

const block = 512
/** Where the fields of a head lie: from, length. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  checksum: [148, 8],
  kind: [156, 1],
} as const
type Field = keyof typeof fields

export async function* pack(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { name, bytes, content } of entries) {
    yield headOf(name, bytes)
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      yield Buffer.from(chunk)
    }
    if (written !== bytes) throw new Error(`${name} is ${written} bytes long instead of ${bytes}.`)
    yield Buffer.alloc(padding(bytes))
  }
  yield Buffer.alloc(2 * block)
}

const padding = (bytes: number) => (block - (bytes % block)) % block

function headOf(name: string, bytes: number): Buffer {
  const head = Buffer.alloc(block)
  const set = (field: Field, text: string) => head.write(text, fields[field][0], fields[field][1], 'latin1')
  if (Buffer.byteLength(name) > fields.name[1]) throw new Error(`${name} is too long a name.`)
  set('name', name)
  set('mode', '0000600\0')
  head.write('0000000\x000000000\0', 108, 'latin1')
  // Eleven octal digits end at 8 GB; beyond, the size is written in binary with its first bit set.
  if (bytes < 8 ** 11) set('size', `${bytes.toString(8).padStart(11, '0')}\0`)
  else {
    head[fields.size[0]] = 0x80
    head.writeBigUInt64BE(BigInt(bytes), fields.size[0] + 4)
  }
  head.write('00000000000\0', 136, 'latin1')
  set('kind', '0')
  head.write('ustar\x0000', 257, 'latin1')
  set('checksum', `${sumOf(head).toString(8).padStart(6, '0')}\0 `)
  return head
}

/** The sum of a head's bytes, with the sum's own place as spaces. */
function sumOf(head: Buffer): number {
  const [from, length] = fields.checksum
  return head.reduce((sum, byte, at) => sum + (at >= from && at < from + length ? 32 : byte), 0)
}

/**
 * The entries of an archive, each to be read to its end before the next is asked for.
 * @throws Problem `backup-damaged` for what is no such archive, or ends too early
 */
export async function* unpack(archive: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Entry> {
  const reader = openReader(archive, file)
  for (;;) {
    const head = await reader.take(block)
    if (isEmpty(head)) {
      if (isEmpty(await reader.take(block))) return
      throw damaged(file, 'it has a hole')
    }
    const text = (field: Field) => {
      const [from, length] = fields[field]
      return head.toString('latin1', from, from + length).replace(/[\0 ]+$/, '')
    }
    if (Number.parseInt(text('checksum'), 8) !== sumOf(head))
      throw damaged(file, 'one of its heads is damaged')
    if (text('kind') !== '0') throw damaged(file, `${text('name')} is no plain file`)
    const long = ((head[fields.size[0]] ?? 0) & 0x80) !== 0
    const bytes = long ? Number(head.readBigUInt64BE(fields.size[0] + 4)) : Number.parseInt(text('size'), 8)
    const content = reader.stream(bytes)
    yield { name: text('name'), bytes, content }
    for await (const _ of content);
    await reader.take(padding(bytes))
  }
}

const isEmpty = (head: Buffer) => head.every(byte => byte === 0)

function openReader(archive: AsyncIterable<Uint8Array>, file: string) {
  const source = archive[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)

  async function more(): Promise<void> {
    const next = await source.next()
    if (next.done) throw damaged(file, 'it ends too early')
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value])
  }
  function cut(bytes: number): Buffer {
    const part = held.subarray(0, bytes)
    held = held.subarray(bytes)
    return part
  }
  return {
    async take(bytes: number): Promise<Buffer> {
      while (held.length < bytes) await more()
      return cut(bytes)
    },
    async *stream(bytes: number): AsyncGenerator<Buffer> {
      for (let left = bytes; left > 0; ) {
        if (held.length === 0) await more()
        const part = cut(Math.min(left, held.length))
        left -= part.length
        yield part
      }
    },
  }
}

export const damaged = (file: string, reason: string): Problem =>
  new Problem('backup-damaged', { file, reason })
