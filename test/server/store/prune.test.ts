import { expect } from 'chai'
import type { Run, Step } from '../../../pipelines/stage.ts'
import type { Blob } from '../../../pipelines/terms.ts'
import { openRun } from '../../../server/remember.ts'
import { type Artifacts, openArtifacts } from '../../../server/store/artifacts.ts'
import { type Blobs, openBlobs } from '../../../server/store/blobs.ts'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { foldersOf } from '../../../server/store/folders.ts'
import { fsck } from '../../../server/store/fsck.ts'
import { prune } from '../../../server/store/prune.ts'
import { openWork, type WorkStore } from '../../../server/store/work.ts'
import { openFolder } from '../../support/folder.ts'

const step = (name: Step['name']): Step => ({ name, version: 1 })
const bytes = (text: string) => new TextEncoder().encode(text)
const actor = 'mika'

describe('what the last making has no use for', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: OpenedStore
  let artifacts: Artifacts
  let blobs: Blobs
  let work: WorkStore
  let made: string[]
  beforeEach(async () => {
    folder = await openFolder()
    store = await openStore({ dataDir: folder.path })
    artifacts = await openArtifacts(store.connection, Date.now)
    blobs = await openBlobs(foldersOf(folder.path).blobs)
    work = openWork(store.connection, Date.now)
    made = []
  })
  afterEach(async () => {
    await store.close()
    await folder.close()
  })

  /** A journey in small: a film is opened once, every line is spoken within the dub, all are mixed, and packed if wanted. */
  async function make(episode: string, lines: readonly string[], { packed = false, sealed = false } = {}) {
    await work.ask(episode)
    const claim = await work.claim(`w:${made.length}`)
    if (!claim) throw new Error('nothing to claim')
    const before = (await work.of(episode))?.drafts ?? []
    const life = { episode, touched: new Set<string>() }
    const scratch = foldersOf(folder.path).scratch
    const signal = new AbortController().signal
    const run: Run = openRun({ artifacts, blobs, scratch, signal, now: Date.now, hear: () => {}, life })
    const sound = (text: string) => async (at: Parameters<Parameters<Run>[2]>[0]) => {
      made.push(text)
      const kept = await at.keepBytes(bytes(text), 'audio/wav')
      return {
        ...kept,
        ...(sealed && { sealed: { ...kept, actors: [actor], entries: ['yes'] } }),
      }
    }
    const film = await run(step('media'), ['film'], sound('film'))
    const mix = await run(step('dub'), [film, lines], async at => {
      const takes: Blob[] = []
      for (const line of lines) takes.push(await run(step('part'), [line], sound(`take ${line}`)))
      return { takes, mix: await sound(`mix ${lines}`)(at) }
    })
    const parcel = packed ? await run(step('pack'), [mix], sound(`parcel ${lines}`)) : undefined
    const json = JSON.stringify({ episode, film, mix, parcel })
    await work.saveDraft(claim, await blobs.keepBytes(bytes(json), 'application/json'), [])
    await work.finish(claim, { state: 'ready', steps: [] })
    const { draft } = (await work.of(episode)) ?? {}
    const drafts = before.filter(digest => digest !== draft?.digest)
    return prune({ connection: store.connection, artifacts, blobs, work }, { ...life, drafts })
  }
  async function kept(): Promise<string[]> {
    const texts: string[] = []
    for await (const { digest } of blobs.list()) texts.push(await blobs.text({ digest, bytes: 0, type: '' }))
    return texts.filter(text => !text.startsWith('{') && text !== 'null').sort()
  }
  async function count(): Promise<number> {
    let all = 0
    for await (const _ of blobs.list()) all++
    return all
  }

  it('is let go: five edits leave as many blobs as one', async () => {
    const counts: number[] = []
    for (const words of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await make('e1', ['same', words], { packed: true })
      counts.push(await count())
    }
    expect(new Set(counts).size, String(counts)).to.equal(1)
    expect(await kept()).to.deep.equal(['film', 'mix same,f', 'parcel same,f', 'take f', 'take same'])
    expect((await fsck(folder.path)).findings).to.deep.equal([])
  })

  it('is let go with the parcel of before, when nobody asks for another', async () => {
    await make('e1', ['a'], { packed: true })
    const { bytes: freed } = await make('e1', ['b'])
    expect(await kept()).to.deep.equal(['film', 'mix b', 'take b'])
    expect(freed).to.be.above('parcel a'.length)
  })

  it('is not what stands within a step that was remembered: a line beside it is not spoken again', async () => {
    await make('e1', ['a', 'b'])
    await make('e1', ['a', 'b'])
    await make('e1', ['a', 'c'])
    expect(made.filter(name => name === 'take a')).to.have.length(1)
  })

  it('stays while another episode has use for it, and goes with the last of them', async () => {
    await make('e1', ['a'])
    await make('e2', ['a'])
    await make('e1', ['b'])
    expect(await kept()).to.include.members(['take a', 'mix a'])
    await make('e2', ['b'])
    expect(await kept()).to.deep.equal(['film', 'mix b', 'take b'])
    expect(made.filter(name => name === 'mix b')).to.have.length(1)
  })

  it('stays where anything else names it', async () => {
    await make('e1', ['a'])
    const { digest } = await blobs.keepBytes(bytes('mix a'), 'audio/wav')
    await store.connection.collection('others').insertOne({ sound: { digest } })
    await make('e1', ['b'])
    expect(await kept()).to.include('mix a')
  })

  it('stays when somebody has kept the same bytes again, before they are named', async () => {
    await make('e1', ['a'])
    await new Promise(done => setTimeout(done, 5))
    await blobs.keepBytes(bytes('mix a'), 'audio/wav')
    await make('e1', ['b'])
    expect(await kept()).to.include('mix a')
  })

  it('stays while the data is copied, and goes with the making after', async () => {
    await make('e1', ['a'])
    const end = await blobs.hold()
    await make('e1', ['b'])
    expect(await kept()).to.include.members(['take a', 'take b'])
    await end()
    await make('e1', ['b'])
    expect(await kept()).to.deep.equal(['film', 'mix b', 'take b'])
  })

  it('stays known by its digests where people are heard in it: a withdrawal finds what was, too', async () => {
    await make('e1', ['a'], { sealed: true })
    const found = async () => {
      const all: string[] = []
      for await (const { blobs } of artifacts.derivedFrom([actor])) all.push(...blobs)
      return new Set(all)
    }
    const before = await found()
    await make('e1', ['b'], { sealed: true })
    const after = await found()
    expect([...before].filter(digest => !after.has(digest))).to.deep.equal([])
    expect(after.size).to.be.above(before.size)
    expect(await kept()).to.deep.equal(['film', 'mix b', 'take b'])
    expect((await fsck(folder.path)).findings).to.deep.equal([])
  })
})
