import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { fromHex, hex, text, utf8 } from '../../../consent/bytes.ts'
import { readCheckpoint } from '../../../consent/log/checkpoint.ts'
import { type Log, openLog } from '../../../consent/log/log.ts'
import { openSigner, readNote } from '../../../consent/log/note.ts'
import { readLog } from '../../../consent/log/read.ts'
import { folder, memory, type Storage } from '../../../consent/log/storage.ts'
import { tilePath } from '../../../consent/log/tiles.ts'
import { extend, includes, leafHash } from '../../../consent/log/tree.ts'
import { openWitness, type WitnessMemory } from '../../../consent/log/witness.ts'

const origin = 'log.example/1'
const signer = openSigner(origin, fromHex('11'.repeat(32)))
const outside = openSigner('witness.example', fromHex('22'.repeat(32)), () => 1_700_000_000_000)
const entry = (index: number) => utf8(`entry ${index}`)
const some = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => entry(from + at))

function witnessed(files: Map<string, Uint8Array>, storage: Storage = memory(files)) {
  let seen: Awaited<ReturnType<WitnessMemory['load']>>
  const kept: WitnessMemory = {
    load: async () => seen,
    save: async next => {
      seen = next
    },
  }
  const witness = openWitness(outside, signer, origin, kept)
  return { witness, open: () => openLog({ storage, origin, signer, witnesses: [witness] }) }
}

function rootOf(log: Log) {
  return readCheckpoint(readNote(log.checkpoint(), [signer]).body)
}

/** A disk that fails at its nth write, with that write done, half-known or not done at all. */
function failing(storage: Storage, at: number, done: boolean): Storage {
  let writes = 0
  return {
    ...storage,
    write: async (path, bytes) => {
      if (++writes !== at) return storage.write(path, bytes)
      if (done) await storage.write(path, bytes)
      throw new Error('no space left on the device')
    },
  }
}

describe('the log', () => {
  it('keeps what was appended, in order, and opens again as it was', async () => {
    const files = new Map<string, Uint8Array>()
    const wish = { storage: memory(files), origin, signer }
    const log = await openLog(wish)
    expect(await log.append(some(0, 300))).to.equal(0)
    expect(await log.append([entry(300)])).to.equal(300)
    const again = await openLog(wish)
    expect(again.checkpoint()).to.equal(log.checkpoint())
    expect(again.entries().map(text)).to.deep.equal(some(0, 301).map(text))
    expect(again.entries(299).map(text)).to.deep.equal(['entry 299', 'entry 300'])
  })

  it('proves its entries and its growth to whoever holds its key', async () => {
    const log = await openLog({ storage: memory(), origin, signer })
    await log.append(some(0, 5))
    const before = rootOf(log)
    await log.append(some(5, 12))
    const { size, root } = rootOf(log)
    expect(size).to.equal(12)
    for (let index = 0; index < size; index++)
      expect(includes(leafHash(entry(index)), index, size, log.inclusion(index), root)).to.equal(true)
    expect(extend(before.size, before.root, size, root, log.consistency(5))).to.equal(true)
  })

  it('lays its tiles where C2SP says, and clears partial ones when the whole stands', async () => {
    const files = new Map<string, Uint8Array>()
    const log = await openLog({ storage: memory(files), origin, signer })
    await log.append(some(0, 255))
    expect([...files.keys()].sort()).to.deep.equal([
      'checkpoint',
      'checkpoint.next',
      'tile/0/000.p/255',
      'tile/entries/000.p/255',
    ])
    await log.append(some(255, 258))
    expect([...files.keys()].sort()).to.deep.equal([
      'checkpoint',
      'checkpoint.next',
      'tile/0/000',
      'tile/0/001.p/2',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/2',
    ])
    expect(hex(files.get('tile/1/000.p/1') ?? new Uint8Array())).to.have.length(64)
  })

  for (const [index, width, path] of [
    [0, 256, 'tile/0/000'],
    [1234067, 256, 'tile/0/x001/x234/067'],
    [1000, 3, 'tile/0/x001/000.p/3'],
  ] as const)
    it(`names tile ${index} of ${width} ${path}`, () => {
      expect(tilePath(0, index, width)).to.equal(path)
    })

  it('finds every byte that was changed, cut or taken away', async () => {
    const files = new Map<string, Uint8Array>()
    const log = await openLog({ storage: memory(files), origin, signer })
    await log.append(some(0, 270))
    files.delete('checkpoint.next')
    const verify = async (changed: Map<string, Uint8Array>) =>
      readLog(memory(changed), text(changed.get('checkpoint') ?? new Uint8Array()), signer, origin)
    expect((await verify(files)).checkpoint.size).to.equal(270)
    const paths = [...files.keys()]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (path, at, flip) => {
          const bytes = (files.get(path) ?? new Uint8Array()).slice()
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
          const failed = await verify(new Map([...files, [path, bytes]])).then(
            () => undefined,
            (error: unknown) => error,
          )
          expect(failed, `${path} byte ${at % bytes.length}`).to.be.instanceOf(Error)
        },
      ),
    )
    for (const path of paths) {
      const fewer = new Map(files)
      fewer.delete(path)
      const failed = await verify(fewer).catch((error: unknown) => error)
      expect(failed, path).to.be.instanceOf(Error)
    }
  })

  it('does not open with another key or under another name', async () => {
    const storage = memory()
    await (await openLog({ storage, origin, signer })).append([entry(0)])
    const other = openSigner(origin, fromHex('44'.repeat(32)))
    for (const wish of [
      { storage, origin, signer: other },
      { storage, origin: 'log.example/2', signer },
    ])
      expect(await openLog(wish).catch((error: unknown) => error)).to.be.instanceOf(TypeError)
  })

  it('is told from an old copy of itself by a witness', async () => {
    const files = new Map<string, Uint8Array>()
    const { open } = witnessed(files)
    const log = await open()
    await log.append([entry(0)])
    const backup = new Map(files)
    await log.append([entry(1)])
    files.clear()
    for (const [path, bytes] of backup) files.set(path, bytes)
    const failed = await open().catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(TypeError)
  })

  it('is not witnessed twice with different entries', async () => {
    const { witness } = witnessed(new Map())
    const wish = { origin, signer, witnesses: [witness] }
    const [one, two] = [
      await openLog({ ...wish, storage: memory() }),
      await openLog({ ...wish, storage: memory() }),
    ]
    await one.append([entry(1)])
    expect(await two.append([entry(2)]).catch((error: unknown) => error)).to.be.instanceOf(Error)
    expect(two.size()).to.equal(0)
  })

  it('acknowledges nothing while a witness is away', async () => {
    const { witness } = witnessed(new Map())
    let away = false
    const shy = {
      ...witness,
      cosign: async (...args: Parameters<typeof witness.cosign>) => {
        if (away) throw new Error('nobody there')
        return witness.cosign(...args)
      },
    }
    const log = await openLog({ storage: memory(), origin, signer, witnesses: [shy] })
    await log.append([entry(0)])
    away = true
    expect(await log.append([entry(1)]).catch((error: unknown) => error)).to.be.instanceOf(Error)
    expect(log.size()).to.equal(1)
    away = false
    await log.append([entry(2)])
    expect(log.entries().map(text).at(-1)).to.equal('entry 2')
  })

  it('loses nothing acknowledged and invents nothing when the disk fails at any write', async () => {
    for (const done of [false, true])
      for (let at = 1; at <= 12; at++) {
        const files = new Map<string, Uint8Array>()
        const { witness } = witnessed(files)
        const wish = (storage: Storage) => ({ storage, origin, signer, witnesses: [witness] })
        const acknowledged: string[] = []
        const asked: string[] = []
        const fragile = await openLog(wish(failing(memory(files), at, done))).catch(() => undefined)
        for (const index of [0, 1, 2]) {
          asked.push(`entry ${index}`)
          await fragile?.append([entry(index)]).then(
            () => acknowledged.push(`entry ${index}`),
            () => undefined,
          )
        }
        const again = await openLog(wish(memory(files)))
        const kept = again.entries().map(text)
        expect(kept.filter(one => acknowledged.includes(one))).to.deep.equal(acknowledged)
        expect(kept.filter(one => !asked.includes(one))).to.deep.equal([])
        expect(new Set(kept).size).to.equal(kept.length)
      }
  })

  it('refuses an entry too long to write before anything changes', async () => {
    const log = await openLog({ storage: memory(), origin, signer })
    expect(await log.append([new Uint8Array(65_536)]).catch((error: unknown) => error)).to.be.instanceOf(
      RangeError,
    )
    expect(await log.append([entry(0)])).to.equal(0)
  })

  it('appends in turn what is asked for at once', async () => {
    const log = await openLog({ storage: memory(), origin, signer })
    const indexes = await Promise.all([
      log.append([entry(0)]),
      log.append([entry(1)]),
      log.append([entry(2)]),
    ])
    expect(indexes).to.deep.equal([0, 1, 2])
  })

  it('lives in a folder, and leaves no file half written', async () => {
    const root = await mkdtemp(join(tmpdir(), 'kotodama-log-'))
    try {
      const wish = { storage: folder(root), origin, signer }
      await (await openLog(wish)).append(some(0, 257))
      const again = await openLog(wish)
      await again.append([entry(257)])
      expect((await openLog(wish)).size()).to.equal(258)
      const names = await readdir(root, { recursive: true })
      expect(names.filter(name => name.endsWith('.new'))).to.deep.equal([])
    } finally {
      await rm(root, { recursive: true })
    }
  })
})
