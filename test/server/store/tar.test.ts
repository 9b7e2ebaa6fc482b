import { expect } from 'chai'
import fc from 'fast-check'
import { type Entry, pack, unpack } from '../../../server/store/tar.ts'

async function* entries(files: readonly (readonly [string, Uint8Array])[]): AsyncGenerator<Entry> {
  for (const [name, content] of files) yield { name, bytes: content.length, content: chunks(content, 700) }
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function packed(files: readonly (readonly [string, Uint8Array])[]): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of pack(entries(files))) parts.push(part)
  return Buffer.concat(parts)
}

describe('a tar', () => {
  it('gives back what was put into it, however it arrives', async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9./]{0,98}$/)
    const file = fc.tuple(name, fc.uint8Array({ maxLength: 2000 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 5 }),
        fc.integer({ min: 1, max: 3000 }),
        async (files, size) => {
          const found: [string, Uint8Array][] = []
          for await (const { name, content } of unpack(chunks(await packed(files), size), 'test.tar')) {
            const parts: Uint8Array[] = []
            for await (const part of content) parts.push(part)
            found.push([name, new Uint8Array(Buffer.concat(parts))])
          }
          expect(found).to.deep.equal(files)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('passes over what nobody reads', async () => {
    const whole = await packed([
      ['a', Buffer.alloc(5000, 1)],
      ['b', Buffer.alloc(1)],
    ])
    const names: string[] = []
    for await (const { name } of unpack(chunks(whole, 999), 'test.tar')) names.push(name)
    expect(names).to.deep.equal(['a', 'b'])
  })

  it('holds files of more than 8 GB', async () => {
    const bytes = 20 * 1024 ** 3
    const entry = { name: 'large', bytes, content: chunks(Buffer.alloc(1), 1) }
    const { value: head } = await pack(
      (async function* () {
        yield entry
      })(),
    ).next()
    const first = await unpack(chunks(head as Buffer, 512), 'test.tar').next()
    expect(first.value).to.deep.include({ name: 'large', bytes })
  })
})
