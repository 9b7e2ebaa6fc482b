import { expect } from 'chai'
import { hour } from '../../../consent/terms.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'

describe('a lead’s view of consents', function () {
  this.timeout(30_000)
  let house: ConsentApp
  beforeEach(async () => {
    house = await startConsentApp()
  })
  afterEach(() => house.close())

  const preview = () =>
    house.lead.ask(
      'previewRequest',
      {},
      { series: house.series.id, actor: house.actor.party, terms: house.terms() },
    )
  const castActor = () =>
    house.lead.ask(
      'changeSeries',
      { series: house.series.id },
      { cast: [{ character: 'ハル', voice: { kind: 'person', actor: house.actor.party } }] },
    )

  it('shows a request as the actor will read it, with its lines, and enters nothing', async () => {
    const before = house.app.consent.registry.entries().length
    const shown = await preview()
    expect(house.app.consent.registry.entries().length).to.equal(before)
    expect(shown).to.include({
      actorName: '芸名 actor',
      holderName: '芸名 holder',
      company: 'Studio Example',
    })
    expect(shown.lines.map(({ text }) => text)).to.deep.equal(['Good morning'])
    expect(shown.milliseconds).to.equal(950)
    const sent = await house.request()
    const plain = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'then')
    expect(plain(shown.text.ja)).to.equal(plain(sent.text.ja))
    expect(plain(shown.text.en)).to.equal(plain(sent.text.en))
  })

  it('shows no preview of what could not be sent', async () => {
    const { lead, series, actor, holder } = house
    const tried = (who: string, change: object) =>
      lead.tryTo('previewRequest', {}, { series: series.id, actor: who, terms: house.terms(change) })
    expect((await tried(holder.party, {})).status).to.equal(404)
    expect((await tried(actor.party, { holder: actor.party })).status).to.equal(404)
    expect((await tried(actor.party, { until: Date.UTC(2040, 0, 1) })).status).to.equal(400)
    expect((await tried(actor.party, { noticeHours: 12 })).status).to.equal(400)
  })

  it('tells what was agreed of what was asked, as it stands now', async () => {
    const { actor, lead } = house
    const request = await house.request()
    const asked = async () => (await lead.ask('requests', {}))[0]
    expect((await asked())?.yes).to.equal(undefined)
    const { id } = await actor.say({ kind: 'grant', of: request.id, noticeWaived: false })
    expect((await asked())?.yes).to.deep.include({ id, state: 'notice', noticeWaived: false })
    house.app.pass(49 * hour)
    await lead.signIn('lead', 'a long password')
    await actor.client.signIn('actor', 'a long password')
    expect((await asked())?.yes?.state).to.equal('live')
    await actor.say({ kind: 'narrowing', of: id, terms: { ...request.terms, acts: ['hear'] } })
    expect((await asked())?.yes?.terms.acts).to.deep.equal(['hear'])
    await actor.say({ kind: 'withdrawal', of: [id] })
    expect(await asked()).to.deep.include({ state: 'withdrawn' })
  })

  it('tells who licensed the title', async () => {
    const { lead, holder, series } = house
    const request = await house.request()
    expect(await lead.ask('titleLicences', { series: series.id })).to.deep.equal([])
    await holder.say({ kind: 'licence', of: request.id })
    const [licence] = await lead.ask('titleLicences', { series: series.id })
    expect(licence).to.include({ holder: holder.party, holderName: '芸名 holder' })
    expect(licence?.yes).to.deep.include({ kind: 'licence', state: 'live' })
  })

  it('tells who was invited and is not enrolled yet', async () => {
    const { lead } = house
    await lead.ask('inviteParty', {}, { name: 'Mika’s agent', role: 'agent' })
    expect(await lead.ask('invitedParties', {})).to.deep.equal([{ name: 'Mika’s agent', roles: ['agent'] }])
  })

  it('tells which lines are withheld and whom to ask, of a series or of one episode', async () => {
    const { lead, series, episode, actor } = house
    await castActor()
    const of = async (id?: string) => {
      const query = id === undefined ? '' : `?episode=${id}`
      return (await lead.send('GET', `/api/series/${series.id}/withheld${query}`)).json()
    }
    const [row, ...more] = await of()
    expect(more).to.deep.equal([])
    expect(row).to.include({
      ...{ episode, line: 'l1', character: 'ハル', actor: actor.party, actorName: '芸名 actor' },
      ...{ code: 'no-consent', ask: 'actor' },
    })
    expect(await of(episode)).to.deep.equal([row])
    const request = await house.request()
    await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })
    expect((await of(episode))[0]).to.include({ code: 'no-licence', ask: 'holder' })
    await house.holder.say({ kind: 'licence', of: request.id })
    // Everybody has said yes; there is nothing to speak after yet.
    expect((await of(episode))[0]).to.include({ code: 'no-reference', ask: 'actor' })
    await house.app.people.recordings.add({ name: 'a', actor: actor.party, digest: 'b' })
    expect(await of(episode)).to.deep.equal([])
  })

  it('tells of the register who asks and with which key it is verified', async () => {
    const register = await house.lead.ask('register', {})
    expect(register.company).to.equal('Studio Example')
    expect(register.publicKey).to.equal(house.app.consent.publicKey)
    expect(register.shut).to.equal(undefined)
  })

  it('is for leads alone, and shows no legal name anywhere', async () => {
    const { app, lead, series, actor } = house
    const translator = await app.person('translator', 'translator')
    for (const path of ['invited', 'register', 'people', 'requests'])
      for (const who of [translator, actor.client])
        expect((await who.send('GET', `/api/consent/${path}`)).status, path).to.equal(403)
    await castActor()
    await house.request()
    const shown = await Promise.all([
      lead.ask('consentPeople', {}),
      lead.ask('invitedParties', {}),
      lead.ask('requests', {}),
      lead.ask('titleLicences', { series: series.id }),
      lead.ask('withheldLines', { series: series.id }),
      preview(),
    ])
    expect(JSON.stringify(shown)).to.not.contain('本名')
  })
})
