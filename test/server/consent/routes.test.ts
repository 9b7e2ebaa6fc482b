import { expect } from 'chai'
import { isRefusal, verifyReceipt } from '../../../consent/index.ts'
import { hour } from '../../../consent/terms.ts'
import type { Wish } from '../../../server/contract.ts'
import { openAuthenticator } from '../../support/authenticator.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'
import { draft, spoken } from '../../support/draft.ts'

describe('consents over HTTP', function () {
  this.timeout(30_000)
  let house: ConsentApp
  beforeEach(async () => {
    house = await startConsentApp()
  })
  afterEach(() => house.close())

  const ask = () => ({
    ...{ actor: house.actor.party, act: 'speak' as const, title: '狐の窓', episode: '1', language: 'en' },
    ...{ character: 'ハル', line: 'l1', text: 'Good morning' },
    ...{ territories: [], media: [], alterations: [], content: [] },
  })
  const permitted = async () => {
    const answer = await house.app.consent.gate.permit(ask())
    return isRefusal(answer) ? answer.refused : 'a key'
  }
  async function agreed(waived = true): Promise<{ request: string; grant: string }> {
    const request = await house.request()
    await house.holder.say({ kind: 'licence', of: request.id })
    const { id } = await house.actor.say({ kind: 'grant', of: request.id, noticeWaived: waived })
    return { request: request.id, grant: id }
  }

  it('leads from an invitation to a passkey whose owner alone is told their legal name', async () => {
    const { lead, actor } = house
    const me = await actor.client.ask('consentMe', {})
    expect(me).to.deep.include({
      party: actor.party,
      role: 'actor',
      name: '芸名 actor',
      legalName: '本名 actor',
    })
    expect(me.company).to.equal('Studio Example')
    const people = await lead.ask('consentPeople', {})
    expect(people.map(({ name }) => name)).to.have.members(['芸名 actor', '芸名 holder'])
    expect(JSON.stringify(people)).to.not.contain('本名')
    expect(JSON.stringify([...house.app.consent.registry.entries()])).to.not.contain('本名')
    expect(house.app.records.join()).to.not.contain('本名')
    const { link } = await lead.ask('inviteParty', {}, { name: 'new', role: 'actor' })
    expect(link).to.match(/#\/setup\//)
  })

  it('asks in plain words, takes the yes of actor and holder, and then a line may be spoken', async () => {
    const { actor, holder } = house
    const request = await house.request()
    expect(request).to.include({ state: 'open', licensed: false, company: 'Studio Example' })
    expect(await permitted()).to.equal('no-consent')
    const [asked] = await actor.client.ask('askedOfMe', {})
    expect(asked?.text.ja)
      .to.contain('声を使わせてくださるようお願いします')
      .and.to.contain('セリフ1行につき 500円')
    expect(asked?.text.en).to.contain('We ask to use your voice')
    const lines = await actor.client.ask('askedLines', { statement: request.id })
    expect(lines).to.deep.equal([
      { episode: '1', language: 'en', character: 'ハル', line: 'l1', text: 'Good morning' },
    ])
    await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })
    expect(await permitted()).to.equal('no-licence')
    await holder.say({ kind: 'licence', of: request.id })
    expect(await permitted()).to.equal('a key')
    expect((await actor.client.ask('askedOfMe', {}))[0]).to.include({ state: 'granted', licensed: true })
  })

  it('waits out the notice unless the actor waived it', async () => {
    await agreed(false)
    expect(await permitted()).to.equal('no-notice')
    expect((await house.actor.client.ask('consentMine', {})).yeses[0]?.state).to.equal('notice')
    house.app.pass(49 * hour)
    await house.actor.client.signIn('actor', 'a long password')
    expect(await permitted()).to.equal('a key')
  })

  it('signs exactly the text that is shown, and nothing else', async () => {
    const { client, authenticator } = house.actor
    const request = await house.request()
    const ready = await client.ask(
      'prepare',
      {},
      {
        wish: { kind: 'grant', of: request.id, noticeWaived: true },
        language: 'ja',
      },
    )
    expect(ready.shown.text).to.contain('わたしの声の使用に同意します')
    const proof = authenticator.get(ready.id)
    const refused = async (change: object) =>
      (
        await client.tryTo('say', {}, {
          statement: ready.statement,
          shown: ready.shown,
          proof,
          ...change,
        } as never)
      ).body as { problem: { code: string } }
    for (const change of [
      { shown: { ...ready.shown, text: `${ready.shown.text} ` } },
      { statement: { ...ready.statement, noticeWaived: false } },
      { proof: authenticator.get('A'.repeat(43)) },
      { proof: { ...proof, signature: openAuthenticator(house.app.url).get(ready.id).signature } },
    ])
      expect((await refused(change)).problem.code).to.equal('statement-refused')
    expect(await permitted()).to.equal('no-consent')
    await house.actor.sign(ready)
    expect((await client.ask('askedOfMe', {}))[0]?.state).to.equal('granted')
  })

  it('takes less than was asked for, and never more', async () => {
    const { actor } = house
    const request = await house.request()
    const { text: _, ...less } = { ...request.terms, limits: { lines: 1, seconds: 5 }, text: '' }
    await actor.say({ kind: 'grant', of: request.id, noticeWaived: true, terms: less })
    const more = { ...less, limits: { lines: 999, seconds: 999 } }
    const wider = await actor
      .say({ kind: 'grant', of: request.id, noticeWaived: true, terms: more })
      .catch(String)
    expect(wider).to.contain('statement-refused')
  })

  it('pauses, goes on, narrows and withdraws with one signature each, at once and without a reason', async () => {
    const { actor } = house
    const { grant } = await agreed()
    const pause = await actor.say({ kind: 'suspension', actors: [actor.party], grants: [] })
    expect(await permitted()).to.equal('suspended')
    await actor.say({ kind: 'resume', of: pause.id })
    expect(await permitted()).to.equal('a key')
    const { yeses } = await actor.client.ask('consentMine', {})
    const terms = { ...(yeses[0]?.terms as NonNullable<(typeof yeses)[0]>['terms']), acts: ['mix'] }
    await actor.say({ kind: 'narrowing', of: grant, terms })
    expect(await permitted()).to.equal('other-act')
    expect(await actor.say({ kind: 'withdrawal', of: [grant] })).to.include({ state: 'logged' })
    expect(await permitted()).to.equal('other-act')
    expect((await actor.client.ask('consentMine', {})).yeses[0]?.state).to.equal('withdrawn')
  })

  for (const [what, wish] of [
    ['everything', { title: null, act: null }],
    ['a title', { title: '狐の窓', act: null }],
    ['an act', { title: null, act: 'speak' }],
  ] as const)
    it(`takes a no to ${what}, which beats every yes until the actor lifts it`, async () => {
      await agreed()
      const no = await house.actor.say({ kind: 'refusal', ...wish })
      expect(await permitted()).to.equal('refused-by-actor')
      await house.actor.say({ kind: 'resume', of: no.id })
      expect(await permitted()).to.equal('a key')
    })

  it('lets a union with a mandate pause for many in one act', async () => {
    const { actor } = house
    await agreed()
    const { person: union } = await house.invited('union', 'union')
    const term = { from: 0, until: Date.UTC(2030, 0, 1) }
    await actor.say({ kind: 'mandate', to: union.party, role: 'union', powers: ['suspend'], ...term })
    const { people } = await union.client.ask('consentMine', {})
    expect(people).to.deep.equal([
      { party: actor.party, name: '芸名 actor', role: 'union', powers: ['suspend'] },
    ])
    await union.say({ kind: 'suspension', actors: [actor.party], grants: [] })
    expect(await permitted()).to.equal('paused-by-union')
    expect((await actor.client.ask('consentMine', {})).noes[0]).to.include({ by: '芸名 union', mine: false })
  })

  it('lets a minor enrol and agree together with the guardian', async () => {
    const { person: guardian } = await house.invited('guardian', 'guardian')
    const adultAt = Date.UTC(2028, 0, 1)
    const { person: child, said } = await house.invited('child', 'actor', {
      adultAt,
      guardian: guardian.party,
    })
    expect(said.state).to.equal('cosign')
    const [waiting] = await guardian.client.ask('cosigns', {})
    expect(waiting?.shown.text).to.contain('登録します')
    expect(await guardian.sign(waiting as never)).to.include({ state: 'logged' })
    expect(await child.client.ask('consentMe', {})).to.include({ party: child.party })
    const request = await house.request(child)
    await house.holder.say({ kind: 'licence', of: request.id })
    expect(await child.say({ kind: 'grant', of: request.id, noticeWaived: true })).to.include({
      state: 'cosign',
    })
    const may = async () => {
      const answer = await house.app.consent.gate.permit({ ...ask(), actor: child.party })
      return isRefusal(answer) ? answer.refused : 'a key'
    }
    expect(await may()).to.equal('no-consent')
    const [yes] = await guardian.client.ask('cosigns', {})
    expect(await guardian.sign(yes as never)).to.include({ state: 'logged' })
    expect(await may()).to.equal('a key')
    expect(await guardian.client.ask('cosigns', {})).to.deep.equal([])
  })

  describe('an administrator', () => {
    it('can say nothing for anybody, whatever they send', async () => {
      const { actor, app } = house
      const { request } = await agreed()
      const admin = await app.person('root', 'admin')
      const wish = { kind: 'grant', of: request, noticeWaived: true } as const
      expect((await admin.tryTo('prepare', {}, { wish, language: 'ja' })).status).to.equal(403)
      const ready = await actor.client.ask('prepare', {}, { wish, language: 'ja' })
      const sent = {
        statement: ready.statement,
        shown: ready.shown,
        proof: openAuthenticator(app.url).get(ready.id),
      }
      expect((await admin.tryTo('say', {}, sent as never)).status).to.equal(403)
      // Not even with an account of an actor's: it is not this actor's.
      const other = await app.person('other', 'admin', 'actor')
      expect((await other.tryTo('say', {}, sent as never)).status).to.equal(409)
    })

    it('who writes the actor’s party into their own account has no key to it', async () => {
      const { actor, app } = house
      const { request, grant } = await agreed()
      const thief = await app.person('thief', 'actor')
      const me = await thief.ask('session', {})
      const users = await app.people.users.all()
      const victim = users.find(({ party }) => party === actor.party)
      // The unique index alone would stop it: the victim's account is edited too.
      await app.store.collection('users').updateOne({ _id: victim?.id as never }, { $unset: { party: 1 } })
      await app.store
        .collection('users')
        .updateOne({ _id: me.user.id as never }, { $set: { party: actor.party } })
      for (const wish of [
        { kind: 'grant', of: request, noticeWaived: true },
        { kind: 'withdrawal', of: [grant] },
      ] satisfies Wish[]) {
        const ready = await thief.ask('prepare', {}, { wish, language: 'ja' })
        const sent = {
          statement: ready.statement,
          shown: ready.shown,
          proof: openAuthenticator(app.url).get(ready.id),
        }
        const { status, body } = await thief.tryTo('say', {}, sent as never)
        expect([status, JSON.stringify(body)]).to.satisfy(
          ([code, said]: [number, string]) => code === 422 && said.includes('statement-refused'),
        )
      }
      expect(await permitted()).to.equal('a key')
    })

    it('who sends the register a grant that nobody signed opens nothing', async () => {
      const request = await house.request()
      const { shut, registry } = house.app.consent
      const before = registry.entries().length
      await registry
        .enter({
          statement: { kind: 'grant', of: request.id },
          shown: { language: 'ja', text: 'x' },
          proofs: [],
        })
        .catch(() => undefined)
      expect(registry.entries().length).to.equal(before)
      expect(shut()).to.equal(undefined)
      expect(await permitted()).to.equal('no-consent')
    })
  })

  it('lets in nobody else: not strangers, not other roles, not other actors', async () => {
    const { app, lead, actor } = house
    const { request, grant } = await agreed()
    const stranger = app.stranger()
    const translator = await app.person('translator', 'translator')
    const other = (await house.invited('rival', 'actor')).person.client
    for (const path of ['uses.csv', 'uses.json', 'uses.pdf', 'account.json', `receipts/${grant}`]) {
      expect((await stranger.send('GET', `/api/consent/${path}`)).status).to.equal(401)
      expect((await translator.send('GET', `/api/consent/${path}`)).status).to.equal(403)
      expect((await lead.send('GET', `/api/consent/${path}`)).status).to.equal(403)
    }
    expect((await other.send('GET', `/api/consent/receipts/${grant}`)).status).to.equal(404)
    expect((await other.tryTo('askedLines', { statement: request })).status).to.equal(404)
    expect(await other.ask('askedOfMe', {})).to.deep.equal([])
    expect((await translator.tryTo('newRequest', {})).status).to.equal(403)
    expect((await actor.client.tryTo('newRequest', {})).status).to.equal(403)
    expect((await actor.client.tryTo('consentPeople', {})).status).to.equal(403)
  })

  it('bounds how often somebody may say something', async () => {
    const { client } = house.actor
    const statuses = []
    for (let tries = 0; tries < 70; tries++)
      statuses.push((await client.tryTo('say', {}, nonsense as never)).status)
    expect(statuses.at(-1)).to.equal(429)
  })

  describe('a use', () => {
    /** What a worker does: a line spoken by permit and kept. */
    async function spokenUse() {
      const { gate } = house.app.consent
      const key = await gate.permit(ask())
      if (isRefusal(key)) throw new Error(key.refused)
      const { actor: _, ...use } = ask()
      await gate.redeem(key, use)
      const user = (await house.app.people.users.all()).find(({ name }) => name === 'lead')
      const made = { asker: user?.id ?? '', milliseconds: 1200, output: 'B'.repeat(43) }
      await gate.commit(key, made, async () => undefined)
    }

    it('is listed with its words, its length, who asked and the money due', async () => {
      const { grant } = await agreed()
      await spokenUse()
      const [use] = await house.actor.client.ask('consentUses', {})
      expect(use).to.deep.include({
        ...{ act: 'speak', title: '狐の窓', episode: '1', line: 'l1', text: 'Good morning', asker: 'lead' },
        ...{ milliseconds: 1200, due: 500, currency: 'JPY', grant },
      })
    })

    it('is handed out as CSV, as JSON and as a PDF in Japanese', async () => {
      await agreed()
      await spokenUse()
      const { client } = house.actor
      const csv = await (await client.send('GET', '/api/consent/uses.csv')).text()
      expect(csv.split('\r\n')[1]).to.match(/^2026-.*,speak,狐の窓,1,en,l1,Good morning,lead,1200,500,JPY,/)
      const json = await (await client.send('GET', '/api/consent/uses.json')).json()
      expect(json.uses).to.have.length(1)
      const pdf = await client.send('GET', '/api/consent/uses.pdf?language=ja')
      expect(pdf.headers.get('content-type')).to.equal('application/pdf')
      expect(pdf.headers.get('cache-control')).to.equal('private, no-store')
      const bytes = Buffer.from(await pdf.arrayBuffer())
      expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-')
      const none = await (await client.send('GET', '/api/consent/uses.json?until=1000')).json()
      expect(none.uses).to.deep.equal([])
    })

    it('is heard by its actor while the gate lets it be heard, and not after the withdrawal', async () => {
      const { grant } = await agreed()
      await spokenUse()
      const { app, actor, episode } = house
      const sound = await app.blobs.keepBytes(Buffer.from('a take'), 'audio/wav')
      const take = {
        ...spoken,
        sound,
        voice: { kind: 'person', actor: actor.party },
        by: { entries: [grant], reference: '', engine: '' },
      }
      const [version] = draft.versions
      const dub = { ...version?.dub, takes: [take], regions: [] }
      await app.draw(episode, { ...draft, versions: [{ ...version, dub }] } as never)
      const [use] = await actor.client.ask('consentUses', {})
      const heard = await actor.client.send('GET', use?.url ?? '')
      expect([heard.status, await heard.text()]).to.deep.equal([200, 'a take'])
      expect(heard.headers.get('cache-control')).to.equal('private, no-store')
      const rival = (await house.invited('rival', 'actor')).person.client
      expect((await rival.send('GET', use?.url ?? '')).status).to.equal(404)
      await actor.say({ kind: 'withdrawal', of: [grant] })
      const after = await actor.client.send('GET', use?.url ?? '')
      expect([after.status, await after.text()]).to.satisfy(
        ([code, said]: [number, string]) => code === 403 && said.includes('withdrawn'),
      )
    })
  })

  it('gives a receipt that verifies offline, and says when the yes was withdrawn', async () => {
    const { grant } = await agreed()
    const { client } = house.actor
    const key = (await client.ask('consentMe', {})).publicKey ?? ''
    const receipt = async () => (await client.send('GET', `/api/consent/receipts/${grant}`)).text()
    expect(await verifyReceipt(await receipt(), key)).to.include({
      valid: true,
      withdrawn: false,
      actor: house.actor.party,
    })
    await house.actor.say({ kind: 'withdrawal', of: [grant] })
    expect(await verifyReceipt(await receipt(), key)).to.include({ valid: true, withdrawn: true })
    expect(
      await verifyReceipt((await receipt()).replace('"withdrawal"', '"x"').replace('4', '5'), key),
    ).to.include({ valid: false })
  })

  it('shows the log to everybody, and an account of all about them to each', async () => {
    await agreed()
    const tile = await house.app.stranger().send('GET', '/log/checkpoint')
    expect(await tile.text()).to.match(/^kotodama\/consent\/[0-9a-f]{16}\n\d+\n/)
    expect((await house.app.stranger().send('GET', '/log/..%2frecords')).status).to.equal(404)
    const account = await (await house.actor.client.send('GET', '/api/consent/account.json')).json()
    const kinds = account.records.map(
      (record: { signed: { statement: { kind: string } } }) => record.signed.statement.kind,
    )
    expect(kinds).to.deep.equal(['party', 'request', 'grant'])
  })

  it('tells a lead which lines are withheld, why, and whom to ask', async () => {
    const { lead, series, actor, holder } = house
    const cast = [{ character: 'ハル', voice: { kind: 'person' as const, actor: actor.party } }]
    await lead.ask('changeSeries', { series: series.id }, { cast })
    const rows = () => lead.ask('withheldLines', { series: series.id })
    expect((await rows())[0]).to.include({
      line: 'l1',
      code: 'no-consent',
      ask: 'actor',
      actorName: '芸名 actor',
    })
    const request = await house.request()
    await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })
    expect((await rows())[0]).to.include({ code: 'no-licence', ask: 'holder' })
    await holder.say({ kind: 'licence', of: request.id })
    await house.app.people.recordings.add({ name: 'a', actor: actor.party, digest: 'b' })
    expect(await rows()).to.deep.equal([])
    await actor.say({ kind: 'refusal', title: '狐の窓', act: null })
    expect((await rows())[0]).to.include({ code: 'refused-by-actor', ask: 'nobody' })
  })
})

const nonsense = {
  statement: {},
  shown: { language: 'ja', text: 'x' },
  proof: { credential: 'AA', authenticatorData: 'AA', clientData: 'AA', signature: 'AA' },
}
