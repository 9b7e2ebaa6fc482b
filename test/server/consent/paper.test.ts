import { expect } from 'chai'
import fc from 'fast-check'
import {
  enterByPaper,
  newSecret,
  openPaper,
  type Paper,
  readPaper,
  signByPaper,
  writePaper,
} from '../../../client/voice/paper.ts'
import type { Prepared } from '../../../server/contract.ts'
import { startApp } from '../../support/app.ts'
import { openAuthenticator } from '../../support/authenticator.ts'
import type { Client } from '../../support/client.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'

describe('a key on paper', function () {
  this.timeout(30_000)
  let house: ConsentApp
  let paper: Paper
  beforeEach(async () => {
    house = await startConsentApp(await startApp({ limits: { requests: 100_000, signIns: 10 } }))
    paper = await openPaper(newSecret())
    const { actor } = house
    await actor.sign(await actor.client.ask('changeKeys', {}, { paper: paper.key, language: 'ja' }))
  })
  afterEach(() => house.close())

  async function comeIn(with_: Paper): Promise<{ client: Client; status: number }> {
    const client = house.app.stranger()
    const nonce = await client.ask('passkeyNonce', {})
    const reply = await client.tryTo(
      'passkeySignIn',
      {},
      { nonce: nonce.nonce, proof: await enterByPaper(with_, nonce) },
    )
    if (reply.status === 200) await client.ask('session', {})
    return { client, status: reply.status }
  }
  const csrfOf = async (client: Client) => ({ 'x-csrf': (await client.ask('session', {})).csrf })
  const say = async (client: Client, ready: Prepared, by: Paper) => {
    const { statement, shown } = ready
    const body = { statement, shown, proof: await signByPaper(by, ready) }
    return client.tryTo('say', {}, body, await csrfOf(client))
  }
  const prepare = async (client: Client, path: 'changeKeys' | 'prepare', body: object) => {
    const reply = await client.tryTo(path, {}, body as never, await csrfOf(client))
    expect(reply.status).to.equal(200)
    return reply.body as Prepared
  }

  it('stands in the register, by its person’s own passkey, and nowhere does its secret', async () => {
    const me = await house.actor.client.ask('consentMe', {})
    expect(me).to.include({ paper: true })
    expect(me.passkeys).to.deep.equal([house.actor.authenticator.id])
  })

  it('lets who lost every passkey in, and put a new one in their place', async () => {
    const { client, status } = await comeIn(paper)
    expect(status).to.equal(200)
    const fresh = openAuthenticator(house.app.url)
    const options = await client.tryTo('enrolOptions', {}, undefined, await csrfOf(client))
    const { challenge } = (options.body as { options: { challenge: string } }).options
    const ready = await prepare(client, 'changeKeys', { replace: fresh.create(challenge), language: 'ja' })
    expect(ready.shown.text).to.contain('紙に控えた鍵').and.to.not.contain(house.actor.authenticator.id)
    expect((await say(client, ready, paper)).status).to.equal(200)
    expect((await client.ask('consentMe', {})).passkeys).to.deep.equal([fresh.id])
    // The lost one opens nothing any more.
    const { actor } = house
    const { id } = await house.request()
    const wish = { kind: 'grant', of: id, noticeWaived: true } as const
    const yes = await actor.client.ask('prepare', {}, { wish, language: 'ja' })
    const body = { statement: yes.statement, shown: yes.shown, proof: actor.authenticator.get(yes.id) }
    expect((await actor.client.tryTo('say', {}, body)).status).to.equal(422)
    const proof = fresh.get(yes.id)
    expect((await actor.client.tryTo('say', {}, { ...body, proof })).status).to.equal(200)
  })

  it('says no yes, and stops whatever it is to stop', async () => {
    const { client } = await comeIn(paper)
    const { id } = await house.request()
    const wish = { kind: 'grant', of: id, noticeWaived: true }
    const yes = await prepare(client, 'prepare', { wish, language: 'ja' })
    expect((await say(client, yes, paper)).status).to.equal(422)
    const no = { kind: 'refusal', title: null, act: null }
    const refusal = await prepare(client, 'prepare', { wish: no, language: 'ja' })
    expect((await say(client, refusal, paper)).status).to.equal(200)
  })

  it('opens nothing once another was made, nor when it is another’s', async () => {
    const [second, strange] = [await openPaper(newSecret()), await openPaper(newSecret())]
    const { actor } = house
    await actor.sign(await actor.client.ask('changeKeys', {}, { paper: second.key, language: 'ja' }))
    expect((await comeIn(paper)).status).to.equal(401)
    expect((await comeIn(strange)).status).to.equal(401)
    expect((await comeIn({ ...strange, key: second.key })).status).to.equal(401)
    expect((await comeIn(second)).status).to.equal(200)
  })
})

describe('what is written on the paper', () => {
  it('is read again however it is typed, and a slip of the hand is told', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(54),
        fc.nat(30),
        async (secret, at, other) => {
          const written = await writePaper(secret)
          expect(written).to.match(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){10}[0-9A-HJKMNP-TV-Z]{5}$/)
          const typed = ` ${written.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')}`
          expect(await readPaper(typed)).to.deep.equal(secret)
          const letters = written.replaceAll('-', '')
          const slip = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(letters[at] ?? '', '')[other]
          const read = await readPaper(letters.slice(0, at) + slip + letters.slice(at + 1))
          // 16 bits: one slip in 65,536 would go unseen here, and the key then is nobody’s.
          expect(read).to.equal(undefined)
        },
      ),
      { numRuns: 200 },
    ))
})
