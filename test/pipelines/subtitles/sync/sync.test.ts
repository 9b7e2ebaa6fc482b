import { expect } from 'chai'
import type { Document } from '../../../../pipelines/subtitles/document.ts'
import { referenceOf } from '../../../../pipelines/subtitles/sync/reference.ts'
import { sync, synced } from '../../../../pipelines/subtitles/sync/sync.ts'
import type { Span } from '../../../../pipelines/terms.ts'
import { chance } from '../../../support/chance.ts'
import { episode, errorsOf, fates, heard, later, scaled, trackOf } from '../../../support/episodes.ts'

/** Half of the lines are less off than the first figure, 95 in 100 less than the second. */
function errors(moved: Document | undefined, truth: readonly Span[]): readonly [number, number] {
  const all = errorsOf(moved, truth)
  return [
    all[all.length >> 1] ?? Number.POSITIVE_INFINITY,
    all[Math.floor(all.length * 0.95)] ?? Number.POSITIVE_INFINITY,
  ]
}

const spoken = episode(1)

const cases: readonly (readonly [
  sentence: string,
  track: readonly Span[],
  segments: number,
  ratio: number,
])[] = [
  ['leaves a track that fits', spoken, 1, 1],
  ['finds one offset, however large', spoken.map(later(0, 247_300)), 1, 1],
  ['finds that a track was made for 25 frames a second', spoken.map(scaled(24 / 25, 1200)), 1, 25 / 24],
  [
    'finds that a track was made for 24 and the film is 23.976',
    spoken.map(scaled(1000 / 1001, -400)),
    1,
    1001 / 1000,
  ],
  ['finds an advertisement', spoken.map(later(60, 92_000)), 2, 1],
  ['finds two', spoken.map(later(50, 61_000)).map(later(110, 125_000)), 3, 1],
  ['finds a scene that was cut short', spoken.map(later(80, -3000)), 2, 1],
]

describe('sync', () => {
  for (const [sentence, track, segments, ratio] of cases)
    it(sentence, () => {
      const document = trackOf(track)
      const found = sync(document, { speech: heard(spoken, 7) })
      expect(found.sure).to.equal(true)
      expect(found.segments).to.have.length(segments)
      expect(found.ratio).to.be.closeTo(ratio, 1e-9)
      // Half the lines within 50 ms and 95 in 100 within 800 are what alass is known for.
      const [half, most] = errors(synced(document, found), spoken)
      expect(half).to.be.below(50)
      expect(most).to.be.below(100)
    })

  it('says which lines moved by how much', () => {
    const found = sync(trackOf(spoken.map(later(60, 92_000))), { speech: spoken })
    expect(found.segments.map(({ from, to, lines }) => [from, to, lines])).to.deep.equal([
      ['c0', 'c59', 60],
      ['c60', 'c159', 100],
    ])
    expect(found.segments.map(({ offset }) => Math.round(offset / 10) * 10)).to.deep.equal([0, -92_000])
  })

  it('refuses rather than guesses', () => {
    const strangers = trackOf(episode(2))
    const unlike = sync(strangers, { speech: heard(spoken, 7) })
    expect([unlike.sure, unlike.why]).to.deep.equal([false, 'unlike'])
    expect(synced(strangers, unlike)).to.equal(undefined)
    expect(sync(trackOf(spoken.slice(0, 4)), { speech: spoken }).why).to.equal('few-lines')
    expect(sync(trackOf(spoken), { speech: [] }).why).to.equal('no-speech')
  })

  for (const [name, fate] of Object.entries(fates))
    it(`puts nothing wrong with confidence: ${name}`, () => {
      for (const seed of [1, 2]) {
        const { track, speech, truth } = fate(seed)
        const document = trackOf(track)
        const found = sync(document, { speech })
        if (!truth) expect([found.sure, synced(document, found)], `${seed}`).to.deep.equal([false, undefined])
        else if (found.sure) {
          const off = errorsOf(synced(document, found), truth)
          expect(off[Math.floor(off.length * 0.9)], `${seed}`).to.be.below(1000)
        }
      }
    })

  it('says that a part of it fits and another fits nowhere', () => {
    const { track, speech } = fates['its second half from another episode']?.(4) ?? { track: [], speech: [] }
    expect(sync(trackOf(track), { speech }).why).to.equal('partly')
  })

  it('goes by another track, in whatever language', () => {
    const found = sync(trackOf(spoken.map(later(0, 12_000))), referenceOf(trackOf(spoken)))
    expect([found.sure, found.segments[0]?.offset]).to.deep.equal([true, -12_000])
  })

  it('goes by the words where they are known, even where everybody speaks all the time', () => {
    const words =
      'the lantern on akari hill burned all night and nobody knew who had lit it before the rain came down from the north'.split(
        ' ',
      )
    const random = chance(5)
    const texts = spoken.map(() =>
      Array.from({ length: 7 }, () => words[Math.floor(random() * words.length)]).join(' '),
    )
    const words_ = spoken.map(({ start, end }, i) => ({ start, end, text: texts[i] ?? '' }))
    const found = sync(trackOf(spoken.map(later(60, 40_000)), texts), {
      speech: Array.from({ length: 60 }, (_, i) => ({ start: i * 10_000, end: i * 10_000 + 9900 })),
      words: words_,
    })
    expect(found.sure).to.equal(true)
    expect(found.segments.map(({ offset }) => Math.round(offset / 1000) + 0)).to.deep.equal([0, -40])
  })

  it('moves signs and notes with the lines around them', () => {
    const track = trackOf(spoken.map(later(60, 92_000)))
    const sign = {
      id: 's',
      start: (spoken[100]?.start ?? 0) + 92_000,
      end: (spoken[100]?.end ?? 0) + 92_000,
      kind: 'sign' as const,
      runs: [],
    }
    const document = { captions: [...track.captions, sign] }
    const moved = synced(document, sync(document, { speech: spoken }))
    expect(moved?.captions.at(-1)?.start).to.be.closeTo(spoken[100]?.start ?? 0, 30)
  })
})
