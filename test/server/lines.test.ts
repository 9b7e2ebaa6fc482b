import { expect } from 'chai'
import { Conflict } from '../../server/contract.ts'
import { loadWork } from '../../server/known.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { type Client, heard, watch } from '../support/client.ts'
import { draft } from '../support/draft.ts'

describe('a line', () => {
  let app: TestApp
  let lead: Client
  let translator: Client
  let reviewer: Client
  let series: string
  let episode: string
  const l1 = () => ({ episode, language: 'en', line: 'l1' })
  const see = async (line: string, language = 'en') =>
    (await lead.ask('lines', { episode, language })).find(({ id }) => id === line)

  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
    translator = await app.person('Ren', 'translator')
    reviewer = await app.person('Mika', 'reviewer')
  })
  after(() => app.close())
  beforeEach(async () => {
    series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en', 'es'] })).id
    episode = (await lead.ingest(series, '1', { media: { name: 'film.mp4', bytes: Buffer.from('film') } })).id
    await app.draw(episode, draft)
    app.machine.asked.length = 0
  })

  it('takes a person’s words at once, and sets the machine to work on the rest', async () => {
    const line = await translator.ask('editLine', l1(), { version: 0, text: 'Morning!' })
    expect(line).to.deep.include({ text: 'Morning!', version: 1, origin: { how: 'human' }, editedBy: 'Ren' })
    expect(app.machine.asked).to.deep.equal([`start ${episode}`])
    expect(await app.people.lines.edits(episode)).to.deep.equal([
      { line: 'l1', language: 'en', version: 1, text: 'Morning!' },
    ])
  })

  it('keeps what an edit does not name', async () => {
    await translator.ask('editLine', l1(), { version: 0, text: 'Morning!' })
    const line = await translator.ask('editLine', l1(), { version: 1, start: 900 })
    expect(line).to.include({ text: 'Morning!', start: 900, end: 2000, version: 2 })
  })

  it('changed by two at once goes to the first; the second gets both and nothing is lost', async () => {
    await lead.ask('editLine', l1(), { version: 0, text: 'Morning!' })
    const late = await translator.tryTo('editLine', l1(), { version: 0, text: 'Good day' })
    expect(late.status).to.equal(409)
    const { problem, yours, theirs } = Conflict.parse(late.body)
    expect(problem.code).to.equal('line-changed')
    expect(yours).to.deep.equal({ version: 0, text: 'Good day' })
    expect(theirs).to.include({ text: 'Morning!', version: 1, editedBy: 'Aki' })
    expect((await translator.ask('editLine', l1(), { version: 1, text: 'Good day' })).version).to.equal(2)
  })

  it('is won by exactly one of many who save at the same moment', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, time) =>
        translator.tryTo('editLine', l1(), { version: 0, text: `Morning ${time}` }),
      ),
    )
    expect(all.map(({ status }) => status).sort()).to.deep.equal([200, ...Array(7).fill(409)])
  })

  it('remembers every change and who made it', async () => {
    await lead.ask('editLine', l1(), { version: 0, text: 'Morning!' })
    await translator.ask('editLine', l1(), { version: 1, end: 2200 })
    const history = await app.people.lines.history(l1())
    expect(history.map(({ at: _, by: __, ...change }) => change)).to.deep.equal([
      { version: 1, text: 'Morning!' },
      { version: 2, end: 2200 },
    ])
    const names = await app.people.users.names(history.map(({ by }) => by))
    expect(history.map(({ by }) => names.get(by))).to.deep.equal(['Aki', 'Ren'])
  })

  it('may be emptied by a person: that is an edit too', async () => {
    expect(await translator.ask('editLine', l1(), { version: 0, text: '' })).to.include({
      text: '',
      version: 1,
    })
  })

  const wrong: readonly [says: string, body: object][] = [
    ['that changes nothing', {}],
    ['that ends it before it starts', { start: 2000 }],
    ['that leaves it no time', { start: 1500, end: 1500 }],
    ['with half a millisecond', { start: 1000.5 }],
    ['before the beginning', { start: -1 }],
  ]
  for (const [says, body] of wrong)
    it(`refuses an edit ${says}`, async () => {
      expect((await translator.tryTo('editLine', l1(), { version: 0, ...body })).status).to.equal(400)
      expect((await see('l1'))?.version).to.equal(0)
      expect(app.machine.asked).to.deep.equal([])
    })

  it('that is not there, in a language that is not wanted, is not found', async () => {
    const edit = { version: 0, text: 'x' }
    for (const where of [{ line: 'l9' }, { language: 'fr' }, { episode: 'e9' }])
      expect((await translator.tryTo('editLine', { ...l1(), ...where }, edit)).status).to.equal(404)
  })

  it('of the original is told to everybody who translates it', async () => {
    const wire = translator.socket()
    await heard(wire, 'connect')
    await watch(wire, episode)
    const told: string[] = []
    wire.on('lines:changed', ({ language, by }) => void told.push(`${language} ${by}`))
    await lead.ask('editLine', { episode, language: 'ja', line: 'l1' }, { version: 0, text: 'おはよ' })
    await watch(wire, episode)
    expect(told).to.deep.equal(['ja Aki', 'en Aki', 'es Aki'])
    expect(await see('l1')).to.include({ source: 'おはよ', sourceVersion: 1, version: 0 })
  })

  it('can be asked for alone', async () => {
    const some = await lead.send('GET', `/api/episodes/${episode}/lines/en?only=l3,l1`)
    expect(((await some.json()) as { id: string }[]).map(({ id }) => id)).to.deep.equal(['l1', 'l3'])
  })

  describe('that is approved', () => {
    it('says by whom, and becomes a person’s, word for word', async () => {
      const line = await reviewer.ask('judgeLine', l1(), {
        version: 0,
        verdict: 'approve',
        text: 'Good morning',
      })
      expect(line.approval?.by).to.equal('Mika')
      expect(line).to.deep.include({ text: 'Good morning', version: 1, origin: { how: 'human' } })
      expect((await app.people.lines.edits(episode))[0]).to.include({ text: 'Good morning' })
    })

    it('is a translation the series remembers', async () => {
      await translator.ask('editLine', l1(), { version: 0, text: 'Morning!' })
      await reviewer.ask('judgeLine', l1(), { version: 1, verdict: 'approve' })
      expect(await app.people.memory.of(series, 'ja', 'en')).to.deep.equal([
        { from: 'ja', to: 'en', source: 'おはよう', target: 'Morning!', origin: 'Pilot 1 l1' },
      ])
    })

    it('is not edited until it is opened again', async () => {
      await reviewer.ask('judgeLine', l1(), { version: 0, verdict: 'approve' })
      const late = await translator.tryTo('editLine', l1(), { version: 1, text: 'x' })
      expect(late.status).to.equal(409)
      expect(late.body).to.have.nested.property('problem.code', 'line-approved')
      expect(await reviewer.ask('judgeLine', l1(), { version: 1, verdict: 'reopen' })).to.not.have.property(
        'approval',
      )
      expect((await translator.ask('editLine', l1(), { version: 1, text: 'x' })).version).to.equal(2)
    })

    it('as the last of all has the files made that are handed over', async () => {
      const yes = async (language: string, line: string) => {
        const { version } = await lead.ask(
          'editLine',
          { episode, language, line },
          { version: 0, text: 'Sí' },
        )
        await reviewer.ask('judgeLine', { episode, language, line }, { version, verdict: 'approve' })
      }
      const places = ['en', 'es'].flatMap(language =>
        ['l1', 'l2', 'l3'].map(line => [language, line] as const),
      )
      for (const place of places.slice(0, -1)) await yes(...place)
      expect(new Set(app.machine.asked)).to.deep.equal(new Set([`start ${episode}`]))
      await yes('es', 'l3')
      expect(app.machine.asked.at(-1)).to.equal(`pack ${episode}`)
    })

    it('stays approved by the first, however often', async () => {
      await reviewer.ask('judgeLine', l1(), { version: 0, verdict: 'approve' })
      const again = await lead.ask('judgeLine', l1(), { version: 1, verdict: 'approve' })
      expect(again).to.deep.include({ version: 1 })
      expect(again.approval?.by).to.equal('Mika')
    })
  })

  it('that was changed since it was read is not approved', async () => {
    await translator.ask('editLine', l1(), { version: 0, text: 'Morning!' })
    const late = await reviewer.tryTo('judgeLine', l1(), { version: 0, verdict: 'approve' })
    expect(late.status).to.equal(409)
    expect(Conflict.parse(late.body).theirs).to.include({ text: 'Morning!', version: 1 })
    expect((await see('l1'))?.approval).to.equal(undefined)
  })

  it('that the machine wrote anew since it was read is not approved', async () => {
    const late = await reviewer.tryTo('judgeLine', l1(), {
      version: 0,
      verdict: 'approve',
      text: 'Good evening',
    })
    expect(late.status).to.equal(409)
  })

  it('is of the kind a person says, and its words are whose they say, for all languages', async () => {
    const own = { episode, language: 'ja', line: 'l1' }
    const line = await translator.ask('editLine', own, { version: 0, kind: 'song', rights: 'Lantern Music' })
    expect(line).to.deep.include({ kind: 'song', rights: 'Lantern Music' })
    expect(await see('l1', 'en')).to.include({ kind: 'song', rights: 'Lantern Music' })
    expect(await app.people.lines.edits(episode)).to.deep.equal([
      { line: 'l1', language: 'ja', version: 1, kind: 'song', rights: 'Lantern Music' },
    ])
    await translator.ask('editLine', own, { version: 1, rights: '' })
    expect(await see('l1', 'en'))
      .to.include({ kind: 'song' })
      .and.not.have.property('rights')
  })

  it('is sung as a person times it, in pieces of its own words that follow each other', async () => {
    const own = { episode, language: 'ja', line: 'l1' }
    const { version = 0, start = 0, end = 0, text = '' } = (await see('l1', 'ja')) ?? {}
    const length = end - start
    const sung = [
      { text: text.slice(0, 1), start: 0, end: 300 },
      { text: text.slice(1), start: 300, end: length },
    ]
    const wrong = [
      [{ text, start: 0, end: length + 1 }],
      [{ text: 'la', start: 0, end: 1 }],
      sung.map(one => ({ ...one, start: 0 })),
    ]
    for (const each of wrong)
      expect((await translator.tryTo('editLine', own, { version, sung: each })).status).to.equal(400)
    expect((await translator.tryTo('editLine', l1(), { version: 0, sung })).status).to.equal(400)
    expect(await translator.ask('editLine', own, { version, sung })).to.deep.include({ sung })
    expect(await see('l1', 'en')).to.deep.include({ sung })
    const edits = await app.people.lines.edits(episode)
    expect(edits.find(({ language }) => language === 'ja')).to.deep.include({ sung })
  })

  it('is on or off the screen as a person says, for all languages', async () => {
    const own = { episode, language: 'ja', line: 'l1' }
    const version = (await see('l1', 'ja'))?.version ?? 0
    const line = await translator.ask('editLine', own, { version, screen: 'off' })
    expect(line).to.include({ screen: 'off', sight: 'unknown' })
    expect(await see('l1', 'en')).to.include({ screen: 'off' })
    const [edit] = await app.people.lines.edits(episode)
    expect(edit).to.include({ screen: 'off' })
    await translator.ask('editLine', own, { version: version + 1, screen: 'auto' })
  })

  it('is not of another kind in another language', async () => {
    for (const change of [{ kind: 'song' as const }, { rights: 'x' }, { screen: 'on' as const }])
      expect((await translator.tryTo('editLine', l1(), { version: 0, ...change })).status).to.equal(400)
  })

  it('of a style that was sorted by hand is drafted as of that kind', async () => {
    const styles = [{ style: 'Kanban', kind: 'sign' as const }]
    expect(await lead.ask('changeSeries', { series }, { styles })).to.deep.include({ styles })
    expect((await loadWork(app.people, episode)).wish.styles).to.deep.equal(styles)
  })

  it('without words is not approved', async () => {
    const empty = { ...l1(), line: 'l2' }
    expect((await reviewer.tryTo('judgeLine', empty, { version: 0, verdict: 'approve' })).status).to.equal(
      400,
    )
  })

  it('takes remarks from anybody who watches, without another version', async () => {
    await reviewer.ask('judgeLine', l1(), { version: 0, comment: 'Softer' })
    await translator.ask('judgeLine', l1(), { version: 7, comment: 'Done' })
    const line = await see('l1')
    expect(line?.comments.map(({ by, text }) => `${by}: ${text}`)).to.deep.equal([
      'Mika: Softer',
      'Ren: Done',
    ])
    expect(line?.version).to.equal(0)
    expect((await reviewer.tryTo('judgeLine', l1(), { version: 0, comment: ' ' })).status).to.equal(400)
  })

  it('is counted where it stands in the list of episodes', async () => {
    await reviewer.ask('judgeLine', l1(), { version: 0, verdict: 'approve' })
    const [row] = await lead.ask('allEpisodes', { series })
    expect(row?.counts.en).to.deep.equal({ lines: 3, empty: 2, approved: 1, findings: 1 })
  })
})
