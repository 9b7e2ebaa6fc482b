import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { type Artifacts, openArtifacts } from '../../../server/store/artifacts.ts'
import { backup } from '../../../server/store/backup.ts'
import { type Blobs, digestFile, openBlobs } from '../../../server/store/blobs.ts'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { foldersOf } from '../../../server/store/folders.ts'
import { restore } from '../../../server/store/restore.ts'
import { openFolder } from '../../support/folder.ts'
import { expectProblem } from '../../support/throws.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a backup', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let data: string
  let file: string
  let store: OpenedStore
  let artifacts: Artifacts
  let blobs: Blobs
  before(async () => {
    folder = await openFolder()
    data = join(folder.path, 'data')
    file = join(folder.path, 'backup.tar')
    store = await openStore({ dataDir: data })
    artifacts = await openArtifacts(store.connection, () => 1000)
    blobs = await openBlobs(foldersOf(data).blobs)
    const sound = await blobs.keepBytes(bytes('sound'.repeat(1000)), 'audio/wav')
    const result = await blobs.keepBytes(bytes(JSON.stringify({ sound })), 'application/json')
    await artifacts.remember({
      key: 'a'.repeat(64),
      step: 'dub',
      version: 1,
      inputs: [],
      result: result.digest,
      blobs: [sound.digest],
    })
    await backup({ dataDir: data, file })
  })
  after(async () => {
    await store.close()
    await folder.close()
  })

  const namesIn = async (path: string) =>
    (await readdir(path, { recursive: true })).filter(name => !name.endsWith('.sock'))
  /** A backup like the first, changed, put back over data of its own. */
  async function restoring(name: string, contents: Buffer) {
    const dataDir = join(folder.path, name)
    const damagedFile = join(folder.path, `${name}.tar`)
    await writeFile(damagedFile, contents)
    const kept = await openBlobs(foldersOf(dataDir).blobs)
    await kept.keepBytes(bytes('mine'), 'text/plain')
    const before = await namesIn(dataDir)
    return { run: () => restore({ dataDir, file: damagedFile }), dataDir, before }
  }

  it('of a running server holds everything, and is a tar that any tar reads', async function () {
    const { stdout } = await promisify(execFile)('tar', ['-tf', file]).catch(() => ({ stdout: '' }))
    if (stdout === '') {
      console.log('      skipped: there is no tar on this machine')
      return this.skip()
    }
    const names = stdout.trim().split('\n')
    const digests = []
    for await (const { digest } of blobs.list()) digests.push(`blobs/${digest}`)
    expect(names.slice(0, -1)).to.deep.equal(['kotodama.db', ...digests])
    expect(names.at(-1)).to.match(/^contents\/[0-9a-f]{64}$/)
  })

  it('put back elsewhere is the same data', async () => {
    const dataDir = join(folder.path, 'elsewhere')
    const report = await restore({ dataDir, file })
    expect(report).to.deep.include({ blobs: 2, notes: [] })
    const other = await openStore({ dataDir })
    const again = await openArtifacts(other.connection, () => 0)
    const found = await again.recall('a'.repeat(64))
    expect(found).to.deep.equal(await artifacts.recall('a'.repeat(64)))
    const kept = await openBlobs(foldersOf(dataDir).blobs)
    const text = await kept.text({ digest: found?.blobs[0] ?? '', bytes: 0, type: '' })
    expect(text).to.equal('sound'.repeat(1000))
    await other.close()
  })

  it('put back over other data mends its blobs, adds to them, and keeps the database that was there', async () => {
    const dataDir = join(folder.path, 'elsewhere')
    const other = await openStore({ dataDir })
    await other.connection.collection('mine').insertOne({ a: 1 })
    await other.close()
    const kept = await openBlobs(foldersOf(dataDir).blobs)
    for await (const { digest, bytes } of kept.list())
      await writeFile(await kept.path({ digest, bytes, type: '' }), 'damaged')
    const { digest: mine } = await kept.keepBytes(bytes('mine'), 'text/plain')

    const { before } = await restore({ dataDir, file })
    expect((await readFile(before ?? '')).includes('mine')).to.equal(true)
    for await (const { digest, bytes } of kept.list())
      expect((await digestFile(await kept.path({ digest, bytes, type: '' }))).digest).to.equal(digest)
    expect(await kept.has(mine)).to.equal(true)
    const now = await openStore({ dataDir })
    expect(await now.connection.collection('mine').countDocuments()).to.equal(0)
    expect(await now.connection.collection('artifacts').countDocuments()).to.equal(1)
    await now.close()
    expect((await readdir(dataDir)).sort()).to.deep.equal(['blobs', 'store'])
  })

  it('is not put back under a running server', async () => {
    await expectProblem(() => restore({ dataDir: data, file }), 'store-busy')
    expect(await artifacts.recall('a'.repeat(64))).to.not.equal(undefined)
  })

  it('writes over no file', async () => {
    const before = await readFile(file)
    await expectProblem(() => backup({ dataDir: data, file }), 'name-taken')
    expect((await readFile(file)).equals(before)).to.equal(true)
  })

  for (const [where, at] of [
    ['the database', 512 + 5000],
    ['a head', 3],
    ['a blob', -512 * 7 - 4000],
    ['the contents', -1536 + 20],
  ] as const)
    it(`with one byte flipped in ${where} is found out, and nothing is replaced`, async () => {
      const contents = Buffer.from(await readFile(file))
      const place = at < 0 ? contents.length + at : at
      contents[place] = (contents[place] ?? 0) ^ 1
      const { run, dataDir, before } = await restoring(`flipped ${where}`, contents)
      await expectProblem(run, 'backup-damaged')
      expect(await namesIn(dataDir)).to.deep.equal(before)
    })

  it('that was cut off anywhere is found out', async () => {
    const whole = await readFile(file)
    for (const length of [0, 100, 512, 9000, whole.length - 5000, whole.length - 1024, whole.length - 512]) {
      const { run } = await restoring(`cut ${length}`, whole.subarray(0, length))
      await expectProblem(run, 'backup-damaged')
    }
  })

  it('of nothing but noise is found out', async () => {
    const { run } = await restoring('noise', Buffer.alloc(5000, 'noise'))
    await expectProblem(run, 'backup-damaged')
  })

  it('leaves out a blob that is not what it was, and says so', async () => {
    const { digest } = await blobs.keepBytes(bytes('to be damaged'), 'text/plain')
    await writeFile(await blobs.path({ digest, bytes: 0, type: '' }), 'damaged')
    const other = join(folder.path, 'other.tar')
    const report = await backup({ dataDir: data, file: other })
    expect(report.damaged).to.deep.equal([digest])
    expect(await restore({ dataDir: join(folder.path, 'without'), file: other })).to.deep.include({
      blobs: 2,
    })
    await blobs.remove(digest)
  })

  it('of data whose database lies in a MongoDB server holds the blobs, and says who does the rest', async () => {
    const socket = encodeURIComponent(join(foldersOf(data).store, 'store.sock'))
    const mongodbUri = `mongodb://${socket}/kotodama`
    const other = join(folder.path, 'mongodb.tar')
    const report = await backup({ dataDir: data, mongodbUri, file: other })
    expect(report.blobs).to.equal(2)
    expect(report.notes.join()).to.match(/mongodump/)
    const dataDir = join(folder.path, 'beside a MongoDB')
    const { notes, before } = await restore({ dataDir, mongodbUri, file: other })
    expect(notes.join()).to.match(/mongorestore/)
    expect(before).to.equal(undefined)
    expect(await readdir(dataDir)).to.deep.equal(['blobs'])
  })
})
