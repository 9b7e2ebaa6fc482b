import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { StopWish } from '../../../server/contract.ts'
import type { Person } from '../../support/authenticator.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'

/** The door that is open while nothing else is: a signature, and no session. */
describe('a stop that nobody is signed in for', function () {
  this.timeout(30_000)
  let house: ConsentApp
  let grant = ''
  before(async () => {
    house = await startConsentApp()
  })
  beforeEach(async () => {
    const request = await house.request()
    await house.holder.say({ kind: 'licence', of: request.id })
    grant = (await house.actor.say({ kind: 'grant', of: request.id, noticeWaived: true })).id
  })
  after(() => house.close())

  const worded = (wish: StopWish, by = house.actor.party) =>
    house.app.stranger().ask('stopWords', {}, { by, wish, language: 'ja' })
  async function signed(wish: StopWish, person: Person = house.actor, by = person.party) {
    const { id, statement, shown } = await worded(wish, by)
    return { statement, shown: { ...shown }, proof: person.authenticator.get(id) }
  }
  const stop = (body: object) => house.app.stranger().tryTo('stop', {}, body as never)
  const state = async () =>
    (await house.actor.client.ask('consentMine', {})).yeses.find(({ id }) => id === grant)?.state

  it('is put into the words that are signed, and tells nothing of whoever is named', async () => {
    const { client, party } = house.actor
    const wish = { kind: 'withdrawal' as const, of: [grant] }
    const ready = await worded(wish)
    const own = await client.ask('prepare', {}, { wish, language: 'ja' })
    expect(ready.statement).to.deep.equal({ ...own.statement, at: ready.statement.at })
    expect(ready.shown.text.split('\n')[0]).to.equal(own.shown.text.split('\n')[0])
    expect(ready).to.deep.include({ credentials: [], site: '127.0.0.1' })
    expect(ready.statement.by).to.equal(party)
  })

  for (const [what, wish, after] of [
    ['a withdrawal', () => ({ kind: 'withdrawal', of: [grant] }), 'withdrawn'],
    ['a pause', () => ({ kind: 'suspension', actors: [], grants: [grant] }), 'paused'],
  ] as const)
    it(`takes ${what} by its signature, and once however often it is brought`, async () => {
      const body = await signed(wish() as StopWish)
      const { status, body: said } = await stop(body)
      expect([status, said]).to.deep.equal([200, { id: (said as { id: string }).id, state: 'logged' }])
      expect(await state()).to.equal(after)
      const before = house.app.consent.registry.entries().length
      expect((await stop(body)).body).to.deep.equal(said)
      await house.app.reach.settle()
      const more = house.app.consent.registry.entries().slice(before)
      expect(more.filter(({ kind }) => kind !== 'completed')).to.deep.equal([])
    })

  it('takes a no to everything, which beats every yes, and one yes less', async () => {
    const own = { actor: house.actor.party }
    await stop(await signed({ kind: 'refusal', ...own, title: null, act: null }))
    const { noes, yeses } = await house.actor.client.ask('consentMine', {})
    const no = noes.find(({ kind }) => kind === 'refusal')
    expect(no).to.include({ title: null, act: null, lifted: false })
    await house.actor.say({ kind: 'resume', of: no?.id ?? '' })
    const terms = yeses.find(({ id }) => id === grant)?.terms
    if (!terms) throw new Error('no yes')
    await stop(await signed({ kind: 'narrowing', of: grant, terms: { ...terms, acts: ['speak'] } }))
    const narrowed = (await house.actor.client.ask('consentMine', {})).yeses.find(({ id }) => id === grant)
    expect(narrowed?.terms.acts).to.deep.equal(['speak'])
  })

  it('takes nothing but a stop, and no signature but the right one', async () => {
    const { actor, holder } = house
    const body = await signed({ kind: 'withdrawal', of: [grant] })
    const code = async (change: object) =>
      ((await stop({ ...body, ...change })).body as { problem: { code: string } }).problem.code
    const yes = await actor.client.ask('prepare', {}, {
      ...{ wish: { kind: 'resume', of: grant }, language: 'ja' },
    } as never)
    const resume = { ...yes, proof: actor.authenticator.get(yes.id) }
    expect(await code({ statement: resume.statement, shown: resume.shown, proof: resume.proof })).to.equal(
      'not-signed-in',
    )
    const enrolment = house.app.consent.registry.opening(actor.party)?.signed
    expect(await code({ statement: enrolment?.statement, shown: enrolment?.shown })).to.equal('not-signed-in')
    const others = await signed({ kind: 'withdrawal', of: [grant] }, holder, actor.party)
    expect(await code(others)).to.equal('statement-refused')
    expect(await code({ shown: { ...body.shown, text: `${body.shown.text} ` } })).to.equal(
      'statement-refused',
    )
    expect(await code({ proof: { ...body.proof, signature: 'AAAA' } })).to.equal('statement-refused')
    expect(await state()).to.not.equal('withdrawn')
  })

  it('tells whoever has the passkey what they may stop, and nobody else', async () => {
    const stranger = house.app.stranger()
    const { nonce } = await stranger.ask('passkeyNonce', {})
    const challenge = createHash('sha256').update(`kotodama sign-in\n${nonce}`).digest('base64url')
    const proof = house.actor.authenticator.get(challenge)
    const told = await stranger.ask('stops', {}, { nonce, proof })
    expect(told).to.deep.include({ party: house.actor.party, role: 'actor', name: '芸名 actor' })
    expect(told.passkeys).to.deep.equal([house.actor.authenticator.id])
    expect(told.mine.yeses.map(({ id }) => id)).to.include(grant)
    expect(stranger.cookie).to.equal(undefined)
    expect((await stranger.tryTo('stops', {}, { nonce, proof })).status).to.equal(422)
  })

  it('counts what comes from one address', async () => {
    const statuses = new Set<number>()
    statuses.add((await stop({})).status)
    const body = await signed({ kind: 'withdrawal', of: [grant] })
    for (let turn = 0; turn < 61; turn++)
      statuses.add((await stop({ ...body, proof: { ...body.proof, signature: 'AAAA' } })).status)
    expect([...statuses].sort()).to.deep.equal([400, 422, 429])
  })

  it('takes nothing that was signed more than a day ago: somebody may have kept it for a yes that was said since', async () => {
    const kept = await signed({ kind: 'withdrawal', of: [] })
    house.app.pass(25 * 3_600_000)
    const { status, body } = await stop(kept)
    expect([status, (body as { problem: { code: string } }).problem.code]).to.deep.equal([
      422,
      'statement-refused',
    ])
  })
})
