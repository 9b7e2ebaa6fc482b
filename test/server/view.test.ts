import { expect } from 'chai'
import type { Episode } from '../../server/store/episodes.ts'
import type { Worked } from '../../server/store/lines.ts'
import { type Known, type Progress, stepsOf, untouched, viewEpisode, viewRow } from '../../server/view.ts'
import { blobOf, draft } from '../support/draft.ts'

const episode: Episode = {
  id: 'e1',
  series: 's1',
  number: '1',
  title: 'Pilot',
  targets: ['en', 'es'],
  source: { file: blobOf('film', 'video/mp4'), name: 'film.mp4', language: 'ja' },
}
const approved: Worked = {
  line: 'l1',
  language: 'en',
  version: 1,
  change: { text: 'Morning!' },
  by: 'u1',
  approval: { by: 'u1', at: 0 },
  comments: [],
}
const known: Known = { episode, progress: { state: 'ready', steps: [] }, draft, worked: [approved] }
const pace = (language: string) =>
  language === 'en' ? { cps: 20, columns: 42, rows: 2, house: 'Netflix' } : undefined
const url = (name: string) => `/api/episodes/e1/blobs/${blobOf(name, '').digest}`

describe('what is seen of an episode', () => {
  const view = viewEpisode(known, pace)

  it('names every picture, sound and file by an address of this episode', () => {
    expect(view.proxy).to.equal(url('proxy'))
    expect(view.thumbnails).to.deep.equal([{ at: 500, url: url('thumbnail') }])
    expect(view.peaks).to.deep.equal([{ samples: 256, url: url('peaks') }])
    expect(view.tracks).to.deep.equal([
      { language: 'ja', format: 'srt', url: url('japanese subtitles') },
      { language: 'en', format: 'vtt', url: url('english subtitles') },
    ])
    expect(view.files.map(file => file.url)).to.deep.equal([
      '/api/episodes/e1/files/pilot.en.srt',
      '/api/episodes/e1/files/pilot%20%E2%80%93%20dub%20(en).wav',
    ])
  })

  it('gives the dub with the gain that brings its regions to their loudness', () => {
    expect(view.dubs).to.deep.equal([
      {
        language: 'en',
        regions: [
          { start: 0, end: 2500, url: url('first region') },
          { start: 2500, end: 7000, url: url('second region') },
        ],
        loudness: -27.1,
        gain: 4.5,
      },
    ])
  })

  it('counts lines, empty ones, approvals and findings, language by language', () => {
    expect(view.counts).to.deep.equal({
      ja: { lines: 3, empty: 0, approved: 0, findings: 0 },
      en: { lines: 3, empty: 2, approved: 1, findings: 1 },
      es: { lines: 3, empty: 3, approved: 0, findings: 0 },
    })
  })

  it('does not count a line as empty that a person has written', () => {
    const worked = [{ ...approved, line: 'l2' }]
    expect(viewEpisode({ ...known, worked }, pace).counts.en?.empty).to.equal(1)
  })

  it('says what subtitles are held to where a style is known', () => {
    expect(view.pace).to.deep.equal({ en: { cps: 20, columns: 42, rows: 2, house: 'Netflix' } })
  })

  it('is heard where there is no picture', () => {
    const { proxy: _, ...media } = { ...draft.media, probe: { ...draft.media.probe, video: [] } }
    const sound = viewEpisode({ ...known, draft: { ...draft, media } }, pace)
    expect(sound).to.include({ video: false, sound: url('original') })
    expect(sound).to.not.have.any.keys('proxy', 'frameRate')
  })

  it('stands before anything is made', () => {
    const early = viewEpisode({ episode, progress: untouched, draft: {}, worked: [] }, pace)
    expect(early).to.include({ state: 'waiting', title: 'Pilot' })
    expect(early).to.not.have.any.keys('duration', 'proxy', 'sound', 'way')
    expect(viewRow({ episode, progress: untouched, draft: {}, worked: [] })).to.not.have.property('thumbnail')
  })

  it('is a row with its first thumbnail in a list', () => {
    expect(viewRow(known)).to.include({ id: 'e1', duration: 7000, thumbnail: url('thumbnail') })
  })
})

describe('the parcel of an episode', () => {
  const old = { ...draft, parcel: { of: '0'.repeat(64), files: [] } }
  const { parcel: _, ...never } = draft
  const cases: readonly [says: string, known: Partial<Known>, parcel: string, files: number][] = [
    ['is current while nothing was changed since', {}, 'current', 2],
    ['is offered to nobody while work goes on', { progress: { state: 'running', steps: [] } }, 'old', 0],
    [
      'is offered to nobody when the work after it failed',
      { progress: { state: 'failed', steps: [] } },
      'old',
      0,
    ],
    ['of other work is known as such', { draft: old }, 'old', 0],
    ['is none where nobody asked for one', { draft: never }, 'none', 0],
    [
      'is being made while somebody waits for it',
      { draft: old, progress: { state: 'waiting', steps: [], parcel: true } },
      'making',
      0,
    ],
  ]
  for (const [says, more, parcel, files] of cases)
    it(says, () => {
      const view = viewEpisode({ ...known, ...more }, pace)
      expect([view.parcel, view.files.length]).to.deep.equal([parcel, files])
    })
})

describe('the steps of an episode', () => {
  it('are all listed from the beginning, in the order of the journey', () => {
    const steps = stepsOf(episode, untouched).map(({ step, of }) => (of ? `${step} ${of}` : step))
    expect(steps).to.deep.equal([
      'probe',
      'media',
      'activity',
      'speech',
      'transcript',
      'subtitles ja',
      'picture',
      'translation en',
      'timing en',
      'subtitles en',
      'dub en',
      'translation es',
      'timing es',
      'subtitles es',
      'dub es',
    ])
  })

  it('end with the parcel where somebody wants it, or had it made', () => {
    const last = (progress: Progress) => stepsOf(episode, progress).at(-1)?.step
    expect(last({ ...untouched, parcel: true })).to.equal('pack')
    expect(last({ state: 'ready', steps: [{ step: 'pack', state: 'done', fraction: 1 }] })).to.equal('pack')
  })

  it('stand as far as the machine says', () => {
    const dubbing = { step: 'dub', of: 'es', state: 'running', fraction: 0.5, left: 2000 } as const
    const steps = stepsOf(episode, { state: 'running', steps: [dubbing] })
    expect(steps.find(({ step, of }) => step === 'dub' && of === 'es')).to.equal(dubbing)
    expect(steps.find(({ step, of }) => step === 'dub' && of === 'en')?.state).to.equal('waiting')
  })
})
