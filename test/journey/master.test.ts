import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Client, heard, openClient, type Wire, watch } from '../support/client.ts'
import { film, findFilmTools } from '../support/film.ts'
import { type Served, serve } from '../support/served.ts'

const samples = join(import.meta.dirname, '../../samples')
const read = async (name: string) => ({ name, bytes: await readFile(join(samples, 'hello', name)) })

/** Five seconds of another film stand before it, and its own first three are gone. */
const recut = [
  ...['-t', '5', '-i', join(samples, 'lantern-01/episode.mp4')],
  ...['-ss', '3', '-i', join(samples, 'hello/episode.mp4'), '-filter_complex'],
  [
    ...[0, 1].flatMap(n => [
      `[${n}:v]scale=320:180,setsar=1,fps=24[v${n}]`,
      `[${n}:a]aresample=48000,aformat=channel_layouts=stereo[a${n}]`,
    ]),
    '[v0][a0][v1][a1]concat=n=2:v=1:a=1',
  ].join(';'),
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
]

describe('the journey of a late master', function () {
  this.timeout(180_000)
  let folder = ''
  let served: Served | undefined
  let lead: Client
  let wire: Wire
  let episode = ''
  before(async function () {
    const tools = await findFilmTools()
    if (!tools) return this.skip()
    folder = await mkdtemp(join(tmpdir(), 'kotodama-master-'))
    await film(tools, join(folder, 'late.mp4'), ...recut)
    served = await serve(folder)
    lead = openClient(served.url)
    await lead.setUp(served.link?.split('/').at(-1) ?? '', 'Mika', 'a long password')
    const { id: series } = await lead.ask(
      'newSeries',
      {},
      { title: 'Hello', language: 'en', targets: ['es'] },
    )
    await lead.ask(
      'importMemory',
      { series },
      { entries: JSON.parse(String((await read('memory.json')).bytes)) },
    )
    const files = { media: await read('episode.mp4'), script: await read('script.txt') }
    episode = (await lead.ingest(series, '1', files)).id
    wire = lead.socket()
    await heard(wire, 'connect')
    await watch(wire, episode)
  })
  after(async () => {
    lead?.close()
    await served?.stop()
    await rm(folder, { recursive: true, force: true })
  })
  async function ready() {
    for (;;) {
      // Listened for before it is asked, so that no news falls between.
      const news = heard(wire, 'episode:changed')
      const known = await lead.ask('oneEpisode', { episode })
      if (known.state === 'ready') return known
      expect(known.state, JSON.stringify(known.problem)).to.be.oneOf(['waiting', 'running'])
      await news
    }
  }
  const lines = () => lead.ask('lines', { episode, language: 'es' })

  it('takes lines, edits and approvals with its sound, reopens what was changed, and refuses another film', async () => {
    await ready()
    const before = await lines()
    const [first, second, third] = before
    if (!first || !second || !third) throw new Error('lines are missing')
    const place = (line: string) => ({ episode, language: 'es', line })
    await lead.ask('editLine', place(third.id), { version: 0, start: third.start, end: third.end + 200 })
    for (const { id, version, text } of [first, second])
      await lead.ask('judgeLine', place(id), { version, text, verdict: 'approve' })
    await ready()

    const strange = await lead.upload('other.mp4', await readFile(join(samples, 'lantern-01/episode.mp4')))
    const refused = await lead.tryTo('changeEpisode', { episode }, { media: strange })
    expect(refused.body).to.have.nested.property('problem.code', 'master-strange')
    expect((await ready()).duration).to.be.closeTo(9917, 50)

    const media = await lead.upload('late.mp4', await readFile(join(folder, 'late.mp4')))
    await lead.ask('changeEpisode', { episode }, { media })
    const { duration, findings } = await ready()
    expect(duration).to.be.closeTo(11_917, 100)
    expect(findings.map(({ rule }) => rule)).to.include.members(['master-new', 'master-other'])
    const after = await lines()
    expect(after.map(({ id, text }) => [id, text])).to.deep.equal([
      [first.id, first.text],
      [second.id, second.text],
      [third.id, third.text],
    ])
    expect(after.map(({ approval }) => approval?.by)).to.deep.equal([undefined, 'Mika', undefined])
    expect(after[0]?.findings.map(({ rule }) => rule)).to.include('master-other')
    // Masters are cut between frames, of which there are 24 a second.
    expect((after[1]?.start ?? 0) - second.start).to.be.closeTo(2000, 42)
    expect([after[2]?.start, after[2]?.end]).to.deep.equal(
      [third.start, third.end + 200].map(at => at + 2000),
    )
    expect(after[1]?.take?.state).to.equal('spoken')
  })
})
