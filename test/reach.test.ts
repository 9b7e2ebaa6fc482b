import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Entry } from '../consent/index.ts'
import type { Terms } from '../consent/records.ts'
import { wordsOf } from '../consent/words.ts'
import { openEspeak } from '../pipelines/espeak.ts'
import type { Draft, Take } from '../pipelines/terms.ts'
import { encodeWav } from '../pipelines/wav.ts'
import { readConfig } from '../server/config.ts'
import { type Running, startServer } from '../server/main.ts'
import { openHouseCredentials } from '../server/marks.ts'
import { backup } from '../server/store/backup.ts'
import { restore } from '../server/store/restore.ts'
import { type Client, openClient } from './support/client.ts'
import { terms as someTerms } from './support/consent.ts'
import { enrol } from './support/signers.ts'

const sample = join(import.meta.dirname, '../samples/hello')
const file = async (name: string) => ({ name, bytes: await readFile(join(sample, name)) })
type Spoken = Extract<Take, { state: 'spoken' }>

/** A person is cast, asked, heard, and gone again: over HTTP, by the server and the worker an operator starts. */
describe('a person’s voice', function () {
  // Real renders: they take as long as they take.
  this.timeout(300_000)
  let folder = ''
  let house: Running
  let lead: Client
  let [series, episode, grant] = ['', '', '']
  const [holder, actor] = [enrol('holder'), enrol('actor')]
  let said = 0
  let heard: readonly Spoken[] = []
  let parcelUrl = ''
  const terms = (words: readonly string[]): Terms => ({
    ...someTerms,
    ...{ title: 'Hello', holder: holder.id, episodes: ['1'], characters: ['MIA'], languages: ['es'] },
    ...{ words, territories: ['JP'], media: ['streaming'], from: Date.now() - 60_000 },
    ...{ makeUntil: Date.now() + 3_600_000, until: Date.now() + 7_200_000 },
  })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-reach-'))
    const settings = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), PORT: '0' }
    Object.assign(process.env, settings, { LOG_LEVEL: 'fatal' })
    house = await startServer(readConfig({ ...process.env, ...settings, LOG_LEVEL: 'fatal' }))
    lead = openClient(house.address)
    await lead.setUp(house.firstLink?.split('/').at(-1) ?? '', 'Mika', 'a long password')
    const cast = [{ character: 'MIA', voice: { kind: 'person' as const, actor: actor.id } }]
    const release = { territories: ['JP'], media: ['streaming'] }
    const made = { title: 'Hello', language: 'en', targets: ['es'], cast, release }
    series = (await lead.ask('newSeries', {}, made)).id
    const entries = JSON.parse(await readFile(join(sample, 'memory.json'), 'utf8'))
    await lead.ask('importMemory', { series }, { entries })
    const files = { media: await file('episode.mp4'), script: await file('script.txt') }
    episode = (await lead.ingest(series, '1', files)).id
    await settled()
  })
  after(async () => {
    lead?.close()
    await house?.close()
    for (const name of ['DATA_DIR', 'KEYS_DIR', 'PORT', 'LOG_LEVEL']) delete process.env[name]
    await rm(folder, { recursive: true, force: true })
  })

  async function settled(): Promise<void> {
    const over = () =>
      house.parts.work.of(episode).then(work => {
        if (work?.state === 'failed') throw new Error(JSON.stringify(work.problem))
        return work?.state === 'ready'
      })
    for (;;) {
      // Listens before it looks: what happens in between is heard.
      let deaf = () => {}
      const heard = new Promise<void>(done => {
        deaf = house.jobs.listen(() => done())
      })
      const done = await over()
      if (!done) await heard
      deaf()
      if (done) return
    }
  }
  const again = async () => {
    await lead.ask('run', { episode })
    await settled()
  }
  async function drawn(): Promise<Draft> {
    const work = await house.parts.work.of(episode)
    if (!work?.draft) throw new Error('there is no draft')
    return JSON.parse(await house.parts.blobs.text(work.draft))
  }
  const takesOf = async () => {
    const { versions } = await drawn()
    const mine = new Set(
      versions[0]?.fitted.lines.filter(({ speaker }) => speaker === 'MIA').map(({ id }) => id),
    )
    return (versions[0]?.dub.takes ?? []).filter(take => mine.has(take.line))
  }
  const spokenOf = async () => (await takesOf()).filter((take): take is Spoken => take.state === 'spoken')
  const uses = () => house.consent.registry.entries().flatMap(entry => (entry.kind === 'use' ? [entry] : []))
  async function reported(entry: string) {
    const report = await house.reach.report(entry)
    if (!report) throw new Error('nothing was taken back')
    return report
  }
  const blob = (digest: string, headers = {}) =>
    lead.send('GET', `/api/episodes/${episode}/blobs/${digest}`, undefined, headers)

  it('is withheld while nobody has said yes, with the reason', async () => {
    const why = (await takesOf()).map(take => (take.state === 'withheld' ? take.refusal : take.state))
    expect(why).to.include('no-consent').and.not.include('spoken')
    const lines = await lead.ask('lines', { episode, language: 'es' })
    expect(JSON.stringify(lines)).to.include('no-consent')
  })

  it('speaks once the actor has said yes to these lines, and lies sealed on the disk', async () => {
    const { registry, vault } = house.consent
    const [version] = (await drawn()).versions
    const words = (version?.fitted.lines ?? []).map(({ id, speaker = '', phrases }) =>
      wordsOf({
        ...{ title: 'Hello', episode: '1', language: 'es', character: speaker, line: id },
        text: phrases.map(({ text }) => text).join('\n'),
      }),
    )
    for (const one of [holder, actor]) await registry.enter(one.enrolment)
    await registry.enter(holder.say({ kind: 'licence', by: holder.id, at: said++, terms: terms(words) }))
    const request = await registry.tell({ kind: 'request', actor: actor.id, terms: terms(words) })
    const yes = { kind: 'grant', by: actor.id, at: said++, actor: actor.id, of: request.id } as const
    const signed = actor.say({
      ...yes,
      terms: request.kind === 'request' ? request.terms : terms([]),
      noticeWaived: true,
    })
    grant = (await registry.enter(signed)).id
    const espeak = openEspeak()
    const recording = await espeak.speak({
      text: 'I am reading this so that you know how I sound, and for nothing else.',
      ...{ language: 'en', variant: 'f3', pitch: 60 },
    })
    espeak.close()
    const wav = encodeWav(recording.samples, recording.sampleRate)
    const digest = createHash('sha256').update(wav).digest('base64url')
    await house.parts.people.recordings.add({
      ...{ name: await vault.seal(actor.id, wav), actor: actor.id, digest },
    })
    await again()

    const spoken = await spokenOf()
    expect(spoken).to.have.length.above(0)
    for (const { sound, by } of spoken) {
      expect(by)
        .to.deep.include({ reference: digest })
        .and.have.property('engine')
        .that.matches(/sketch/)
      expect(by?.entries).to.include(grant)
      const bytes = await readFile(await house.parts.blobs.path(sound))
      expect(bytes.subarray(0, 15).toString()).to.equal('kotodama sealed')
    }
    const made = uses().filter(({ act }) => act === 'speak')
    // A voice's first takes, which tell how fast it is, are uses too.
    expect([...new Set(made.map(({ line }) => line))].sort()).to.deep.equal(
      spoken.map(({ line }) => line).sort(),
    )
    expect(made.map(({ asker, due }) => [asker, due])).to.deep.equal(made.map(() => ['Mika', 500]))
    expect(made.map(({ output }) => output)).to.include.members(
      spoken.map(({ sound }) => Buffer.from(sound.sealed?.digest ?? '', 'hex').toString('base64url')),
    )
  })

  it('is heard whole and in ranges by whoever may, is kept by nobody on the way, and the actor sees it', async () => {
    const [take] = await spokenOf()
    if (!take) throw new Error('nothing is spoken')
    const whole = await blob(take.sound.digest)
    const bytes = Buffer.from(await whole.arrayBuffer())
    expect([whole.status, bytes.subarray(0, 4).toString()]).to.deep.equal([200, 'RIFF'])
    expect(whole.headers.get('cache-control')).to.equal('private, no-store')
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(take.sound.sealed?.digest)
    const part = await blob(take.sound.digest, { range: 'bytes=4-11' })
    expect([part.status, part.headers.get('content-range')]).to.deep.equal([
      206,
      `bytes 4-11/${bytes.length}`,
    ])
    expect(Buffer.from(await part.arrayBuffer())).to.deep.equal(bytes.subarray(4, 12))
    expect((await blob(take.sound.digest, { range: `bytes=${bytes.length}-` })).status).to.equal(416)
    const region = (await drawn()).versions[0]?.dub.regions[0]
    const mixed = await blob(region?.sound.digest ?? '')
    expect(
      Buffer.from(await mixed.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).to.equal('fLaC')
    // One listening is one use, in however many ranges.
    const plays = uses().filter(({ act, line }) => act === 'hear' && line === take.line)
    expect(plays.map(({ asker }) => asker)).to.deep.equal(['Mika', 'Mika'])
  })

  it('leaves the house in the parcel where it may, and it is known to whom', async () => {
    await lead.ask('pack', { episode })
    await settled()
    const { files } = await lead.ask('oneEpisode', { episode })
    const parcel = files.find(({ name }) => name.endsWith('.mkv'))
    parcelUrl = parcel?.url ?? ''
    const answer = await lead.send('GET', parcelUrl)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([answer.status, bytes.subarray(0, 4).toString('hex')]).to.deep.equal([200, '1a45dfa3'])
    const [delivery] = await house.parts.people.deliveries.derivedFrom([grant])
    expect(delivery).to.deep.include({ episode, name: parcel?.name, called: 'Mika' })
    expect(delivery?.digest).to.equal(createHash('sha256').update(bytes).digest('hex'))
    expect(uses().filter(({ act }) => act === 'deliver')).to.have.length((await spokenOf()).length)

    // Its credentials come with it, are no use of a voice, and name the yes and nobody.
    const beside = await lead.send('GET', files.find(({ name }) => name.endsWith('.c2pa'))?.url ?? '')
    const credentials = await openHouseCredentials(join(folder, 'keys'), 'Test', Date.now)
    try {
      await writeFile(join(folder, 'film.mkv'), bytes)
      const store = new Uint8Array(await beside.arrayBuffer())
      const type = 'video/x-matroska'
      const { state, manifest } = await credentials.read(join(folder, 'film.mkv'), type, { store })
      expect(state).to.equal('trusted')
      expect(JSON.stringify(manifest)).to.include(grant).and.not.include(actor.id)
    } finally {
      credentials.close()
    }
    expect(uses().filter(({ act }) => act === 'deliver')).to.have.length((await spokenOf()).length)
  })

  it('is backed up while it may be heard', async () => {
    const { damaged } = await backup({ dataDir: join(folder, 'data'), file: join(folder, 'backup.tar') })
    expect(damaged).to.deep.equal([])
    heard = await spokenOf()
  })

  it('is gone when the actor withdraws, in the middle of a render, and the actor gets a certificate', async () => {
    const spoken = await spokenOf()
    const { registry } = house.consent
    // A new recording: every line is spoken anew, and while it is the actor takes the yes back.
    const newer = await house.parts.people.recordings.newest(actor.id)
    await house.parts.people.recordings.add({
      ...{ name: newer?.name.replace(/.$/, '') ?? '', actor: actor.id, digest: newer?.digest ?? '' },
    })
    await lead.ask('run', { episode })
    const withdrawal = { kind: 'withdrawal', by: actor.id, at: said++, actor: actor.id, of: [grant] } as const
    await registry.stop(actor.say(withdrawal))
    const stood = registry.entries().findLast(one => one.kind === 'withdrawal') as Entry
    for (const { sound } of spoken) expect((await blob(sound.digest)).status).to.be.oneOf([403, 404])
    await house.reach.settle()
    await settled()
    for (const { sound } of spoken) expect((await blob(sound.digest)).status).to.be.oneOf([403, 404])
    expect(await spokenOf()).to.deep.equal([])
    expect((await takesOf()).map(take => (take.state === 'withheld' ? take.refusal : ''))).to.include(
      'withdrawn',
    )
    expect(uses().filter(({ leaf }) => leaf > stood.leaf)).to.deep.equal([])

    const { certificate, digest, notices } = await reported(stood.id)
    expect(certificate).to.deep.include({ entry: stood.id, ended: [grant], voices: [actor.id] })
    expect(certificate).to.have.property('quarantined').with.nested.property('steps.part').above(0)
    expect(certificate).to.have.property('recipients').with.length(1)
    expect(certificate).to.have.property('couldNot').with.length(2)
    const completed = registry.entries().findLast(one => one.kind === 'completed')
    expect(completed).to.deep.include({ of: stood.id, certificate: digest })
    expect(notices.map(({ state, body }) => [state, body])).to.have.nested.property('[0][1].held.file')
  })

  it('is closed for good once the key is destroyed, and the log proves it', async () => {
    const { registry } = house.consent
    await registry.enter(actor.say({ kind: 'erasure', by: actor.id, at: said++, actor: actor.id }))
    await house.reach.settle()
    const erased = registry.entries().findLast(one => one.kind === 'erased')
    expect(erased).to.deep.include({ actor: actor.id })
    expect(await house.parts.people.recordings.ofActor(actor.id)).to.deep.equal([])
    const { certificate } = await reported(erased?.kind === 'erased' ? erased.of : '')
    expect(certificate).to.have.nested.property('erased.proof', erased?.id)
  })

  it('does not come back with a backup from before: nothing plays, and what stood in it is walked again', async () => {
    await house.close()
    await restore({ dataDir: join(folder, 'data'), file: join(folder, 'backup.tar') })
    house = await startServer(readConfig())
    lead.close()
    lead = openClient(house.address)
    await lead.ask('signIn', {}, { name: 'Mika', password: 'a long password' })
    // The draft of then still tells what was said.
    expect(heard).to.have.length.above(0)
    for (const { sound } of heard) expect((await blob(sound.digest)).status).to.equal(403)
    // Barred, or no longer what the work is: in no case given out.
    expect((await lead.send('GET', parcelUrl)).status).to.be.oneOf([403, 404, 409])
    for (const { by, sound } of heard) {
      const sealed = await house.parts.blobs.path(sound)
      expect((await readFile(sealed)).subarray(0, 15).toString()).to.equal('kotodama sealed')
      expect(await house.reach.barred(by?.entries ?? [])).to.equal(true)
    }
    await house.reach.settle()
    expect(house.reach.endings()).to.have.length(2)
    for (const { entry } of house.reach.endings())
      expect((await reported(entry.id)).certificate).to.have.property('entry', entry.id)
  })
})
