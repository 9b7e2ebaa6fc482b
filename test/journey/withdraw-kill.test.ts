import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Draft, Take } from '../../pipelines/terms.ts'
import { readConfig } from '../../server/config.ts'
import type { Role } from '../../server/contract.ts'
import { openParts, type Parts } from '../../server/parts.ts'
import type { TestApp } from '../support/app.ts'
import { type Client, openClient } from '../support/client.ts'
import { type ConsentApp, startConsentApp } from '../support/consent-app.ts'
import { draft, spoken } from '../support/draft.ts'
import { type Served, serve } from '../support/served.ts'

const password = 'a long password'
/** So many files have left that telling their holders takes a while. */
const held = 400

/** The server as its operator starts it: its store hangs while somebody withdraws, then it is killed in the middle of the walk. */
describe('a withdrawal, while the server falls', function () {
  this.timeout(240_000)
  let folder = ''
  let served: Served
  let parts: Parts
  let house: ConsentApp
  let grant = ''
  let take: Take
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-fall-'))
    served = await serve(folder)
    parts = await openParts(readConfig({ DATA_DIR: folder }), { join: true })
    house = await startConsentApp((await ground()) as TestApp)
    const now = Date.now()
    const term = { from: now - 60_000, makeUntil: now + 3_600_000, until: now + 7_200_000 }
    const request = await house.request(house.actor, term)
    await house.holder.say({ kind: 'licence', of: request.id })
    grant = (await house.actor.say({ kind: 'grant', of: request.id, noticeWaived: true })).id
    const sound = await parts.blobs.keepBytes(Buffer.from('a take'), 'audio/wav')
    const by = { entries: [grant], reference: '', engine: '' }
    take = { ...spoken, sound, by, voice: { kind: 'person', actor: house.actor.party } } as Take
    const [version] = draft.versions
    const dub = { ...version?.dub, takes: [take], regions: [] }
    await draw(house.episode, { ...draft, versions: [{ ...version, dub }] } as never)
    const key = 'a'.repeat(64)
    const made = { key, step: 'dub', version: 1, inputs: [], result: key, blobs: [key] }
    await parts.artifacts.remember({ ...made, stands: [house.actor.party, grant] })
    const left = { recipient: 'rei', called: 'Rei', episode: house.episode, digest: key }
    const whose = { actors: [house.actor.party], entries: [grant] }
    for (let file = 0; file < held; file++)
      await parts.people.deliveries.add({ ...left, ...whose, name: `${file}.mkv` })
  })
  after(async () => {
    await parts?.close().catch(() => undefined)
    await served?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** What the house of consents stands on, over a server of its own process. */
  async function ground(): Promise<unknown> {
    const admin = openClient(served.url)
    await admin.setUp(tokenOf(served.link), 'admin', password)
    const person = async (name: string, role: Role): Promise<Client> => {
      const client = openClient(served.url)
      const { link } = await admin.ask('invite', {}, { name, roles: [role] })
      await client.setUp(tokenOf(link), name, password)
      return client
    }
    return { url: served.url, people: parts.people, draw, person }
  }
  const tokenOf = (link = '') => link.split('/').at(-1) ?? ''

  async function draw(episode: string, made: Draft): Promise<void> {
    const blob = await parts.blobs.keepBytes(Buffer.from(JSON.stringify(made)), 'application/json')
    await parts.store.connection
      .collection('work')
      .replaceOne(
        { _id: episode as never },
        { state: 'ready', asked: 1, served: 1, steps: [], draft: blob },
        { upsert: true },
      )
  }
  const hear = async (client: Client) => {
    const digest = take.state === 'spoken' ? take.sound.digest : ''
    return (await client.send('GET', `/api/episodes/${house.episode}/blobs/${digest}`)).status
  }
  const store = () =>
    Number(execFileSync('pgrep', ['-f', parts.store.where], { encoding: 'utf8' }).trim().split('\n')[0])

  it('is acknowledged while the store hangs, and walked to its end by the next start', async () => {
    expect(await hear(house.lead)).to.equal(200)
    const { party, authenticator } = house.actor
    const stranger = openClient(served.url)
    const pid = store()
    process.kill(pid, 'SIGSTOP')
    let said: { readonly id: string; readonly state: string }
    try {
      const wish = { kind: 'withdrawal' as const, of: [grant] }
      const { id, statement, shown } = await stranger.ask(
        'stopWords',
        {},
        { by: party, wish, language: 'ja' },
      )
      said = await stranger.ask('stop', {}, { statement, shown, proof: authenticator.get(id) } as never)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    expect(said.state).to.equal('logged')

    while ((await parts.people.walks.notices(said.id)).length === 0);
    process.kill(served.pid, 'SIGSTOP')
    expect((await parts.people.walks.notices(said.id)).length, 'it was the middle').to.be.below(held)
    expect(await parts.people.walks.of(said.id)).to.equal(undefined)
    await parts.close()
    await served.kill()

    served = await serve(folder)
    parts = await openParts(readConfig({ DATA_DIR: folder }), { join: true })
    const [lead, actor] = [openClient(served.url), openClient(served.url)]
    await lead.signIn('lead', password)
    await actor.signIn('actor', password)
    expect(await hear(lead)).to.equal(403)
    let [certificate] = await actor.ask('certificates', {})
    while (certificate?.state !== 'done') [certificate] = await actor.ask('certificates', {})
    expect(certificate).to.deep.include({ id: said.id, ended: [grant] })
    expect(certificate.found).to.include({ results: 1, files: 1 })
    expect(certificate.recipients).to.have.length(held)
    expect(await parts.people.walks.of(said.id)).to.include({ logged: true })
    expect(await hear(lead)).to.equal(403)
    const account = JSON.parse(await (await actor.send('GET', '/api/consent/account.json')).text())
    const kinds = JSON.stringify(account).match(/"kind":"(?:completed|withdrawal)"/g)
    expect(kinds?.sort()).to.deep.equal(['"kind":"completed"', '"kind":"withdrawal"'])
  })
})
