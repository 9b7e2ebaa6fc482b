import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { verifyReceipt } from '../../../consent/index.ts'
import type { Prepared } from '../../../server/contract.ts'
import { startApp } from '../../support/app.ts'
import { openAuthenticator } from '../../support/authenticator.ts'
import type { Client } from '../../support/client.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'

/** What a page asks the passkey to sign; written out here once more, from the contract's sentence. */
const challenge = (nonce: string) =>
  createHash('sha256').update(`kotodama sign-in\n${nonce}`).digest('base64url')

describe('a passkey instead of a password', function () {
  this.timeout(30_000)
  let house: ConsentApp
  beforeEach(async () => {
    house = await startConsentApp(await startApp({ limits: { requests: 100_000, signIns: 10 } }))
  })
  afterEach(() => house.close())

  const nonceOf = async (client: Client) => (await client.ask('passkeyNonce', {})).nonce
  const refusal = async (client: Client, body: unknown) => {
    const { status, body: said } = await client.tryTo('passkeySignIn', {}, body as never)
    return [status, (said as { problem?: { code?: string } }).problem?.code]
  }

  it('lets in whoever enrolled with it, and nobody else', async () => {
    const { app, actor, holder } = house
    const stranger = app.stranger()
    const nonce = await nonceOf(stranger)
    const session = await stranger.ask(
      'passkeySignIn',
      {},
      { nonce, proof: actor.authenticator.get(challenge(nonce)) },
    )
    expect(session.user).to.include({ name: 'actor' })
    expect((await stranger.ask('consentMe', {})).party).to.equal(actor.party)
    const other = await nonceOf(stranger)
    const proof = holder.authenticator.get(challenge(other))
    const mixed = { ...proof, credential: actor.authenticator.id }
    expect(await refusal(app.stranger(), { nonce: other, proof: mixed })).to.deep.equal([
      401,
      'passkey-unknown',
    ])
  })

  it('is asked for a nonce that nobody used, and not for long', async () => {
    const { app, actor } = house
    const stranger = app.stranger()
    const nonce = await nonceOf(stranger)
    const proof = actor.authenticator.get(challenge(nonce))
    await stranger.ask('passkeySignIn', {}, { nonce, proof })
    expect(await refusal(app.stranger(), { nonce, proof })).to.deep.equal([422, 'passkey-failed'])
    const late = await nonceOf(stranger)
    app.pass(6 * 60_000)
    expect(
      await refusal(app.stranger(), { nonce: late, proof: actor.authenticator.get(challenge(late)) }),
    ).to.deep.equal([422, 'passkey-failed'])
  })

  it('never signs a sign-in with what would sign a statement', async () => {
    const { app, actor } = house
    const request = await house.request()
    const ready = await actor.client.ask(
      'prepare',
      {},
      { wish: { kind: 'grant', of: request.id, noticeWaived: true }, language: 'ja' },
    )
    const nonce = await nonceOf(app.stranger())
    const signed = actor.authenticator.get(ready.id)
    expect(await refusal(app.stranger(), { nonce, proof: signed })).to.deep.equal([401, 'passkey-unknown'])
  })

  it('is what a one-time link of the register leads to, once, without a password', async () => {
    const { app, lead } = house
    const { link } = await lead.ask('inviteParty', {}, { name: '新人', role: 'actor' })
    expect(link).to.match(new RegExp(`^${app.url}/voice#/setup/[\\w-]{43}$`))
    const token = link.split('/').at(-1) ?? ''
    const { user } = await app.stranger().ask('setupParty', {}, { token })
    expect(user).to.deep.include({ name: '新人', roles: ['actor'] })
    expect((await app.stranger().tryTo('setupParty', {}, { token })).status).to.equal(410)
  })

  it('gives nobody who works here a way around choosing a password', async () => {
    const { app } = house
    for (const roles of [['lead'], ['actor', 'admin']] as const) {
      const { token } = await app.auth.invite(`worker ${roles}`, roles)
      expect((await app.stranger().tryTo('setupParty', {}, { token })).status).to.equal(410)
      expect(
        (await app.stranger().setUp(token, `worker ${roles}`, 'a long password')).user.roles,
      ).to.deep.equal([...roles])
    }
  })

  it('bounds how often somebody may try', async () => {
    const statuses = []
    const stranger = house.app.stranger()
    for (let tries = 0; tries <= 30; tries++)
      statuses.push((await stranger.tryTo('setupParty', {}, { token: 'x' })).status)
    expect(statuses.at(-1)).to.equal(429)
  })

  it('may be more than one, and one that is lost is taken off with one that is not', async () => {
    const { app, actor, holder } = house
    const second = openAuthenticator(app.url)
    const { options } = await actor.client.ask('enrolOptions', {})
    expect(options.excludeCredentials).to.deep.include.members([
      { id: actor.authenticator.id, type: 'public-key' },
    ])
    const add = second.create(String(options.challenge))
    const ready = await actor.client.ask('changeKeys', {}, { add, language: 'ja' })
    expect(ready.shown.text).to.contain('これからの鍵は次のものだけです').and.to.contain(second.id)
    const say = (signer: typeof second, { id, statement, shown }: Prepared) =>
      actor.client.tryTo('say', {}, { statement, shown, proof: signer.get(id) })
    // What was not signed yet opens nothing, and the new key can't let itself in.
    expect((await say(second, ready)).status).to.equal(422)
    expect((await say(actor.authenticator, ready)).status).to.equal(200)
    expect((await actor.client.ask('consentMe', {})).passkeys).to.deep.equal([
      actor.authenticator.id,
      second.id,
    ])
    const drop = actor.authenticator.id
    const fewer = await actor.client.ask('changeKeys', {}, { drop, language: 'en' })
    expect((await say(second, fewer)).status).to.equal(200)
    const nonce = await nonceOf(app.stranger())
    const lost = { nonce, proof: actor.authenticator.get(challenge(nonce)) }
    expect(await refusal(app.stranger(), lost)).to.deep.equal([401, 'passkey-unknown'])
    const only = await actor.client.tryTo('changeKeys', {}, { drop: second.id, language: 'en' })
    expect(only.status).to.equal(422)

    const request = await house.request()
    await holder.say({ kind: 'licence', of: request.id })
    const wish = { kind: 'grant', of: request.id, noticeWaived: true } as const
    const yes = await actor.client.ask('prepare', {}, { wish, language: 'ja' })
    expect(yes.credentials).to.deep.equal([second.id])
    expect((await say(actor.authenticator, yes)).status).to.equal(422)
    expect((await say(second, yes)).status).to.equal(200)
    const receipt = await (await actor.client.send('GET', `/api/consent/receipts/${yes.id}`)).text()
    const key = (await actor.client.ask('consentMe', {})).publicKey ?? ''
    expect(await verifyReceipt(receipt, key)).to.include({ valid: true, actor: actor.party })
  })

  it('of a minor waits for the guardian, and says so', async () => {
    const { person: guardian } = await house.invited('guardian', 'guardian')
    const { person: child } = await house.invited('child', 'actor', {
      ...{ adultAt: Date.UTC(2028, 0, 1), guardian: guardian.party },
    })
    expect(await child.client.ask('consentMe', {})).to.include({ waits: true })
    const [waiting] = await guardian.client.ask('cosigns', {})
    await guardian.sign(waiting as never)
    expect(await child.client.ask('consentMe', {})).to.include({ waits: false, party: child.party })
  })

  it('shows mandates to who gave them and who has them, until they are withdrawn', async () => {
    const { actor } = house
    const { person: union } = await house.invited('union', 'union')
    const term = { from: 0, until: Date.UTC(2030, 0, 1) }
    const { id } = await actor.say({
      ...{ kind: 'mandate', to: union.party, role: 'union', powers: ['suspend'] },
      ...term,
    })
    for (const { client } of [actor, union])
      expect((await client.ask('consentMine', {})).mandates).to.deep.equal([
        {
          ...{ id, actor: actor.party, actorName: '芸名 actor', to: union.party, toName: '芸名 union' },
          ...{ role: 'union', powers: ['suspend'], until: term.until, state: 'live' },
        },
      ])
    await actor.say({ kind: 'withdrawal', of: [id] })
    expect((await union.client.ask('consentMine', {})).mandates[0]?.state).to.equal('withdrawn')
    expect((await union.client.ask('consentMine', {})).people).to.deep.equal([])
  })
})
