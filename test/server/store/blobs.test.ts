import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Blobs, openBlobs } from '../../../server/store/blobs.ts'
import { openFolder } from '../../support/folder.ts'
import { expectProblem } from '../../support/throws.ts'

const hello = new TextEncoder().encode('hello')
const helloDigest = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

describe('blobs', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let blobs: Blobs
  beforeEach(async () => {
    folder = await openFolder()
    blobs = await openBlobs(join(folder.path, 'blobs'))
  })
  afterEach(() => folder.close())

  it('are named by the SHA-256 of their bytes', async () => {
    expect(await blobs.keepBytes(hello, 'text/plain')).to.deep.equal({
      digest: helloDigest,
      bytes: 5,
      type: 'text/plain',
    })
  })

  it('take a file out of its old place', async () => {
    const file = join(folder.path, 'given')
    await writeFile(file, hello)
    const blob = await blobs.keep(file, 'text/plain')
    expect(blob).to.deep.equal({ digest: helloDigest, bytes: 5, type: 'text/plain' })
    expect(await blobs.text(blob)).to.equal('hello')
    expect(await readdir(folder.path)).to.deep.equal(['blobs'])
  })

  it('are kept once, however often and however they come', async () => {
    const file = join(folder.path, 'given')
    await Promise.all([1, 2, 3].map(() => blobs.keepBytes(hello, 'text/plain')))
    await writeFile(file, hello)
    await blobs.keep(file, 'audio/wav')
    const kept = []
    for await (const { digest, bytes } of blobs.list()) kept.push({ digest, bytes })
    expect(kept).to.deep.equal([{ digest: helloDigest, bytes: 5 }])
    expect(await readdir(join(folder.path, 'blobs', 'incoming'))).to.deep.equal([])
  })

  it('keep a large file byte for byte', async () => {
    const bytes = Buffer.alloc(5_000_001, 'kotodama')
    const file = join(folder.path, 'large')
    await writeFile(file, bytes)
    const blob = await blobs.keep(file, 'video/mp4')
    expect(blob.digest).to.equal(createHash('sha256').update(bytes).digest('hex'))
    expect((await readFile(await blobs.path(blob))).equals(bytes)).to.equal(true)
  })

  it('are for their owner alone', async () => {
    const file = join(folder.path, 'open')
    await writeFile(file, hello, { mode: 0o644 })
    const path = await blobs.path(await blobs.keep(file, 'text/plain'))
    expect((await stat(path)).mode & 0o777).to.equal(0o600)
    expect((await stat(join(folder.path, 'blobs'))).mode & 0o777).to.equal(0o700)
    expect((await stat(join(path, '..'))).mode & 0o777).to.equal(0o700)
  })

  it('are told apart from what is not there', async () => {
    const blob = await blobs.keepBytes(hello, 'text/plain')
    expect(await blobs.has(helloDigest)).to.equal(true)
    await blobs.remove(helloDigest)
    await blobs.remove(helloDigest)
    expect(await blobs.has(helloDigest)).to.equal(false)
    await expectProblem(() => blobs.path(blob), 'not-found')
  })

  for (const digest of ['../../etc/passwd', 'incoming', '', helloDigest.toUpperCase(), `${helloDigest}/..`])
    it(`know no digest that is none: ${digest || '(empty)'}`, async () => {
      await expectProblem(() => blobs.path({ digest, bytes: 0, type: '' }), 'not-found')
      await expectProblem(() => blobs.remove(digest), 'not-found')
    })
})
