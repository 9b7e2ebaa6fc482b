import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Client, heard, openClient, type Wire, watch } from '../support/client.ts'
import { type Served, serve } from '../support/served.ts'

const film = join(import.meta.dirname, '../../samples/hello/episode.mp4')
const row = (style: string, times: string, text: string) => `Dialogue: 0,${times},${style},,0,0,0,,${text}`
const [sung, night] = ['0:00:03.60,0:00:06.60', '{\\fad(200,200)}']
const script = [
  '[Script Info]',
  '',
  '[V4+ Styles]',
  'Format: Name, Fontname, Fontsize',
  ...['Main', 'Signs', 'OP Romaji', 'OP English'].map(name => `Style: ${name},Arial,20`),
  '',
  '[Events]',
  'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  row('Main', '0:00:00.50,0:00:02.60', 'Hello!'),
  row('OP Romaji', sung, '{\\k50}yo{\\kf70}ru no {\\k80}uta'),
  row('OP English', sung, `${night}Night song`),
  row('Signs', '0:00:07.00,0:00:08.90', '{\\pos(100,50)\\blur3}CLOSED TODAY'),
  '',
].join('\n')

describe('the journey of a script with karaoke and signs', function () {
  this.timeout(90_000)
  let folder = ''
  let served: Served
  let lead: Client
  let wire: Wire
  let series = ''
  let episode = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-script-'))
    served = await serve(folder)
    lead = openClient(served.url)
    await lead.setUp(served.link?.split('/').at(-1) ?? '', 'Mika', 'a long password')
    series = (await lead.ask('newSeries', {}, { title: 'Hello', language: 'en', targets: ['es'] })).id
    const pair = (source: string, target: string) => ({ from: 'en', to: 'es', source, target, origin: 'us' })
    const entries = [pair('Night song', 'Canción de la noche'), pair('CLOSED TODAY', 'CERRADO HOY')]
    await lead.ask('importMemory', { series }, { entries })
    const files = {
      media: { name: 'episode.mp4', bytes: await readFile(film) },
      subtitles: { name: 'episode.ass', bytes: Buffer.from(script) },
    }
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
  async function rowsIn(language: string): Promise<readonly string[]> {
    for (;;) {
      // Listened for before it is asked, so that no news falls between.
      const news = heard(wire, 'episode:changed')
      const { state, problem, tracks } = await lead.ask('oneEpisode', { episode })
      const ass = tracks.find(track => track.language === language && track.format === 'ass')
      if (state === 'ready') return (await (await lead.send('GET', ass?.url ?? '')).text()).split('\n')
      expect(state, JSON.stringify(problem)).to.be.oneOf(['waiting', 'running'])
      await news
    }
  }

  it('changes only what is said, sung and written, and keeps every tag', async () => {
    expect(await rowsIn('es')).to.include.members([
      row('OP Romaji', sung, '{\\k50}yo{\\kf70}ru no {\\k80}uta'),
      row('OP English', sung, `${night}Canción de la noche`),
      row('Signs', '0:00:07.00,0:00:08.90', '{\\pos(100,50)\\blur3}CERRADO HOY'),
    ])
  })

  it('is sung as a person times it, in every language, and laid out by the house that a lead chooses', async () => {
    const own = await lead.ask('lines', { episode, language: 'en' })
    const song = own.find(({ kind }) => kind === 'song')
    const [first, second, ...rest] = song?.sung ?? []
    if (!song || !first || !second) throw new Error('nothing is sung')
    const again = [{ ...first, end: 400 }, { ...second, start: 400 }, ...rest]
    await lead.ask('editLine', { episode, language: 'en', line: song.id }, { version: 0, sung: again })
    await lead.ask('chooseHouse', { series, language: 'es' }, { house: 'bbc', audience: 'adult' })
    const retimed = row('OP Romaji', sung, '{\\k40}yo{\\kf80}ru no {\\k80}uta')
    expect(await rowsIn('en')).to.include(retimed)
    expect(await rowsIn('es')).to.include(retimed)
    const { pace } = await lead.ask('oneEpisode', { episode })
    expect([pace?.en?.house, pace?.es?.house]).to.deep.equal(['Netflix', 'BBC'])
  })
})
