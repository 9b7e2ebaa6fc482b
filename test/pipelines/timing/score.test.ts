import { expect } from 'chai'
import fc from 'fast-check'
import { byShare } from '../../../pipelines/timing/pace.ts'
import { heardIn, pairsOf, withRates } from '../../../pipelines/timing/pairs.ts'
import { lengthCompliance, type Pair, scoreDub, scoreLine } from '../../../pipelines/timing/score.ts'

const span = (start: number, end: number) => ({ start, end })
const one = (source: [number, number], dub: [number, number]): Pair => ({
  source: [span(...source)],
  dub: [span(...dub)],
})

describe('the score of a line', () => {
  type Case = readonly [
    sentence: string,
    pair: Pair,
    intersection: number,
    durations: number,
    iou: number,
    onset?: number,
    offset?: number,
  ]
  const cases: readonly Case[] = [
    ['that lies on its original', one([0, 2000], [0, 2000]), 1, 1, 1, 0, 0],
    // Half of the original is spoken over, yet the durations are alike: the two “overlaps” are two things.
    ['that is as long and a second late', one([0, 2000], [1000, 3000]), 0.5, 1, 0.333, 1000, 1000],
    ['that is twice as long', one([0, 2000], [0, 4000]), 1, 0.5, 0.5, 0, 2000],
    ['that is early and short', one([1000, 2000], [900, 1500]), 0.5, 0.6, 0.455, -100, -500],
    ['that is not dubbed', { source: [span(0, 1000)], dub: [] }, 0, 0, 0],
    ['over which nobody speaks', { source: [], dub: [] }, 1, 1, 1],
    [
      'that speaks through the original’s pause',
      { source: [span(0, 1000), span(2000, 3000)], dub: [span(0, 3000)] },
      1,
      0.667,
      0.667,
      0,
      0,
    ],
  ]
  for (const [sentence, pair, intersection, durations, iou, onset, offset] of cases)
    it(sentence, () => {
      const score = scoreLine(pair)
      expect(score).to.include({ intersection, durations, iou })
      expect([score.onset, score.offset]).to.deep.equal([onset, offset])
    })

  it('tells how much of the mouth’s flapping is spoken over, when there are flaps', () => {
    const score = scoreLine({ ...one([0, 1000], [0, 500]), flaps: [span(0, 400), span(600, 1000)] })
    expect(score.flaps).to.equal(0.5)
  })

  it('is never outside of 0 to 1, and the intersection over the union never above the others', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2000 }))
        .map(([start, length]) => span(start, start + length)),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(spans, spans, (source, dub) => {
        const { intersection, durations, iou } = scoreLine({ source, dub })
        for (const figure of [intersection, durations, iou]) expect(figure).to.be.within(0, 1)
        expect(iou).to.be.at.most(durations + 0.001)
        expect(iou).to.be.at.most(intersection + 0.001)
      }),
    )
  })
})

describe('the score of a dub', () => {
  const pairs: readonly Pair[] = [
    { ...one([0, 1000], [0, 1000]), rate: 1, speaker: 'A' },
    { ...one([2000, 3000], [2100, 3100]), rate: 1.1, speaker: 'A' },
    { ...one([4000, 5000], [3900, 5300]), rate: 1.4, speaker: 'B' },
    { ...one([6000, 7000], [6000, 7000]), rate: 0.99, speaker: 'A' },
    { source: [span(8000, 9000)], dub: [] },
  ]
  const { whole } = scoreDub(pairs)
  it('counts lines, and those over which nothing is said', () => {
    expect(whole).to.include({ lines: 5, silent: 1 })
  })
  it('takes the overlaps over all time together', () => {
    expect(whole.intersection).to.equal(0.78)
    expect(whole.durations).to.equal(
      Math.round((1000 * (1000 + 1000 + 1000 + 1000)) / (1000 + 1000 + 1400 + 1000 + 1000)) / 1000,
    )
    expect(whole.iou).to.equal(Math.round((1000 * 3900) / (5000 + 4400 - 3900)) / 1000)
  })
  it('tells how many lines keep a good pace, and how steady each speaker’s is', () => {
    expect(whole.rateCompliance).to.equal(0.75)
    expect(whole.smoothness).to.equal(0.9)
  })
  it('tells the median, the worst tenth and the tolerable share of late and early', () => {
    expect(whole.onset).to.deep.equal({ median: 100, p90: 100, within: 0.75 })
    expect(whole.offset).to.deep.equal({ median: 100, p90: 300, within: 0.75 })
  })
  it('leaves out what nobody knows', () => {
    expect(scoreDub([{ source: [span(0, 10)], dub: [] }]).whole).to.deep.equal({
      lines: 1,
      silent: 1,
      intersection: 0,
      durations: 0,
      iou: 0,
    })
  })
})

describe('length compliance', () => {
  const cases: readonly [source: string, dub: string, complies: number][] = [
    ['0123456789ab', '0123456789abc', 1],
    ['0123456789ab', '0123456789abcde', 0],
    ['0123456789', 'a far longer line than its original', 1],
    ['0123456789 ab', '0123456789ab', 1],
  ]
  for (const [source, dub, complies] of cases)
    it(`is ${complies} for ${[...dub].length} characters of ${[...source].length}`, () =>
      expect(lengthCompliance([{ source, dub }])).to.equal(complies))
})

describe('lines of two files', () => {
  const original = [span(0, 900), span(1100, 2000), span(4000, 5000)]
  const dub = [span(100, 2500), span(3800, 5200)]
  it('are the original’s speech between pauses, when nobody told them', () => {
    expect(pairsOf(original, dub)).to.deep.equal([
      {
        ...{ window: span(0, 2000), cell: span(0, 3000) },
        ...{ source: [span(0, 900), span(1100, 2000)], dub: [span(100, 2500)] },
      },
      {
        ...{ window: span(4000, 5000), cell: span(3000, 6000) },
        ...{ source: [span(4000, 5000)], dub: [span(3800, 5200)] },
      },
    ])
  })
  it('are those told, with what each side speaks nearer to them than to their neighbours', () => {
    const told = [
      { ...span(0, 1000), text: 'one' },
      { ...span(1000, 2100), text: 'two', speaker: 'A' },
    ]
    expect(pairsOf(original, dub, told)).to.deep.equal([
      {
        ...{ window: span(0, 1000), cell: span(0, 1000), text: 'one' },
        ...{ source: [span(0, 900)], dub: [span(100, 1000)] },
      },
      {
        ...{ window: span(1000, 2100), cell: span(1000, 3100), text: 'two', speaker: 'A' },
        ...{ source: [span(1100, 2000)], dub: [span(1000, 2500)] },
      },
    ])
  })
  it('have their words for speech, where those were timed', () => {
    const words = [
      { ...span(300, 800), text: 'one' },
      { ...span(1400, 1600), text: 'two' },
    ]
    expect(pairsOf(original, dub, [{ ...span(0, 2000), text: 'one two', words }])[0]?.source).to.deep.equal([
      span(300, 800),
      span(1400, 1600),
    ])
  })
  it('are said where they are heard, however early their captions come and long they linger', () => {
    const speech = [span(500, 1500), span(2000, 2600), span(2700, 3200), span(6000, 7000)]
    const exact = [span(500, 1500), span(2000, 3200), span(6000, 7000)]
    const shown = exact.map(({ start, end }) => ({ ...span(start - 200, end + 1000), text: `${start}` }))
    expect(heardIn(shown, speech).map(({ start, end }) => span(start, end))).to.deep.equal(exact)
    const late = speech.map(({ start, end }) => span(start + 200, end + 200))
    expect(pairsOf(speech, late, heardIn(shown, speech))).to.deep.equal(
      pairsOf(
        speech,
        late,
        exact.map(line => ({ ...line, text: `${line.start}` })),
      ),
    )
  })
  it('stand as they are told where nothing is heard, two speak at once, or their words were timed', () => {
    const words = [{ ...span(4100, 4900), text: 'two' }]
    const told = [
      { ...span(0, 2000), text: 'one' },
      { ...span(4000, 5000), text: 'two', words },
      { ...span(8000, 10_000), text: 'three', speaker: 'A' },
      { ...span(8000, 10_000), text: 'four', speaker: 'B' },
    ]
    const speech = [span(3900, 5100), span(8000, 10_000)]
    expect(heardIn([...told].reverse(), speech).map(({ start, end }) => span(start, end))).to.deep.equal(
      told.map(({ start, end }) => span(start, end)),
    )
  })
  it('know how fast the dub speaks by the words it says in them', async () => {
    const pace = {
      identity: 'test',
      hear: async (text: string, language: string) => byShare(text, language, 2.64),
    }
    const pairs = pairsOf(original, dub)
    const rated = await withRates(
      pairs,
      [{ ...span(0, 2000), text: 'said' }],
      'en',
      pace,
      new AbortController().signal,
    )
    expect(rated.map(({ rate, text }) => [rate, text])).to.deep.equal([
      [1.1, 'said'],
      [undefined, undefined],
    ])
  })
})
