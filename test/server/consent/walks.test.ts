import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { canonical } from '../../../consent/canonical.ts'
import type { Certificate } from '../../../server/consent/certificate.ts'
import type { Client } from '../../support/client.ts'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'

describe('what came of a withdrawal', () => {
  let house: ConsentApp
  let grant = ''
  beforeEach(async () => {
    house = await startConsentApp()
    const { actor, holder } = house
    const request = await house.request()
    await holder.say({ kind: 'licence', of: request.id })
    grant = (await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })).id
  })
  afterEach(() => house.close())

  const bytes = async (client: Client, path: string) => {
    const answer = await client.send('GET', path)
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
  }

  /** A take made by the yes, and a parcel of it that the reviewer fetched. */
  async function made(): Promise<Client> {
    const { app, actor } = house
    const reviewer = await app.person('Rei', 'reviewer')
    const { user } = await reviewer.ask('session', {})
    const digest = (letter: string) => letter.repeat(64)
    for (const [step, key] of [
      ['dub', digest('a')],
      ['pack', digest('b')],
    ] as const)
      await app.artifacts.remember({
        ...{ key, step, version: 1, inputs: [], result: key, blobs: [key, digest('c')] },
        stands: [actor.party, grant],
      })
    await app.people.deliveries.add({
      ...{ episode: house.episode, name: '狐の窓 - 1.mkv', digest: digest('d') },
      ...{ actors: [actor.party], entries: [grant], recipient: user.id, called: 'Rei' },
    })
    await app.draw(house.episode, {})
    return reviewer
  }

  it('is certified to the actor, letter by letter as the log has it, and to nobody else', async () => {
    const { app, actor } = house
    await made()
    const { id } = await actor.say({ kind: 'withdrawal', of: [grant] })
    await app.reach.settle()
    const [view] = await actor.client.ask('certificates', {})
    expect(view).to.deep.include({ id, kind: 'withdrawal', state: 'done', ended: [grant] })
    expect(view?.found).to.deep.equal({
      ...{ killed: 0, cut: 0, results: 2, files: 4, queued: 0, remade: 0, erased: false },
    })
    expect(view?.couldNot.map(({ code }) => code)).to.deep.equal(['copies-outside', 'no-address'])
    expect(view?.recipients.map(({ file, state }) => [file, state])).to.deep.equal([
      ['狐の窓 - 1.mkv', 'waiting'],
    ])

    const json = await bytes(actor.client, view?.url ?? '')
    expect(json.headers.get('cache-control')).to.equal('private, no-store')
    const certificate: Certificate = JSON.parse(json.body.toString())
    expect(json.body.toString()).to.equal(canonical(certificate))
    const digest = createHash('sha256').update(json.body).digest('base64url')
    const completed = app.consent.registry.entries().findLast(({ kind }) => kind === 'completed')
    expect(completed).to.include({ of: id, certificate: digest })
    expect(view?.digest).to.equal(digest)
    // It tells that somebody has a copy, and not who that is.
    expect(json.body.toString()).to.not.contain('Rei')
    for (const language of ['ja', 'en'])
      expect(
        (await bytes(actor.client, `${view?.pdf}?language=${language}`)).body.subarray(0, 5).toString(),
      ).to.equal('%PDF-')

    const { person: other } = await house.invited('other', 'actor')
    expect(await other.client.ask('certificates', {})).to.deep.equal([])
    expect((await bytes(other.client, view?.url ?? '')).status).to.equal(404)
    expect((await bytes(house.lead, view?.url ?? '')).status).to.equal(403)
  })

  it('is told to whoever holds a file, who acknowledges it, and a lead sees how far it is', async () => {
    const { app, actor, lead } = house
    const reviewer = await made()
    const { id } = await actor.say({ kind: 'withdrawal', of: [] })
    await app.reach.settle()
    const [notice] = await reviewer.ask('notices', {})
    expect(notice).to.deep.include({ entry: id, file: '狐の窓 - 1.mkv', name: 'Rei', state: 'waiting' })
    const at = { notice: notice?.id ?? '' }
    const stranger = await app.person('Sam', 'translator')
    expect(await stranger.ask('notices', {})).to.deep.equal([])
    expect(await stranger.ask('acknowledge', at).catch(String)).to.contain('not-found')
    const [before] = await lead.ask('walks', {})
    expect(before?.notices.map(({ state }) => state)).to.deep.equal(['waiting'])
    const heeded = await reviewer.ask('acknowledge', at)
    expect(heeded).to.include({ state: 'acknowledged' })
    // The first acknowledgement stands.
    expect(await lead.ask('acknowledge', at)).to.deep.equal(heeded)
    expect((await lead.ask('walks', {}))[0]?.notices[0]?.acknowledgedAt).to.equal(heeded.acknowledgedAt)
    expect((await actor.client.ask('certificates', {}))[0]?.recipients[0]?.state).to.equal('acknowledged')
  })

  it('of an erasure is the proof that the key is gone, and no record of a recording stays', async () => {
    const { app, actor } = house
    await app.people.recordings.add({ name: 'a', actor: actor.party, digest: 'b' })
    const { id } = await actor.say({ kind: 'erasure' })
    await app.reach.settle()
    const [view] = await actor.client.ask('certificates', {})
    expect(view?.found?.erased).to.equal(true)
    expect(view?.couldNot.map(({ code }) => code)).to.deep.equal(['service-trusted'])
    const erased = app.consent.registry.entries().find(({ kind }) => kind === 'erased')
    expect(erased).to.include({ of: id, actor: actor.party })
    expect(await app.people.recordings.ofActor(actor.party)).to.deep.equal([])
  })

  it('of a pause by a union is each one’s own to see', async () => {
    const { app, actor } = house
    const { person: union } = await house.invited('union', 'union')
    const term = { from: 0, until: Date.UTC(2030, 0, 1) }
    await actor.say({ kind: 'mandate', to: union.party, role: 'union', powers: ['suspend'], ...term })
    await union.say({ kind: 'suspension', actors: [actor.party], grants: [] })
    await app.reach.settle()
    const [mine] = await actor.client.ask('certificates', {})
    expect(mine).to.deep.include({ kind: 'suspension', by: '芸名 union', ended: [] })
    expect(await union.client.ask('certificates', {})).to.have.length(1)
    expect(await house.holder.client.ask('certificates', {})).to.deep.equal([])
  })
})
