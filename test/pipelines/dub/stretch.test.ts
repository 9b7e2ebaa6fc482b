import { expect } from 'chai'
import fc from 'fast-check'
import { stretch } from '../../../pipelines/dub/stretch.ts'
import { resample } from '../../../pipelines/resample.ts'

const rate = 48_000
const tone = (length: number, hertz: number, at = rate) =>
  Float32Array.from({ length }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / at))
const crossings = (samples: Float32Array) =>
  samples.reduce((count, sample, at) => count + (sample >= 0 && (samples[at - 1] ?? 0) < 0 ? 1 : 0), 0)
const level = (samples: Float32Array) =>
  10 * Math.log10((2 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length)
const steepest = (samples: Float32Array) =>
  samples.reduce((most, sample, at) => Math.max(most, Math.abs(sample - (samples[at - 1] ?? sample))), 0)

describe('stretched sound', () => {
  it('is as long as was asked, to the sample, whatever it was and becomes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), (own, asked) => {
        const out = stretch(tone(own, 220), asked)
        expect(out.length).to.equal(asked)
        expect(out.every(sample => Math.abs(sample) <= 0.501)).to.equal(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same sound when the length is the same', () => {
    expect(stretch(tone(5000, 220), 5000)).to.deep.equal(tone(5000, 220))
  })

  it('begins and ends as the sound does', () => {
    const own = Float32Array.from({ length: 30_000 }, (_, at) => Math.sin(at * at * 1e-5))
    for (const length of [23_456, 36_001]) {
      const out = stretch(own, length)
      expect([...out.subarray(0, 400)]).to.deep.equal([...own.subarray(0, 400)])
      expect(out.at(-1)).to.be.closeTo(own.at(-1) ?? 0, 0.02)
    }
  })

  for (const ratio of [0.77, 0.85, 0.9, 1.1, 1.2, 1.3])
    it(`keeps pitch and level, and does not click, at ${ratio} of its length`, () => {
      const own = tone(2 * rate, 140)
      const out = stretch(own, Math.round(own.length * ratio))
      expect(crossings(out) / out.length).to.be.closeTo(140 / rate, (140 / rate) * 0.01)
      expect(level(out)).to.be.closeTo(level(own), 0.2)
      expect(steepest(out)).to.be.below(steepest(own) * 1.35)
    })
})

describe('resampled sound', () => {
  const rates: readonly [from: number, to: number][] = [
    [22_050, 48_000],
    [24_000, 48_000],
    [16_000, 48_000],
    [44_100, 48_000],
    [96_000, 48_000],
  ]
  for (const [from, to] of rates)
    it(`from ${from} to ${to} Hz keeps its length, pitch and level`, () => {
      const out = resample(tone(from, 1000, from), from, to)
      expect(out.length).to.equal(to)
      const [middle, true_] = [out.subarray(1000, -1000), tone(to, 1000, to).subarray(1000, -1000)]
      const worst = middle.reduce(
        (most, sample, at) => Math.max(most, Math.abs(sample - (true_[at] ?? 0))),
        0,
      )
      expect(worst).to.be.below(0.001)
    })

  it('loses what the new rate can’t hold instead of folding it down', () => {
    const out = resample(tone(96_000, 30_000, 96_000), 96_000, 48_000)
    expect(level(out.subarray(1000, -1000))).to.be.below(-80)
  })

  it('at the same rate is the same', () => {
    const sound = tone(100, 440)
    expect(resample(sound, rate, rate)).to.equal(sound)
  })
})
