import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Blob } from '../../../pipelines/terms.ts'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { type Claim, openWork, type WorkStore } from '../../../server/store/work.ts'

const draft: Blob = { digest: 'd'.repeat(64), bytes: 2, type: 'application/json' }

describe('the work of an episode', function () {
  this.timeout(20_000)
  let folder = ''
  let store: OpenedStore
  let work: WorkStore
  let clock = 0
  let episode = ''
  let turn = 0
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-work-'))
    store = await openStore({ dataDir: folder })
    work = openWork(store.connection, () => clock)
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await store.connection.collection('work').deleteMany({})
    episode = `episode-${++turn}`
    clock = 1_000_000
  })
  const state = async () => (await work.of(episode))?.state
  const claim = async (token = 'worker-a:1'): Promise<Claim> => {
    const claimed = await work.claim(token)
    if (!claimed) throw new Error('there was nothing to claim')
    return claimed
  }
  const ready = { state: 'ready', steps: [] } as const

  it('waits once it is asked for, however often', async () => {
    await work.ask(episode)
    await work.ask(episode)
    expect(await state()).to.equal('waiting')
    expect(await work.pending()).to.equal(1)
  })

  it('is claimed by one worker alone', async () => {
    await work.ask(episode)
    const claims = await Promise.all(['a:1', 'b:1', 'c:1', 'd:1'].map(token => work.claim(token)))
    expect(claims.filter(Boolean)).to.have.length(1)
    expect(await state()).to.equal('running')
  })

  it('is ready when what was asked is served', async () => {
    await work.ask(episode)
    expect(await work.finish(await claim(), ready)).to.equal('ready')
    expect(await state()).to.equal('ready')
    expect(await work.claim('worker-a:2')).to.equal(undefined)
  })

  it('goes another round when it was asked for again meanwhile', async () => {
    await work.ask(episode)
    const first = await claim()
    await work.ask(episode)
    expect(await state()).to.equal('running')
    expect(await work.finish(first, ready)).to.equal('waiting')
    expect(await work.finish(await claim('worker-a:2'), ready)).to.equal('ready')
  })

  it('keeps the wish for a parcel until nothing was asked for after it', async () => {
    await work.ask(episode)
    const first = await claim()
    expect(first.parcel).to.equal(undefined)
    await work.ask(episode, undefined, true)
    await work.finish(first, ready)
    const second = await claim('worker-a:2')
    expect(second.parcel).to.equal(true)
    await work.ask(episode)
    await work.finish(second, ready)
    expect((await work.of(episode))?.parcel).to.equal(true)
    await work.finish(await claim('worker-a:3'), ready)
    expect((await work.of(episode))?.parcel).to.equal(undefined)
    await work.ask(episode, undefined, true)
    await work.cancel(episode)
    expect((await work.of(episode))?.parcel).to.equal(undefined)
  })

  it('falls to another worker when the first one is silent for longer than its lease, and not before', async () => {
    await work.ask(episode)
    const first = await claim('worker-a:1')
    clock += 20_000
    expect(await work.beat(first)).to.equal('go')
    clock += 20_000
    expect(await work.claim('worker-b:1')).to.equal(undefined)
    clock += 20_000
    expect(await work.claim('worker-b:1')).to.include({ episode })
  })

  it('takes nothing more from a worker that lost its claim', async () => {
    await work.ask(episode)
    const lost = await claim('worker-a:1')
    clock += 60_000
    const held = await claim('worker-b:1')
    expect(await work.beat(lost)).to.equal('lost')
    expect(await work.saveDraft(lost, draft, [])).to.equal(false)
    expect(await work.finish(lost, ready)).to.equal(undefined)
    expect(await work.saveDraft(held, draft, [])).to.equal(true)
    expect((await work.of(episode))?.draft).to.deep.equal(draft)
  })

  it('is free at once when its worker is known to be dead', async () => {
    await work.ask(episode)
    await claim('worker-a:1')
    await work.release('worker-b')
    expect(await work.claim('worker-c:1')).to.equal(undefined)
    await work.release('worker-a')
    expect(await work.claim('worker-c:1')).to.include({ episode })
  })

  it('tells its worker to stop when it is cancelled', async () => {
    await work.ask(episode)
    const running = await claim()
    await work.cancel(episode)
    expect(await work.beat(running)).to.equal('stop')
    expect(await work.finish(running, { state: 'cancelled', steps: [] })).to.equal('cancelled')
    expect(await work.claim('worker-a:2')).to.equal(undefined)
  })

  it('is cancelled at once while nobody is at it', async () => {
    await work.ask(episode)
    await work.cancel(episode)
    expect(await state()).to.equal('cancelled')
  })

  it('waits again when it is asked for after it was cancelled, also before its worker had stopped', async () => {
    await work.ask(episode)
    const running = await claim()
    await work.cancel(episode)
    await work.ask(episode)
    expect(await work.finish(running, { state: 'cancelled', steps: [] })).to.equal('waiting')
  })

  it('is given up, with its reason, when worker after worker dies of it', async () => {
    await work.ask(episode)
    for (let death = 0; death < 5; death++) {
      await claim(`worker-${death}:1`)
      await work.release(`worker-${death}`)
    }
    expect(await work.claim('worker-9:1')).to.equal(undefined)
    expect(await state()).to.equal('failed')
    expect((await work.of(episode))?.problem?.code).to.equal('fault')
  })

  it('counts deaths only while it gets no further', async () => {
    await work.ask(episode)
    for (let death = 0; death < 12; death++) {
      const held = await claim(`worker-${death}:1`)
      await work.saveDraft(held, draft, [])
      await work.release(`worker-${death}`)
    }
    expect(await state()).to.equal('running')
  })

  it('keeps the reason of a failure until it is tried again', async () => {
    await work.ask(episode)
    const problem = { code: 'no-words', says: 'There is no script.', mend: 'Add one.', figures: {} }
    await work.finish(await claim(), { state: 'failed', steps: [], problem })
    expect((await work.of(episode))?.problem).to.deep.equal(problem)
    await work.ask(episode)
    await claim('worker-a:2')
    expect((await work.of(episode))?.problem).to.equal(undefined)
  })
})
