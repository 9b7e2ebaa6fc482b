import { expect } from 'chai'
import { type ConsentApp, startConsentApp } from '../../support/consent-app.ts'
import { sendVoice } from '../../support/statement.ts'

describe('a recording of a voice', function () {
  this.timeout(30_000)
  let house: ConsentApp
  beforeEach(async () => {
    house = await startConsentApp()
  })
  afterEach(() => house.close())

  async function stated() {
    const { phrase, text } = await house.actor.client.ask('newPhrase', {})
    const { recording } = await sendVoice(house.actor, phrase)
    return { phrase, text, recording }
  }

  it('begins with a phrase that nobody could foresee, and that is good for one recording', async () => {
    const { phrase, text, recording } = await stated()
    expect(text).to.contain('芸名 actor').and.to.contain('Studio Example')
    expect(recording).to.include({ kind: 'statement', verdict: 'waiting', phrase: text, milliseconds: 2000 })
    expect((await house.actor.client.ask('newPhrase', {})).text).to.not.equal(text)
    expect((await sendVoice(house.actor, phrase)).status).to.equal(422)
    expect((await sendVoice({ client: house.holder.client }, phrase)).status).to.equal(403)
  })

  it('is heard by whoever judges it and by its speaker, by nobody else, and after the verdict by nobody', async () => {
    const { lead, actor, app } = house
    const { recording } = await stated()
    const heard = async (who: typeof lead) => (await who.send('GET', recording.url ?? '')).status
    const answer = await lead.send('GET', recording.url ?? '')
    expect(answer.headers.get('cache-control')).to.equal('private, no-store')
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, 4)).to.equal('RIFF')
    expect(await heard(actor.client)).to.equal(200)
    expect(await heard((await house.invited('rival', 'actor')).person.client)).to.equal(404)
    expect(await heard(await app.person('translator', 'translator'))).to.equal(403)
    await lead.ask('judgeRecording', { recording: recording.id }, { accepted: true })
    expect(await heard(lead)).to.equal(404)
  })

  it('counts once a person has said that the phrase is heard, and not before', async () => {
    const { lead, actor } = house
    expect((await sendVoice(actor)).status).to.equal(422)
    const { recording } = await stated()
    const { recording: reference } = await sendVoice(actor)
    expect(reference).to.include({ kind: 'reference', verdict: 'waiting' })
    expect(reference.url).to.equal(undefined)
    const recorded = async () =>
      (await lead.ask('consentPeople', {})).find(({ party }) => party === actor.party)?.recorded
    const judge = (id: string, accepted: boolean) =>
      lead.tryTo('judgeRecording', { recording: id }, { accepted })
    expect((await lead.ask('recordings', {})).map(({ kind }) => kind)).to.deep.equal([
      'statement',
      'reference',
    ])
    expect((await judge(reference.id, true)).status).to.equal(422)
    expect((await judge(recording.id, true)).status).to.equal(200)
    expect(await recorded()).to.equal(false)
    expect((await judge(reference.id, true)).status).to.equal(200)
    expect(await recorded()).to.equal(true)
    expect((await judge(reference.id, false)).status).to.equal(404)
    expect(await lead.ask('recordings', {})).to.deep.equal([])
  })

  it('is never judged by the person whose voice it is', async () => {
    const { app, actor } = house
    const { recording } = await stated()
    const users = await app.people.users.all()
    const me = users.find(({ party }) => party === actor.party)
    await app.store
      .collection('users')
      .updateOne({ _id: me?.id as never }, { $set: { roles: ['actor', 'reviewer'] } })
    const tried = await actor.client.tryTo('judgeRecording', { recording: recording.id }, { accepted: true })
    expect(tried.status).to.equal(403)
  })
})
