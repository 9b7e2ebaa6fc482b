import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { FromServer } from '../server/contract.ts'
import { type Client, heard, openClient, type Wire, watch } from './support/client.ts'
import { type Served, serve } from './support/served.ts'

const sample = join(import.meta.dirname, '../samples/hello')
const file = async (name: string) => ({ name, bytes: await readFile(join(sample, name)) })
const password = 'a long password'

/** A sample in, a parcel out, over HTTP and sockets, by the server and the worker that an operator starts. */
describe('the journey', function () {
  this.timeout(90_000)
  let folder = ''
  let served: Served
  let lead: Client
  let wire: Wire
  let series = ''
  let episode = ''
  const steps: string[] = []
  const changed: Parameters<FromServer['lines:changed']>[0][] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-journey-'))
    served = await serve(folder)
    lead = openClient(served.url)
  })
  after(async () => {
    lead?.close()
    await served?.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const settled = async () => {
    for (;;) {
      // Listens before it looks: what happens in between is heard.
      const changed = heard(wire, 'episode:changed')
      const { state, problem } = await lead.ask('oneEpisode', { episode })
      if (state === 'ready') return
      expect(state, JSON.stringify(problem)).to.be.oneOf(['waiting', 'running'])
      await changed
    }
  }
  const lines = () => lead.ask('lines', { episode, language: 'es' })

  it('begins with the one-time link, which works once', async () => {
    const token = served.link?.split('/').at(-1) ?? ''
    await lead.setUp(token, 'Mika', password)
    const reply = await openClient(served.url).tryTo('setup', {}, { token, name: 'Eve', password })
    expect(reply.status).to.equal(410)
  })

  it('takes an episode with its script, and tells of every step as it is done', async () => {
    series = (await lead.ask('newSeries', {}, { title: 'Hello', language: 'en', targets: ['es'] })).id
    const memory = JSON.parse(await readFile(join(sample, 'memory.json'), 'utf8'))
    await lead.ask('importMemory', { series }, { entries: memory })
    const files = {
      media: await file('episode.mp4'),
      script: await file('script.txt'),
      me: await file('me.opus'),
    }
    episode = (await lead.ingest(series, '1', files)).id
    wire = lead.socket()
    await heard(wire, 'connect')
    wire.on('step:moved', ({ step }) => step.state === 'done' && steps.push(step.step))
    wire.on('lines:changed', said => changed.push(said))
    expect(await watch(wire, episode)).to.include({ ok: true })
    await settled()
    expect(steps).to.include.members(['subtitles', 'translation', 'timing', 'dub'])
    expect(steps).not.to.include('pack')
  })

  it('gives lines with their translation, their cue and their take', async () => {
    const all = await lines()
    expect(all.map(({ speaker }) => speaker)).to.deep.equal(['MIA', 'LEO', 'MIA'])
    const translated = all.filter(({ origin }) => origin.how === 'memory')
    expect(translated.length).to.be.above(0)
    for (const { cues, take } of translated) {
      expect(cues.length).to.be.above(0)
      expect(take?.state).to.equal('spoken')
    }
  })

  it('makes again what one edited line touches, and nothing else', async () => {
    const [first, second] = await lines()
    if (!first || !second) throw new Error('lines were lost')
    changed.length = 0
    const where = { episode, language: 'es', line: first.id }
    const edited = await lead.ask('editLine', where, {
      version: first.version,
      text: '¡Hola! ¿Quién anda por ahí?',
    })
    expect(edited.text).to.equal('¡Hola! ¿Quién anda por ahí?')
    await settled()
    const [now, untouched] = await lines()
    expect(now?.origin.how).to.equal('human')
    expect(now?.cues.map(({ text }) => text).join(' ')).to.include('ahí')
    expect(now?.take?.url).not.to.equal(first.take?.url)
    expect(untouched?.take).to.deep.equal(second.take)
    expect(new Set(changed.flatMap(({ lines }) => lines))).to.deep.equal(new Set([first.id]))
  })

  it('shows both versions when somebody was quicker, and loses neither', async () => {
    const [first] = await lines()
    const where = { episode, language: 'es', line: first?.id ?? '' }
    const reply = await lead.tryTo('editLine', where, { version: 0, text: '¿Hola?' })
    expect(reply.status).to.equal(409)
    expect(reply.body).to.deep.include({ yours: { version: 0, text: '¿Hola?' } })
    expect(reply.body).to.have.nested.property('theirs.text', '¡Hola! ¿Quién anda por ahí?')
  })

  it('hands over a parcel: the film with all its sound and subtitles, stems, and what is in it', async () => {
    const before = await lead.ask('oneEpisode', { episode })
    expect([before.parcel, before.files]).to.deep.equal(['none', []])
    expect((await lead.ask('pack', { episode })).parcel).to.equal('making')
    await settled()
    const { files, parcel } = await lead.ask('oneEpisode', { episode })
    expect(parcel).to.equal('current')
    expect(steps).to.include('pack')
    const kinds = files.map(({ name }) => name.split('.').at(-1))
    expect(kinds).to.include.members(['mkv', 'wav', 'srt', 'vtt', 'ass', 'json'])
    for (const { url, bytes } of files) {
      const answer = await lead.send('HEAD', url)
      expect([answer.status, Number(answer.headers.get('content-length'))]).to.deep.equal([200, bytes])
    }
  })

  it('takes a parcel back as soon as a word of it is another, and gives it again when it is asked for', async () => {
    const { files } = await lead.ask('oneEpisode', { episode })
    const [line] = await lines()
    const where = { episode, language: 'es', line: line?.id ?? '' }
    await lead.ask('editLine', where, { version: line?.version ?? 0, text: '¡Hola! ¿Quién está ahí?' })
    const named = await lead.send('GET', files[0]?.url ?? '')
    expect([named.status, (await named.json()).problem.code]).to.deep.equal([409, 'parcel-unmade'])
    await settled()
    const { parcel, files: offered } = await lead.ask('oneEpisode', { episode })
    expect([parcel, offered]).to.deep.equal(['old', []])
    await lead.ask('pack', { episode })
    await settled()
    expect((await lead.ask('oneEpisode', { episode })).files.map(({ name }) => name)).to.deep.equal(
      files.map(({ name }) => name),
    )
  })

  it('lets nobody hear who is not signed in', async () => {
    const { files, dubs } = await lead.ask('oneEpisode', { episode })
    const stranger = openClient(served.url)
    for (const url of [files[0]?.url, dubs[0]?.regions[0]?.url])
      expect((await stranger.send('GET', url ?? '')).status).to.equal(401)
  })
})
