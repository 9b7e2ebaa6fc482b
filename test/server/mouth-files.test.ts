import { expect } from 'chai'
import { cueFormats, presets } from '../../pipelines/index.ts'
import type { Blob, Draft, Take } from '../../pipelines/terms.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { cueFormatNames, cuePresetNames } from '../../server/contract.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { draft, spoken } from '../support/draft.ts'

describe('mouth cues of an episode', () => {
  let app: TestApp
  let lead: Client
  const episodes: Record<string, string> = {}
  const cues = (episode: string, language: string, query: Record<string, string>) =>
    lead.send('GET', `/api/episodes/${episodes[episode]}/mouth/${language}?${new URLSearchParams(query)}`)

  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
    const { id: series } = await lead.ask(
      'newSeries',
      {},
      { title: 'Pilot', language: 'ja', targets: ['en'] },
    )
    const sound = (hertz: number, seconds: number) =>
      app.blobs.keepBytes(encodeWav(new Float32Array(hertz * seconds), hertz), 'audio/wav')
    const [ears, take] = [await sound(16_000, 7), await sound(48_000, 0.9)]
    const drawn = async (number: string, more: Partial<Draft>) => {
      const media = { name: 'film.mp4', bytes: Buffer.from(`film ${number}`) }
      const { id } = await lead.ingest(series, number, { media })
      await app.draw(id, more)
      episodes[number] = id
    }
    const spokenBy = (sound: Blob): Draft => ({
      ...draft,
      media: { ...draft.media, ears },
      versions: draft.versions.map(version => ({
        ...version,
        dub: { ...version.dub, takes: [{ ...spoken, sound } as Take] },
      })),
    })
    await drawn('1', spokenBy(take))
    await drawn(
      '2',
      spokenBy({ ...take, sealed: { digest: take.digest, bytes: 1, actors: [], entries: [] } }),
    )
    await drawn('3', {})
  })
  after(() => app.close())

  it('are of the original’s language: shut, but where a line is said', async () => {
    const answer = await cues('1', 'ja', { format: 'csv', fps: '12', preset: 'phonetic' })
    expect(answer.status).to.equal(200)
    expect(answer.headers.get('content-disposition')).to.equal('attachment; filename="1 ja.csv"')
    const rows = (await answer.text()).trim().split('\n').slice(1)
    const shown = rows.map(row => row.split(',')[2])
    expect(shown).to.have.length(7 * 12)
    // Lines at 1–2, 3–4.5 and 5–6 s, each opened 60 ms before it sounds: the most of a picture of 83 ms.
    expect(shown.filter(drawing => drawing === 'aa')).to.have.length(3.5 * 12 + 3)
    expect([shown[0], shown[18], shown[30], shown[42]]).to.deep.equal(['sil', 'aa', 'sil', 'aa'])
  })

  it('are of a dub where its takes lie, and of one character', async () => {
    const answer = await cues('1', 'en', { format: 'tsv', speaker: 'ハル', fps: '24' })
    expect(answer.headers.get('content-disposition')).to.contain(encodeURIComponent('1 en ハル.tsv'))
    expect(await answer.text()).to.match(/^0\.00\tX\n(0\.9\d|1\.00)\tC\n1\.9\d\tX\n/)
    expect((await cues('1', 'en', { format: 'tsv', speaker: 'トメ' })).status).to.equal(404)
  })

  it('are of one line, from its beginning', async () => {
    const answer = await cues('1', 'ja', { format: 'json', line: 'l2' })
    const { metadata, mouthCues } = (await answer.json()) as { metadata: object; mouthCues: object[] }
    expect(metadata).to.deep.equal({ soundFile: '1 ja l2', duration: 1.5 })
    expect(mouthCues).to.deep.equal([{ start: 0, end: 1.5, value: 'C' }])
  })

  it('are not drawn from a person’s voice, which is sealed', async () => {
    expect((await cues('2', 'en', { format: 'tsv' })).status).to.equal(403)
    expect((await cues('2', 'ja', { format: 'tsv' })).status).to.equal(200)
  })

  const refusals: readonly [string, string, string, Record<string, string>, number][] = [
    ['an unknown format', '1', 'ja', { format: 'exe' }, 400],
    ['no frame rate', '1', 'ja', { format: 'tsv', fps: 'often' }, 400],
    ['a word nobody knows', '1', 'ja', { format: 'tsv', why: 'not' }, 400],
    ['a language that is not spoken', '1', 'fr', { format: 'tsv' }, 404],
    ['a line that is not there', '1', 'ja', { format: 'tsv', line: 'l9' }, 404],
    ['an episode that is not made yet', '3', 'ja', { format: 'tsv' }, 404],
  ]
  for (const [what, episode, language, query, status] of refusals)
    it(`are refused for ${what} with ${status}`, async () =>
      expect((await cues(episode, language, query)).status).to.equal(status))

  it('come in every format and preset there is', async () => {
    expect([...cueFormatNames].sort()).to.deep.equal(Object.keys(cueFormats).sort())
    expect([...cuePresetNames].sort()).to.deep.equal(Object.keys(presets).sort())
    for (const format of cueFormatNames)
      expect((await cues('1', 'en', { format })).headers.get('content-type')).to.match(/^text\/plain/)
  })
})
