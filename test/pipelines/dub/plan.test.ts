import { expect } from 'chai'
import fc from 'fast-check'
import { paces, place, samplesOf } from '../../../pipelines/dub/place.ts'
import { padPhrase } from '../../../pipelines/timing/pad.ts'
import { planLine } from '../../../pipelines/timing/plan.ts'
import { wording } from '../../support/wording.ts'

describe('a take of a planned line', () => {
  it('plays each phrase when the plan has it, where the voice takes the time that was foretold', () => {
    const sentence = fc
      .array(fc.stringMatching(/^[a-z]{2,9}[,.]?$/), { minLength: 2, maxLength: 10 })
      .map(words => words.join(' '))
    const window = fc.tuple(fc.integer({ min: 400, max: 1500 }), fc.integer({ min: 301, max: 900 }))
    let followed = 0
    fc.assert(
      fc.property(
        sentence,
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 400, max: 4000 }),
        (text, rows, ms) => {
          let time = 1000
          const windows = rows.map(([length, gap]) => {
            const start = time
            time += length + gap
            return { start, end: start + length }
          })
          const said = wording(text, ms)
          const room = { windows, before: 80, after: 300, screen: 'unknown' as const }
          const phrases = planLine(said, room).phrases.flatMap(phrase => padPhrase(phrase, said))
          // Faster than this the performance looks for a better place by itself, and tells when there is none.
          if (phrases.some(({ speaking, start, end }) => speaking / (end - start) > paces.good)) return
          const start = Math.min(1000, ...phrases.map(phrase => phrase.start))
          const end = Math.max(...phrases.map(phrase => phrase.end))
          const own = phrases.map(({ speaking }) => samplesOf(speaking))
          const places = place(own, { start, end, phrases }, end) ?? []
          expect(places).to.have.length(phrases.length)
          followed++
          phrases.forEach((phrase, index) => {
            const { at = 0, length = 0 } = places[index] ?? {}
            expect(start + at / 48).to.be.closeTo(phrase.start, 1)
            expect(length / 48).to.be.closeTo(phrase.end - phrase.start, 2)
          })
        },
      ),
      { numRuns: 200 },
    )
    expect(followed).to.be.above(50)
  })
})
