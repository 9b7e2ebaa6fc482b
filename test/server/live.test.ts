import { expect } from 'chai'
import { startApp, type TestApp } from '../support/app.ts'
import { type Client, heard, type Wire, watch as watchEpisode } from '../support/client.ts'

describe('watching an episode', () => {
  let app: TestApp
  let lead: Client
  let reviewer: Client
  let episode: string
  const step = { step: 'dub', of: 'en', state: 'running', fraction: 0.5 } as const

  const watch = (wire: Wire, which: unknown = episode) => watchEpisode(wire, which as string)
  const connected = async (person: Client) => {
    const wire = person.socket()
    await heard(wire, 'connect')
    return wire
  }
  const refusal = async (wire: Wire) =>
    (await heard(wire, 'connect_error')) as Error & { data?: { code: string } }

  const beginEpisode = async () => {
    const series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en'] })).id
    return (await lead.ingest(series, '1', { media: { name: 'film.mp4', bytes: Buffer.from('film') } })).id
  }

  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
    reviewer = await app.person('Mika', 'reviewer')
  })
  after(() => app.close())
  beforeEach(async () => {
    episode = await beginEpisode()
  })

  it('brings what happens to it, as it happens', async () => {
    const wire = await connected(lead)
    expect(await watch(wire)).to.deep.equal({ ok: true, watching: ['Aki'] })
    const news = Promise.all([
      heard(wire, 'step:moved'),
      heard(wire, 'lines:changed'),
      heard(wire, 'episode:changed'),
    ])
    app.machine.tell({ type: 'step:moved', episode, step })
    app.machine.tell({ type: 'lines:changed', episode, language: 'en', lines: ['l1'] })
    app.machine.tell({ type: 'episode:changed', episode, state: 'ready' })
    expect(await news).to.deep.equal([
      { episode, step },
      { episode, language: 'en', lines: ['l1'] },
      { episode, state: 'ready' },
    ])
  })

  it('brings nothing of another episode, and nothing any more after leaving', async () => {
    const wire = await connected(lead)
    const other = await connected(reviewer)
    await Promise.all([watch(wire), watch(other)])
    const said: string[] = []
    wire.on('step:moved', ({ episode }) => void said.push(episode))
    app.machine.tell({ type: 'step:moved', episode: 'another', step })
    const left = heard(other, 'watchers:changed')
    wire.emit('episode:leave', episode)
    await left
    const reached = heard(other, 'step:moved')
    app.machine.tell({ type: 'step:moved', episode, step })
    await reached
    expect(said).to.deep.equal([])
  })

  it('shows who else watches, and which line they have open', async () => {
    const [mine, theirs] = [await connected(lead), await connected(reviewer)]
    await watch(mine)
    const came = heard(mine, 'watchers:changed')
    expect(await watch(theirs)).to.deep.equal({ ok: true, watching: ['Aki', 'Mika'] })
    expect((await came).people).to.deep.equal([{ name: 'Aki' }, { name: 'Mika' }])
    const opened = heard(mine, 'watchers:changed')
    theirs.emit('line:open', { episode, line: 'l1', language: 'en' })
    expect((await opened).people).to.deep.equal([
      { name: 'Aki' },
      { name: 'Mika', line: 'l1', language: 'en' },
    ])
    const gone = heard(mine, 'watchers:changed')
    theirs.disconnect()
    expect((await gone).people).to.deep.equal([{ name: 'Aki' }])
  })

  it('is not for who is not signed in', async () => {
    expect((await refusal(app.stranger().socket())).data?.code).to.equal('not-signed-in')
  })

  it('is not for every role', async () => {
    const actor = await app.person('Yui', 'actor')
    expect((await refusal(actor.socket())).data?.code).to.equal('not-allowed')
  })

  it('is not for a page of another site, cookie or not', async () => {
    for (const origin of ['https://evil.example', 'null', app.url.replace('127.0.0.1', 'localhost')])
      expect(await refusal(lead.socket({ origin }))).to.be.an('error')
  })

  it('is asked for anew at every join', async () => {
    const brief = await startApp({ sessionMs: 60_000 })
    const wire = await connected(await brief.person('Aki', 'lead'))
    expect(await watch(wire, 'nowhere')).to.have.nested.property('problem.code', 'not-found')
    brief.pass(61_000)
    expect(await watch(wire, 'nowhere')).to.have.nested.property('problem.code', 'not-signed-in')
    await brief.close()
  })

  it('is asked for anew by a socket that comes back: no connection is remembered past its session', async () => {
    const guest = await app.person('Toki', 'reviewer')
    const wire = await connected(guest)
    await watch(wire)
    const first = wire.id
    // The line breaks; whoever it was signs out meanwhile, and the socket comes back with all it remembers.
    const broken = heard(wire, 'disconnect')
    wire.io.engine.close()
    await broken
    wire.connect()
    await heard(wire, 'connect')
    // It is somebody new, in no room.
    expect([wire.recovered ?? false, wire.id === first]).to.deep.equal([false, false])
    const again = heard(wire, 'disconnect')
    wire.io.engine.close()
    await again
    await guest.ask('signOut', {})
    wire.connect()
    const why = await refusal(wire)
    expect(why.data?.code).to.equal('not-signed-in')
  })

  it('of what is none is refused by name', async () => {
    const wire = await connected(lead)
    const code = async (which: unknown) => {
      const answer = await watch(wire, which)
      return answer.ok || answer.problem.code
    }
    expect(await code('nowhere')).to.equal('not-found')
    expect(await code({ $gt: '' })).to.equal('bad-request')
    expect(await code(null)).to.equal('bad-request')
  })

  it('survives what is no message of ours', async () => {
    const wire = await connected(lead)
    const rude = wire as unknown as { emit: (name: string, ...said: unknown[]) => void }
    rude.emit('episode:watch')
    rude.emit('episode:watch', episode, 'not a function')
    rude.emit('episode:leave', { toString: null })
    rude.emit('line:open', { episode, line: 'x'.repeat(500), language: 'en' })
    rude.emit('line:open', '__proto__')
    rude.emit('constructor', {})
    expect(await watch(wire)).to.include({ ok: true })
  })

  it('ends for who says too much at once', async () => {
    const wire = await connected(lead)
    const gone = heard(wire, 'disconnect')
    wire.emit('episode:leave', 'x'.repeat(20_000))
    await gone
  })

  it('is refused for a while to who asks too often', async () => {
    const wire = await connected(lead)
    const answers = await Promise.all(Array.from({ length: 250 }, () => watch(wire, 'nowhere')))
    const codes = new Set(answers.map(answer => answer.ok || answer.problem.code))
    expect([...codes]).to.deep.equal(['not-found', 'too-many'])
  })
})
