import { expect } from 'chai'
import fc from 'fast-check'
import { paces, place, samplesOf } from '../../../pipelines/dub/place.ts'

/** In milliseconds, to be read. */
type Case = readonly [
  sentence: string,
  own: readonly number[],
  phrases: readonly (readonly [start: number, end: number])[],
  until: number,
  expected: readonly (readonly [at: number, length: number])[] | undefined,
]
const cases: readonly Case[] = [
  ['that fits is played as it is', [1000], [[0, 1000]], 1000, [[0, 1000]]],
  ['that is short is slowed to fill its time', [900], [[0, 1000]], 1000, [[0, 1000]]],
  ['that is much too short is slowed no further than 0.85', [510], [[0, 1000]], 1000, [[0, 600]]],
  ['that is long is sped up to fit', [1150], [[0, 1000]], 1000, [[0, 1000]]],
  [
    'that is too long for its phrase runs into the pause after it',
    [900, 300],
    [
      [0, 700],
      [1000, 1300],
    ],
    1300,
    [
      [0, 750],
      [1000, 300],
    ],
  ],
  [
    'whose first phrase would run into its second is said in one flow',
    [900, 300],
    [
      [0, 400],
      [500, 1260],
    ],
    1260,
    [
      [0, 900],
      [960, 300],
    ],
  ],
  ['that needs it is said as fast as 1.3', [1300], [[0, 1000]], 1000, [[0, 1000]]],
  ['that needs more runs into the silence after it', [1500], [[0, 1000]], 1300, [[0, 1153.83]]],
  ['that can’t be said even so has no place', [1700], [[0, 1000]], 1300, undefined],
  ['without silence after it has no place sooner', [1400], [[0, 1000]], 1000, undefined],
]

describe('a line', () => {
  for (const [sentence, own, phrases, until, expected] of cases)
    it(sentence, () => {
      const spans = phrases.map(([start, end]) => ({ start: 5000 + start, end: 5000 + end }))
      const line = { start: 5000, end: spans.at(-1)?.end ?? 5000, phrases: spans }
      const places = place(own.map(samplesOf), line, 5000 + until)
      const times = places?.map(({ at, length }) => [at / 48, length / 48])
      if (!expected) expect(times).to.equal(undefined)
      else
        expected.forEach(([at, length], index) => {
          expect(times?.[index]?.[0]).to.be.closeTo(at, 0.1)
          expect(times?.[index]?.[1]).to.be.closeTo(length, 0.1)
        })
    })

  it('is always said in order, in its time, at a bearable pace, whole, or not at all', () => {
    const phrase = fc.record({
      own: fc.integer({ min: 0, max: 200_000 }),
      pause: fc.integer({ min: 0, max: 800 }),
      length: fc.integer({ min: 1, max: 4000 }),
    })
    fc.assert(
      fc.property(
        fc.array(phrase, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 300 }),
        (phrases, rest, after) => {
          let time = 1000
          const spans = phrases.map(({ pause, length }) => {
            const start = time + pause
            time = start + length
            return { start, end: time }
          })
          const line = { start: 1000, end: time + rest, phrases: spans }
          const own = phrases.map(phrase => phrase.own)
          const places = place(own, line, line.end + after)
          if (!places) return
          expect(places).to.have.length(own.length)
          let free = 0
          places.forEach(({ at, length }, index) => {
            expect(at).to.be.at.least(free)
            free = at + length
            const natural = own[index] ?? 0
            if (natural > 100)
              expect(natural / length).to.be.within(paces.slowest - 0.001, paces.fastest + 0.02)
          })
          expect(free).to.be.at.most(samplesOf(line.end + after - line.start))
        },
      ),
      { numRuns: 500 },
    )
  })
})
