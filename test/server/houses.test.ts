import { expect } from 'chai'
import { loadWork } from '../../server/known.ts'
import { paceOf } from '../../server/routes/houses.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { draft } from '../support/draft.ts'

describe('the house styles of a series', () => {
  let app: TestApp
  let lead: Client
  let translator: Client
  let series: string
  let episode: string
  const own = { name: 'Akane', why: 'Small screens.', change: { row: 40 } }
  const choose = (language: string, body: object) =>
    lead.tryTo('chooseHouse', { series, language }, body as never)

  before(async () => {
    app = await startApp({ parts: { pace: paceOf } })
    lead = await app.person('Aki', 'lead')
    translator = await app.person('Tom', 'translator')
    series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en', 'es'] })).id
    episode = (await lead.ingest(series, '1', { media: { name: 'a.mp4', bytes: Buffer.from('film') } })).id
    await app.draw(episode, draft)
  })
  after(() => app.close())

  it('are Netflix’s for adults until somebody chooses, and everybody at the desk may see them', async () => {
    const houses = await translator.ask('houses', { series })
    expect(houses.map(({ language, title, audience }) => [language, title, audience])).to.deep.equal([
      ['ja', 'Netflix', 'adult'],
      ['en', 'Netflix', 'adult'],
      ['es', 'Netflix', 'adult'],
    ])
    const [, en] = houses
    expect(en?.choices.map(({ house }) => house)).to.include.members(['netflix', 'bbc', 'ebu', 'amazon'])
    expect(en?.choices.find(({ house }) => house === 'bbc')?.figures.adult.row).to.equal(37)
  })

  it('are chosen by a lead, a language each; what is made is made again, and nobody’s words are touched', async () => {
    await lead.ask(
      'editLine',
      { episode, language: 'es', line: 'l2' },
      { version: 0, text: 'Las palabras de alguien' },
    )
    const before = await lead.ask('lines', { episode, language: 'es' })
    app.machine.asked.length = 0
    expect((await choose('es', { house: 'ebu', audience: 'adult' })).status).to.equal(200)
    expect(app.machine.asked).to.deep.equal([`start ${episode}`])
    expect(await lead.ask('lines', { episode, language: 'es' })).to.deep.equal(before)
    const { wish } = await loadWork(app.people, episode)
    expect(wish.houses).to.deep.equal([{ language: 'es', house: 'ebu', audience: 'adult' }])
    const { pace } = await lead.ask('oneEpisode', { episode })
    expect(pace?.es).to.deep.equal({ cps: 20, columns: 40, rows: 2, house: 'EBU / Arte' })
    expect(pace?.en?.house).to.equal('Netflix')
  })

  it('work nothing again where nothing was changed', async () => {
    app.machine.asked.length = 0
    await choose('es', { house: 'ebu', audience: 'adult' })
    expect(app.machine.asked).to.deep.equal([])
  })

  it('may be one’s own, with who changed it and why', async () => {
    const { status } = await choose('en', { house: 'bbc', audience: 'adult', own })
    expect(status).to.equal(200)
    const [, en, es] = await translator.ask('houses', { series })
    expect(en).to.deep.include({ title: 'Akane', own, house: 'bbc' })
    expect(en?.changes).to.deep.equal([{ field: 'row', was: 37, now: 40, by: 'Aki', why: 'Small screens.' }])
    expect(es?.title).to.equal('EBU / Arte')
  })

  it('are refused where nobody could follow them, or to those who only translate', async () => {
    expect((await choose('en', { house: 'nobody', audience: 'adult' })).status).to.equal(400)
    const odd = { ...own, change: { row: -1 } }
    expect((await choose('en', { house: 'bbc', audience: 'adult', own: odd })).status).to.equal(400)
    expect((await choose('fr', { house: 'bbc', audience: 'adult' })).status).to.equal(404)
    const asked = { house: 'bbc', audience: 'adult' } as const
    expect((await translator.tryTo('chooseHouse', { series, language: 'en' }, asked)).status).to.equal(403)
  })
})
