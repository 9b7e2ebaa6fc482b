import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { envelope, joinSpans, reach, spansNear } from '../../../pipelines/dub/envelope.ts'
import { regionsOf, render, type Sources } from '../../../pipelines/dub/mix.ts'
import type { Span } from '../../../pipelines/terms.ts'
import { encodeWav, openWav } from '../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../support/stage.ts'

describe('the regions of a mix', () => {
  const cases: readonly [duration: number, count: number, last: number][] = [
    [0, 0, 0],
    [1, 1, 1],
    [10_000, 1, 10_000],
    [10_001, 2, 10_001],
    [1_440_000, 144, 1_440_000],
  ]
  for (const [duration, count, last] of cases)
    it(`of ${duration} ms are ${count}, end to end`, () => {
      const regions = regionsOf(duration)
      expect(regions).to.have.length(count)
      expect(regions.at(-1)?.end ?? 0).to.equal(last)
      expect(regions.map(({ start }) => start)).to.deep.equal(
        [0, ...regions.map(({ end }) => end)].slice(0, count),
      )
    })
})

describe('the way the original gives', () => {
  const spans = fc
    .array(fc.record({ start: fc.integer({ min: 0, max: 3000 }), length: fc.integer({ min: 1, max: 900 }) }))
    .map(rows => rows.map(({ start, length }): Span => ({ start, end: start + length })))

  it('is whole inside, nothing far away, and smooth between', () => {
    fc.assert(
      fc.property(spans, rows => {
        const values = envelope(rows, 0, 4500 * 48)
        const wrong = values.findIndex((value, at) => {
          const ms = at / 48
          const inside = rows.some(({ start, end }) => ms >= start && ms < end)
          const far = rows.every(({ start, end }) => ms < start - reach || ms > end + reach)
          const jumps = at > 0 && Math.abs(value - (values[at - 1] ?? 0)) > 0.001
          return (inside && value !== 1) || (far && value !== 0) || jumps
        })
        expect(wrong).to.equal(-1)
      }),
      { numRuns: 5 },
    )
  })

  it('depends on the place alone: far spans, and where a rendering began, change nothing', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 2500 }), (rows, start) => {
        const span = { start, end: start + 500 }
        const near = envelope(spansNear(rows, span), span.start * 48, 500 * 48)
        const whole = envelope(rows, 0, 3500 * 48).subarray(span.start * 48, span.end * 48)
        expect(Buffer.compare(bytes(near), bytes(whole))).to.equal(0)
      }),
      { numRuns: 15 },
    )
  })

  const joins: readonly [sentence: string, spans: Span[], others: Span[], expected: Span[]][] = [
    ['lasts through a short pause', [span(0, 1000), span(1500, 2000)], [], [span(0, 2000)]],
    ['ends in a long one', [span(1700, 2000), span(0, 1000)], [], [span(0, 1000), span(1700, 2000)]],
    [
      'ends where somebody else is heard in the pause',
      [span(0, 1000), span(1500, 2000)],
      [span(1100, 1400)],
      [span(0, 1000), span(1500, 2000)],
    ],
    ['is one where lines overlap', [span(0, 1000), span(500, 700)], [span(0, 3000)], [span(0, 1000)]],
  ]
  for (const [sentence, rows, others, expected] of joins)
    it(sentence, () => {
      expect(joinSpans(rows, others)).to.deep.equal(expected)
    })
})

describe('a mix', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  it('in pieces is the mix made whole, to the sample', async () => {
    const open = async (name: string, samples: Float32Array, channels: number) => {
      const path = join(bench.at.scratch, name)
      await writeFile(path, encodeWav(samples, 48_000, channels))
      return openWav(path)
    }
    const wave = (length: number, hertz: number) =>
      Float32Array.from({ length }, (_, at) => 0.3 * Math.sin((2 * Math.PI * hertz * at) / 48_000))
    const sources: Sources = {
      original: await open('original.wav', wave(200_000, 220), 2),
      me: await open('me.wav', wave(150_000, 330), 1),
      takes: [
        { at: 20_000, sound: await open('take.wav', wave(30_000, 440), 1) },
        { at: 47_000, sound: await open('other.wav', wave(30_000, 550), 1) },
      ],
    }
    const settings = { bedGain: -3, under: [span(400, 1100)], through: [span(1500, 1800)] }
    for (const kind of [sources, { original: sources.original, takes: sources.takes }]) {
      const whole = await render(0, 100_000, kind, settings)
      for (const cut of [1, 33_333, 48_000]) {
        const pieces = [
          await render(0, cut, kind, settings),
          await render(cut, 100_000 - cut, kind, settings),
        ]
        for (const channel of [0, 1] as const) {
          const joined = Buffer.concat(pieces.map(piece => bytes(piece[channel])))
          expect(Buffer.compare(joined, bytes(whole[channel]))).to.equal(0)
        }
      }
    }
    for (const wav of [sources.original, sources.me, ...sources.takes.map(take => take.sound)])
      await wav?.close()
  })
})

function span(start: number, end: number): Span {
  return { start, end }
}
function bytes(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}
