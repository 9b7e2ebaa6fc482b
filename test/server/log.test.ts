import { expect } from 'chai'
import { openLog } from '../../server/log.ts'
import { password, startApp } from '../support/app.ts'
import { heard, watch } from '../support/client.ts'
import { draft } from '../support/draft.ts'

describe('the log', () => {
  it('knows what was asked and how it ended, and nobody’s name, words, address or secret', async () => {
    const app = await startApp()
    const lead = await app.person('Akiko Tanaka', 'lead')
    await app.stranger().tryTo('signIn', {}, { name: 'Akiko Tanaka', password: 'wrong-secret' })
    await app.stranger().tryTo('signIn', {}, { name: 'Akiko Tanaka', password })
    const series = (
      await lead.ask('newSeries', {}, { title: 'Unannounced Show', language: 'ja', targets: ['en'] })
    ).id
    const episode = (
      await lead.ingest(series, '1', { media: { name: 'unannounced-film.mp4', bytes: Buffer.from('film') } })
    ).id
    await app.draw(episode, draft)
    await lead.ask(
      'editLine',
      { episode, language: 'en', line: 'l1' },
      { version: 0, text: 'A spoken secret' },
    )
    await lead.tryTo('newEpisode', {}, { series, number: '1', media: 'none' })
    const wire = lead.socket()
    await heard(wire, 'connect')
    await watch(wire, episode)
    const own = [lead.csrf ?? 'none', lead.cookie?.split('=')[1] ?? 'none']
    await lead.signOut()
    const log = app.records.join('')
    expect(log).to.contain('"route":"/api/episodes/:episode/lines/:language/:line","status":200')
    const secrets = [
      'Akiko',
      'Unannounced',
      'unannounced',
      'A spoken secret',
      password,
      'wrong-secret',
      '127.0.0.1',
    ]
    for (const secret of [...secrets, ...own]) expect(log, secret).to.not.contain(secret)
    await app.close()
  })

  it('has a fault under the id its person was told', async () => {
    const app = await startApp()
    const lead = await app.person('Aki', 'lead')
    app.people.series.all = async () => {
      throw new Error('the disk is on fire')
    }
    const answer = await lead.tryTo('allSeries', {})
    expect(answer.status).to.equal(500)
    expect(JSON.stringify(answer.body)).to.not.contain('fire')
    const { id } = (answer.body as { problem: { figures: { id: string } } }).problem.figures
    const record = app.records.find(one => one.includes(id)) ?? ''
    expect(JSON.parse(record)).to.deep.include({ level: 'error', id })
    expect(JSON.parse(record).err).to.include({ type: 'Error', says: 'the disk is on fire' })
    await app.close()
  })

  it('blots out what should not have come to it', () => {
    const records: string[] = []
    const log = openLog({ logLevel: 'info' }, { write: record => void records.push(record) })
    log.info({ user: { name: 'Aki', id: 'u1' }, password: 'hunter2', headers: { cookie: 'c' } }, 'oops')
    expect(records[0])
      .to.contain('u1')
      .and.to.not.match(/Aki|hunter2|"c"/)
  })

  it('tells of an error its causes and not its fields', () => {
    const records: string[] = []
    const log = openLog({ logLevel: 'info' }, { write: record => void records.push(record) })
    const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { row: 'Aki' })
    log.error({ err: error }, 'oops')
    const { err } = JSON.parse(records[0] ?? '{}')
    expect(err).to.include({ type: 'Error', says: 'outer' })
    expect(err.cause).to.include({ type: 'TypeError', says: 'inner' })
    expect(records[0]).to.not.contain('Aki')
  })
})
