import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Compared } from '../../pipelines/index.ts'
import type { Utterance } from '../../pipelines/terms.ts'
import { loadWork } from '../../server/known.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { draft } from '../support/draft.ts'

describe('a series', () => {
  let app: TestApp
  let lead: Client
  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
  })
  after(() => app.close())

  it('begins with what is usual', async () => {
    expect(await lead.ask('newSeries', {}, { title: ' Pilot ', language: 'ja' })).to.deep.include({
      title: 'Pilot',
      targets: [],
      glossary: [],
      cast: [],
      loudness: -27,
      episodes: 0,
    })
  })

  it('changes in what is named, and in nothing else', async () => {
    const { id } = await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en'] })
    const honorifics = [
      { language: 'en', custom: 'keep', terms: [{ honorific: 'senpai', target: 'Captain' }] },
    ] as const
    const kept = await lead.ask(
      'changeSeries',
      { series: id },
      { honorifics: [...honorifics].map(one => ({ ...one, terms: [...one.terms] })) },
    )
    expect(kept.honorifics).to.deep.equal(honorifics)
    const glossary = [{ source: '言霊', target: 'kotodama', language: 'en', keep: true, forbid: ['spirit'] }]
    const cast = [{ character: 'ハル', voice: { kind: 'nobody' as const, engine: 'espeak', preset: 'ja' } }]
    expect(await lead.ask('changeSeries', { series: id }, { glossary, cast })).to.deep.include({
      title: 'Pilot',
      targets: ['en'],
      glossary,
      cast,
    })
    expect(await lead.ask('oneSeries', { series: id })).to.deep.include({ glossary, cast })
  })

  it('remembers a pair of sentences once', async () => {
    const { id } = await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja' })
    const pair = { from: 'ja', to: 'en', source: 'おはよう', target: 'Morning', origin: 'by hand' }
    const entries = [pair, pair, { ...pair, target: 'Good morning' }, { ...pair, target: ' ' }]
    expect(await lead.ask('importMemory', { series: id }, { entries })).to.deep.equal({ added: 2 })
    expect(await lead.ask('importMemory', { series: id }, { entries })).to.deep.equal({ added: 0 })
    const kept = await app.people.memory.of(id, 'ja', 'en')
    expect(kept.map(({ target }) => target)).to.have.members(['Morning', 'Good morning'])
    expect(await app.people.memory.of('another', 'ja', 'en')).to.deep.equal([])
  })

  it('remembers tens of thousands of pairs at once', async () => {
    const { id } = await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja' })
    const entries = Array.from({ length: 2500 }, (_, n) => ({
      from: 'ja',
      to: 'en',
      source: `文 ${n}`,
      target: `sentence ${n}`,
      origin: 'import',
    }))
    expect(await lead.ask('importMemory', { series: id }, { entries })).to.deep.equal({ added: 2500 })
  })
})

describe('an episode', () => {
  let app: TestApp
  let lead: Client
  let series: string
  const begin = (number: string, more: object = {}) =>
    lead.ingest(series, number, { media: { name: 'film.mp4', bytes: Buffer.from('film') } }, more)

  let compared: Compared
  before(async () => {
    app = await startApp({ parts: { compare: async () => compared } })
    lead = await app.person('Aki', 'lead')
    series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en', 'es'] })).id
  })
  after(() => app.close())

  it('is begun from uploads, which become blobs, and set to work', async () => {
    const script = await lead.upload('台本.txt', Buffer.from('ハル：おはよう'))
    const me = await lead.upload('me.wav', Buffer.from('music'))
    const made = await begin('1', {
      title: 'The first',
      script,
      me,
      audioStream: 1,
      onAir: '2026-12-01T00:00:00Z',
    })
    expect(made).to.deep.include({
      number: '1',
      title: 'The first',
      language: 'ja',
      targets: ['en', 'es'],
      state: 'waiting',
      onAir: '2026-12-01T00:00:00Z',
    })
    expect(app.machine.asked).to.include(`start ${made.id}`)
    const { source } = await loadWork(app.people, made.id)
    expect(source).to.include({ name: 'film.mp4', language: 'ja', audioStream: 1 })
    const read = async (blob = source.file) => readFile(await app.blobs.path(blob), 'utf8')
    expect([await read(), await read(source.script), await read(source.me)]).to.deep.equal([
      'film',
      'ハル：おはよう',
      'music',
    ])
    expect((await lead.tryTo('newEpisode', {}, { series, number: '1b', media: script })).status).to.equal(404)
  })

  it('is due at another time from now on, which needs no work, and it stays known who said so', async () => {
    const { id } = await begin('1c', { onAir: '2026-12-01T00:00:00Z' })
    const where = { episode: id }
    const asked = [...app.machine.asked]
    const later = await lead.ask('changeEpisode', where, { onAir: '2026-12-02T00:00:00Z' })
    expect(later.onAir).to.equal('2026-12-02T00:00:00Z')
    const never = await lead.ask('changeEpisode', where, { onAir: null, title: 'Dawn' })
    expect([never.onAir, never.title]).to.deep.equal([undefined, 'Dawn'])
    expect(never.changes.map(({ by, what }) => [by, ...what])).to.deep.equal([
      ['Aki', 'onAir'],
      ['Aki', 'title', 'onAir'],
    ])
    expect(app.machine.asked).to.deep.equal(asked)
  })

  it('that came without words, or with others, takes a script and is set to work again', async () => {
    const { id, given } = await begin('1d')
    expect(given).to.deep.equal([])
    app.machine.progress.set(id, { state: 'failed', steps: [] })
    app.machine.asked.length = 0
    for (const text of ['ハル：おはよう', 'ハル：おやすみ']) {
      const script = await lead.upload('台本.txt', Buffer.from(text))
      const changed = await lead.ask('changeEpisode', { episode: id }, { script })
      expect(changed.given).to.deep.equal(['script'])
      const { source } = await loadWork(app.people, id)
      expect(await readFile(await app.blobs.path(source.script ?? source.file), 'utf8')).to.equal(text)
      expect((await lead.tryTo('changeEpisode', { episode: id }, { script })).status).to.equal(404)
    }
    expect((await lead.ask('changeEpisode', { episode: id }, { script: null })).given).to.deep.equal([])
    expect(app.machine.asked).to.deep.equal([`start ${id}`, `start ${id}`, `start ${id}`])
    expect((await lead.tryTo('changeEpisode', { episode: id }, {})).status).to.equal(400)
    const reviewer = await app.person('Mika', 'reviewer')
    expect((await reviewer.tryTo('changeEpisode', { episode: id }, { onAir: null })).status).to.equal(403)
  })

  it('is wanted in the languages of its series, or in its own, and never in the original’s', async () => {
    expect((await begin('2', { targets: ['fr', 'ja', 'fr'] })).targets).to.deep.equal(['fr'])
  })

  it('takes into its work the series as it is now, and every edit', async () => {
    const { id } = await begin('3')
    await lead.ask('changeSeries', { series }, { loudness: -24 })
    await app.draw(id, draft)
    await lead.ask('editLine', { episode: id, language: 'en', line: 'l2' }, { version: 0, text: 'Let’s go' })
    const { wish } = await loadWork(app.people, id)
    expect(wish).to.deep.equal({
      title: 'Pilot',
      episode: '3',
      targets: ['en', 'es'],
      glossary: [],
      cast: [],
      edits: [{ line: 'l2', language: 'en', version: 1, text: 'Let’s go' }],
      loudness: -24,
      styles: [],
      honorifics: [],
      houses: [],
      release: { media: [], territories: [] },
    })
  })

  it('has a number of its own in its series, and costs no upload where it has not', async () => {
    await begin('4')
    const media = await lead.upload('film.mp4', Buffer.from('film'))
    expect((await lead.tryTo('newEpisode', {}, { series, number: '4', media })).status).to.equal(409)
    expect((await lead.tryTo('newEpisode', {}, { series, number: '4b', media })).status).to.equal(200)
  })

  it('is started and cancelled', async () => {
    const { id } = await begin('5')
    expect((await lead.ask('cancel', { episode: id })).state).to.equal('cancelled')
    await lead.ask('run', { episode: id })
    expect(app.machine.asked.filter(asked => asked.endsWith(id))).to.deep.equal([
      `start ${id}`,
      `cancel ${id}`,
      `start ${id}`,
    ])
    expect((await lead.tryTo('run', { episode: 'nowhere' })).status).to.equal(404)
  })

  it('shows what has been drafted so far', async () => {
    const { id } = await begin('6')
    await app.draw(id, { media: draft.media }, 'running')
    expect(await lead.ask('oneEpisode', { episode: id })).to.include({
      state: 'running',
      duration: 7000,
      video: true,
    })
  })

  it('says why it failed', async () => {
    const { id } = await begin('7')
    const problem = {
      code: 'media-silent',
      says: 'film.mp4 has no sound to work from.',
      mend: '',
      figures: {},
    }
    app.machine.progress.set(id, { state: 'failed', steps: [], problem })
    expect((await lead.ask('oneEpisode', { episode: id })).problem).to.deep.equal(problem)
  })

  it('stands in the list of its series', async () => {
    const rows = await lead.ask('allEpisodes', { series })
    expect(rows.map(({ number }) => number)).to.deep.equal([
      '1',
      '1c',
      '1d',
      '2',
      '3',
      '4',
      '4b',
      '5',
      '6',
      '7',
    ])
    expect((await lead.tryTo('allEpisodes', { series: 'nowhere' })).status).to.equal(404)
  })

  it('tells of an upload what it holds before it is begun', async () => {
    const upload = await lead.upload('film.wav', Buffer.from('film'))
    expect(await lead.ask('streams', { upload })).to.deep.equal({
      name: 'film.wav',
      duration: 1000,
      audio: [],
      text: [],
    })
  })

  describe('given a late master', () => {
    /** Two seconds came before it, and all from 4.8 s on was cut out; `l3` stood there. */
    const shared = [{ from: 0, to: 4800, offset: 2000, unlike: 0.1 }]
    const worked = async (number: string) => {
      const me = await lead.upload('me.wav', Buffer.from('music'))
      const { id } = await begin(number, { me })
      await app.draw(id, draft)
      const place = (line: string, language = 'en') => ({ episode: id, language, line })
      for (const line of ['l1', 'l2', 'l3']) {
        await lead.ask('editLine', place(line), {
          version: 0,
          text: `words of ${line}`,
          end: 6000 + Number(line[1]),
        })
        await lead.ask('judgeLine', place(line), { version: 1, verdict: 'approve' })
      }
      return id
    }
    const late = (text = 'late') => lead.upload('late.mp4', Buffer.from(text))
    const hands = async (id: string) =>
      (await lead.ask('lines', { episode: id, language: 'en' })).map(({ text, end, approval }) => [
        text,
        end,
        approval?.by,
      ])

    it('takes lines, edits and approvals to where their sound went, and reopens what was changed', async () => {
      compared = { shared, length: 9000 }
      const id = await worked('8')
      app.machine.asked.length = 0
      const changed = await lead.ask('changeEpisode', { episode: id }, { media: await late() })
      expect(changed.changes.at(-1)?.what).to.deep.equal(['media', 'me'])
      expect(app.machine.asked).to.deep.equal([`start ${id}`, `start ${id}`])
      const { source } = await loadWork(app.people, id)
      expect([source.name, source.me]).to.deep.equal(['late.mp4', undefined])
      expect(await readFile(await app.blobs.path(source.file), 'utf8')).to.equal('late')
      const carried = JSON.parse(await readFile(await app.blobs.path(source.carried ?? source.file), 'utf8'))
      expect(carried.speech.utterances.map((one: Utterance) => [one.line, one.start])).to.deep.equal([
        ['l1', 3000],
        ['l2', 5000],
        ['l3', 7000],
      ])
      expect(await hands(id)).to.deep.equal([
        ['words of l1', 8001, 'Aki'],
        ['words of l2', 8002, 'Aki'],
        ['words of l3', 8003, undefined],
      ])
      const history = await app.people.lines.history({ episode: id, language: 'en', line: 'l1' })
      expect(history.map(({ end }) => end)).to.deep.equal([6001, 8001])
    })

    it('moves nothing twice where the same file comes again after it was cut off', async () => {
      compared = { shared, length: 9000 }
      const id = await worked('8b')
      const { change } = app.people.episodes
      Object.assign(app.people.episodes, { change: () => Promise.reject(new Error('the power went')) })
      expect((await lead.tryTo('changeEpisode', { episode: id }, { media: await late() })).status).to.equal(
        500,
      )
      Object.assign(app.people.episodes, { change })
      await lead.ask('changeEpisode', { episode: id }, { media: await late() })
      expect((await hands(id)).map(([, end]) => end)).to.deep.equal([8001, 8002, 8003])
    })

    it('keeps all as it was where it sounds like another episode, or while work goes on', async () => {
      compared = { shared: [], length: 9000 }
      const id = await worked('8c')
      const before = [await loadWork(app.people, id), await hands(id)].map(one => JSON.stringify(one))
      const reply = await lead.tryTo('changeEpisode', { episode: id }, { media: await late() })
      expect(reply.body).to.have.nested.property('problem.code', 'master-strange')
      for (const [state, code] of [
        ['running', 'busy'],
        ['failed', 'bad-request'],
      ] as const) {
        await app.draw(id, draft, state)
        const refused = await lead.tryTo('changeEpisode', { episode: id }, { media: await late() })
        expect(refused.body).to.have.nested.property('problem.code', code)
      }
      const both = { media: await late(), script: await late() }
      expect((await lead.tryTo('changeEpisode', { episode: id }, both)).status).to.equal(400)
      await app.draw(id, draft)
      expect([await loadWork(app.people, id), await hands(id)].map(one => JSON.stringify(one))).to.deep.equal(
        before,
      )
    })

    it('has its words looked for anew once it is given others', async () => {
      compared = { shared: [{ from: 0, to: 7000, offset: 0, unlike: 0.1 }], length: 7000 }
      const id = await worked('8d')
      const { changes } = await lead.ask('changeEpisode', { episode: id }, { media: await late() })
      expect(changes.at(-1)?.what, 'music and effects still fit').to.deep.equal(['media'])
      const script = await lead.upload('台本.txt', Buffer.from('ハル：おはよう'))
      await lead.ask('changeEpisode', { episode: id }, { script })
      expect((await loadWork(app.people, id)).source).not.to.have.property('carried')
    })
  })
})
