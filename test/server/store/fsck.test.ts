import { readFile, utimes, writeFile } from 'node:fs/promises'
import { expect } from 'chai'
import { type Artifacts, openArtifacts } from '../../../server/store/artifacts.ts'
import { type Blobs, openBlobs } from '../../../server/store/blobs.ts'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { foldersOf } from '../../../server/store/folders.ts'
import { fsck } from '../../../server/store/fsck.ts'
import { openFolder } from '../../support/folder.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const key = 'a'.repeat(64)
const day = 24 * 3_600_000

describe('fsck', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: OpenedStore
  let artifacts: Artifacts
  let blobs: Blobs
  let sound: string
  beforeEach(async () => {
    folder = await openFolder()
    store = await openStore({ dataDir: folder.path })
    artifacts = await openArtifacts(store.connection, () => 1000)
    blobs = await openBlobs(foldersOf(folder.path).blobs)
    sound = (await blobs.keepBytes(bytes('sound'), 'audio/wav')).digest
    const nested = await blobs.keepBytes(bytes('named in JSON alone'), 'text/plain')
    const result = await blobs.keepBytes(bytes(JSON.stringify({ deep: [nested] })), 'application/json')
    await artifacts.remember({
      key,
      step: 'dub',
      version: 1,
      inputs: [],
      result: result.digest,
      blobs: [sound],
    })
  })
  afterEach(async () => {
    await store.close()
    await folder.close()
  })
  const pathOf = (digest: string) => blobs.path({ digest, bytes: 0, type: '' })
  const told = async (repair = false) =>
    (await fsck(folder.path, { repair })).findings.map(({ rule, figures }) => ({ rule, ...figures }))

  it('finds nothing wrong with what is well', async () => {
    expect(await fsck(folder.path)).to.deep.equal({ artifacts: 1, blobs: 3, findings: [] })
  })

  it('finds a flipped byte, and with repair lets its step be done again', async () => {
    const content = await readFile(await pathOf(sound))
    content[2] = (content[2] ?? 0) ^ 1
    await writeFile(await pathOf(sound), content)
    expect(await told()).to.deep.equal([{ rule: 'blob-damaged', digest: sound }])
    expect(await artifacts.recall(key)).to.not.equal(undefined)
    await told(true)
    expect(await blobs.has(sound)).to.equal(false)
    expect(await artifacts.recall(key)).to.equal(undefined)
  })

  it('keeps a damaged file that no step made: there may be no better one', async () => {
    const { digest } = await blobs.keepBytes(bytes('uploaded'), 'video/mp4')
    await store.connection.collection('episodes').insertOne({ source: { file: { digest } } })
    await writeFile(await pathOf(digest), 'damaged')
    expect(await told(true)).to.deep.equal([{ rule: 'blob-damaged', digest }])
    expect(await blobs.has(digest)).to.equal(true)
  })

  it('finds what a result lacks, and with repair forgets the result', async () => {
    await blobs.remove(sound)
    expect(await told()).to.deep.equal([{ rule: 'blob-missing', step: 'dub', digest: sound }])
    expect((await told(true))[0]).to.deep.equal({
      rule: 'blob-missing',
      step: 'dub',
      digest: sound,
      repaired: 'yes',
    })
    expect(await artifacts.recall(key)).to.equal(undefined)
    expect((await told()).map(({ rule }) => rule)).to.not.include('blob-missing')
  })

  it('lists what nothing refers to, and with repair removes it when it is older than a day', async () => {
    const old = (await blobs.keepBytes(bytes('old'), 'text/plain')).digest
    const young = (await blobs.keepBytes(bytes('young'), 'text/plain')).digest
    const again = (await blobs.keepBytes(bytes('kept again'), 'text/plain')).digest
    const before = new Date(Date.now() - day - 1000)
    for (const digest of [old, again, sound]) await utimes(await pathOf(digest), before, before)
    await blobs.keepBytes(bytes('kept again'), 'text/plain')
    const orphans = (await fsck(folder.path)).findings.map(({ rule, figures }) => `${rule} ${figures.digest}`)
    expect(orphans).to.have.members([old, young, again].map(digest => `blob-orphan ${digest}`))
    await told(true)
    expect(await Promise.all([old, young, again, sound].map(blobs.has))).to.deep.equal([
      false,
      true,
      true,
      true,
    ])
  })

  it('finds damage within the database', async () => {
    const collection = store.connection.collection('lines')
    await collection.insertMany(Array.from({ length: 500 }, (_, n) => ({ n, text: 'x'.repeat(200) })))
    await store.close()
    const content = await readFile(store.where)
    content.fill(0xee, content.length - 20_000, content.length - 15_000)
    await writeFile(store.where, content)
    const { findings } = await fsck(folder.path)
    expect(new Set(findings.map(({ rule }) => rule))).to.deep.equal(new Set(['database-damaged']))
  })
})
