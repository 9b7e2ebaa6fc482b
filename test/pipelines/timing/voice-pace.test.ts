import { expect } from 'chai'
import fc from 'fast-check'
import type { Take } from '../../../pipelines/terms.ts'
import {
  learnPace,
  pacesHeard,
  pacesOf,
  prior,
  speakingTime,
  voiceKey,
} from '../../../pipelines/timing/voice-pace.ts'
import { blobOf } from '../../support/draft.ts'

const voice = { kind: 'nobody', engine: 'espeak', preset: 'girl' } as const
const take = (line: string, own: readonly number[]): Take => ({
  line,
  state: 'spoken',
  start: 0,
  end: 1000,
  voice,
  sound: blobOf(line, 'audio/wav'),
  stretch: 1,
  own,
})
const phrase = (foretold: number) => ({ start: 0, end: 1000, text: 'a', foretold })

describe('the pace of a voice', () => {
  it('is the synthesizer’s before anything was heard of it', () => {
    expect(learnPace([])).to.deep.equal(prior)
    expect(speakingTime(1234, prior)).to.equal(1234)
  })

  it('is nudged by one take and known after a few', () => {
    const a = (count: number) =>
      learnPace(
        Array.from({ length: count }, (_, at) => ({
          foretold: 900 + 300 * at,
          took: 1.2 * (900 + 300 * at),
        })),
      ).a
    expect(a(1)).to.be.within(1.05, 1.17)
    expect(a(6)).to.be.within(1.13, 1.2)
    expect(a(60)).to.be.closeTo(1.2, 0.01)
  })

  it('finds the silence at a voice’s edges, too', () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({
      foretold: 300 + 100 * at,
      took: 1.1 * (300 + 100 * at) + 80,
    }))
    const { a, b } = learnPace(rows)
    expect(a).to.be.closeTo(1.1, 0.02)
    expect(b).to.be.within(60, 90)
  })

  it('does not depend on the order in which takes arrive', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            foretold: fc.integer({ min: 200, max: 6000 }),
            took: fc.integer({ min: 200, max: 6000 }),
          }),
        ),
        rows => {
          expect(learnPace(rows)).to.deep.equal(learnPace(rows.toReversed()))
        },
      ),
    ))

  it('foretells better than the synthesizer what the voice takes for other lines', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.75, max: 1.3, noNaN: true }),
        fc.integer({ min: -80, max: 80 }),
        fc.array(fc.integer({ min: 400, max: 5000 }), { minLength: 8, maxLength: 20 }),
        fc.integer({ min: 500, max: 4000 }),
        (a, b, lines, other) => {
          const pace = learnPace(lines.map(foretold => ({ foretold, took: a * foretold + b })))
          const truth = a * other + b
          const error = (said: number) => Math.abs(said - truth)
          // Within 3 % or 40 ms, or else nearer than without having heard it.
          if (error(speakingTime(other, pace)) > Math.max(40, 0.03 * truth))
            expect(error(speakingTime(other, pace))).to.be.below(error(other) + 1)
        },
      ),
    ))

  it('is learned by voice and language, from spoken takes whose phrases are those foretold', () => {
    const lines = [
      { id: 'a', phrases: [phrase(1000), phrase(500)] },
      { id: 'b', phrases: [phrase(1000)] },
    ]
    const takes: Take[] = [
      take('a', [1200, 600]),
      take('b', [9000, 9000]),
      { line: 'c', state: 'unspoken', reason: 'empty' },
    ]
    const paces = pacesHeard(takes, lines, 'en')
    expect(Object.keys(paces)).to.deep.equal([voiceKey(voice, 'en')])
    expect(paces[voiceKey(voice, 'en')]?.a).to.be.within(1.1, 1.2)
    const { kind, engine, preset } = voice
    expect(voiceKey({ preset, engine, kind }, 'en')).to.equal(voiceKey(voice, 'en'))
    const cast = { ハル: voice, ミナ: { ...voice, preset: 'man' } }
    expect(pacesOf({ takes, cast }, { lines: [], language: 'en' })).to.deep.equal({
      ハル: prior,
      ミナ: prior,
    })
  })
})
