import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Draft, Take } from '../../../pipelines/terms.ts'
import type { Unveil } from '../../../server/files.ts'
import { startApp } from '../../support/app.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'
import { blobOf, draft } from '../../support/draft.ts'

/** Somebody's voice is at work when they take their yes back: what runs, and what is being sent. */
describe('a withdrawal in the middle of things', () => {
  let house: ConsentApp
  let grant = ''
  const looks: string[] = []
  const gone = new AbortController()

  /** As the door opens a sealed file: asks the gate; then sends a first piece and never ends. */
  const unveil: Unveil = async (act, heard) => {
    looks.push(act)
    const [{ takes: [take] = [], lines: [line] = [], scene } = { scene: undefined }] = heard
    if (take?.state !== 'spoken' || take.voice.kind !== 'person' || !line || !scene)
      return { withheld: 'unknown' as never }
    const { actor } = take.voice
    const place = { act, title: scene.title, episode: scene.episode, language: scene.language }
    const words = { character: 'ハル', line: line.id, text: line.phrases.map(({ text }) => text).join('\n') }
    const plain = { territories: [], media: [], alterations: [], content: [] }
    const key = await house.app.consent.gate.permit({ actor, ...place, ...words, ...plain })
    if ('refused' in key) return { withheld: key.refused }
    return {
      bytes: 1_000_000,
      actors: [actor],
      entries: [],
      note: async () => undefined,
      close: async () => undefined,
      async *read() {
        yield new Uint8Array(65_536)
        await once(gone.signal, 'abort')
      },
    }
  }

  before(async () => {
    house = await startConsentApp(await startApp({ parts: { unveil } }))
  })
  after(async () => {
    gone.abort()
    await house.close()
  })
  beforeEach(async () => {
    looks.length = 0
    const { actor, holder } = house
    const request = await house.request()
    await holder.say({ kind: 'licence', of: request.id })
    grant = (await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })).id
    await house.app.draw(house.episode, sealedDraft())
  })

  const sound = { ...blobOf('sealed take', 'audio/wav') }
  const path = () => `/api/episodes/${house.episode}/blobs/${sound.digest}`
  function sealedDraft(): Draft {
    const { party } = house.actor
    const digest = 'a'.repeat(64)
    const sealed = { digest, bytes: 1_000_000, actors: [party], entries: [grant] }
    const [version] = draft.versions
    const take = { ...version?.dub.takes[0], voice: { kind: 'person', actor: party } } as Take
    const takes = [{ ...take, sound: { ...sound, sealed } } as Take]
    return {
      ...draft,
      versions: draft.versions.map(one => ({ ...one, dub: { ...one.dub, takes, regions: [] } })),
    }
  }
  /** The first piece, and then how it ends. */
  async function listen(headers = {}) {
    const answer = await house.lead.send('GET', path(), undefined, headers)
    const reader = answer.body?.getReader()
    await reader?.read()
    const rest = async () => {
      for (;;) if ((await reader?.read())?.done) return 'whole'
    }
    return { answer, end: rest().catch(() => 'cut') }
  }

  it('every request is looked at anew, each range too, and no proxy keeps anything', async () => {
    await house.app.blobs.keepBytes(Buffer.from('sealed take'), 'audio/wav')
    for (const headers of [{}, { range: 'bytes=0-70000' }, { range: 'bytes=70000-' }]) {
      const { answer } = await listen(headers)
      expect(answer.headers.get('cache-control')).to.equal('private, no-store')
    }
    expect(looks).to.deep.equal(['hear', 'hear', 'hear'])
    await house.actor.say({ kind: 'withdrawal', of: [grant] })
    const tag = { 'if-none-match': `"${'a'.repeat(64)}"` }
    for (const headers of [{}, { range: 'bytes=0-1' }, tag] as Record<string, string>[])
      expect((await house.lead.send('GET', path(), undefined, headers)).status).to.equal(403)
    expect(looks).to.have.length(6)
  })

  it('cuts every answer in which the voice is being sent, and no other', async () => {
    const open = await Promise.all([listen(), listen(), listen({ range: 'bytes=0-999999' })])
    const { streams } = house.app
    const other = {
      destroyed: false,
      destroy: () => Object.assign(other, { destroyed: true }),
      once: () => other,
    }
    streams.hold(other as never, ['somebody else'])
    const { id } = await house.actor.say({ kind: 'suspension', actors: [house.actor.party], grants: [] })
    expect(await Promise.all(open.map(({ end }) => end))).to.deep.equal(['cut', 'cut', 'cut'])
    expect(other.destroyed).to.equal(false)
    await house.app.reach.settle()
    const views = await house.actor.client.ask('certificates', {})
    // Those of the test before may still have hung about.
    expect(views.find(view => view.id === id)?.found?.cut).to.be.at.least(3)
    await house.actor.say({ kind: 'resume', of: id })
  })

  it('kills the processes that speak with the voice, with all they started, and deletes where they worked', async () => {
    const work = async (actor: string) => {
      const scratch = await mkdtemp(join(tmpdir(), 'kotodama-scratch-'))
      await writeFile(join(scratch, 'clear.wav'), 'x')
      // A leader that would like to stay, and a child of its own.
      const script = 'trap "" TERM INT HUP; sleep 600 & echo $!; wait; sleep 600'
      const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
      const [said] = await once(child.stdout, 'data')
      const ended = once(child, 'exit')
      const drop = house.app.running.add({
        ...{ pid: child.pid ?? 0, asked: () => new Set([actor]), ended, scratch },
      })
      return { child, drop, scratch, grandchild: Number(String(said)) }
    }
    const alive = (pid: number) => {
      try {
        process.kill(pid, 0)
        return true
      } catch {
        return false
      }
    }
    const [mine, theirs] = [await work(house.actor.party), await work('somebody else')]
    try {
      const { id } = await house.actor.say({ kind: 'withdrawal', of: [] })
      await house.app.reach.settle()
      expect(mine.child.signalCode).to.equal('SIGKILL')
      expect(await stat(mine.scratch).catch(() => 'gone')).to.equal('gone')
      expect(theirs.child.signalCode).to.equal(null)
      expect(alive(theirs.grandchild)).to.equal(true)
      const views = await house.actor.client.ask('certificates', {})
      expect(views.find(view => view.id === id)?.found?.killed).to.equal(1)
      // The pipe closes when the last of the group that holds it has ended.
      if (!mine.child.stdout.closed) await once(mine.child.stdout.resume(), 'close')
    } finally {
      for (const { child, drop } of [mine, theirs]) {
        drop()
        if (child.pid && alive(child.pid)) process.kill(-child.pid, 'SIGKILL')
      }
    }
  })
})
