import { expect } from 'chai'
import fc from 'fast-check'
import type { Span } from '../../../pipelines/terms.ts'
import { closureF1, iou, shared, total, union } from '../../../pipelines/timing/measures.ts'

const spans = (...pairs: readonly (readonly [number, number])[]): Span[] =>
  pairs.map(([start, end]) => ({ start, end }))

describe('times held against times', () => {
  const cases: readonly [sentence: string, a: Span[], b: Span[], shared: number, iou: number][] = [
    ['the same', spans([0, 1000]), spans([0, 1000]), 1000, 1],
    ['half of each', spans([0, 1000]), spans([500, 1500]), 500, 1 / 3],
    ['one inside the other', spans([0, 1000]), spans([250, 750]), 500, 0.5],
    ['nothing in common', spans([0, 500]), spans([500, 900]), 0, 0],
    ['a pause on one side', spans([0, 400], [600, 1000]), spans([0, 1000]), 800, 0.8],
    ['nothing and nothing', [], [], 0, 1],
    ['something and nothing', spans([0, 10]), [], 0, 0],
    ['spans out of order and over each other', spans([500, 900], [0, 600]), spans([100, 200]), 100, 1 / 9],
  ]
  for (const [sentence, a, b, both, ratio] of cases)
    it(`are ${ratio.toFixed(2)} of their union for ${sentence}`, () => {
      expect(shared(a, b)).to.equal(both)
      expect(iou(a, b)).to.be.closeTo(ratio, 1e-9)
    })

  const some = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
      .map(([start, length]) => ({ start, end: start + length })),
    { maxLength: 8 },
  )
  it('are counted as counting every instant would', () =>
    fc.assert(
      fc.property(some, some, (a, b) => {
        const at = (all: readonly Span[], now: number) =>
          all.some(({ start, end }) => start <= now && now < end)
        const instants = Array.from({ length: 100 }, (_, now) => now)
        expect(total(a)).to.equal(instants.filter(now => at(a, now)).length)
        expect(shared(a, b)).to.equal(instants.filter(now => at(a, now) && at(b, now)).length)
        expect(union(a).every((span, turn, all) => span.start > (all[turn - 1]?.end ?? -1))).to.equal(true)
      }),
    ))

  const lips: readonly [theirs: number[], ours: number[], f1: number][] = [
    [[100, 500], [100, 500], 1],
    [[100, 500], [150, 560], 1],
    [[100, 500], [161, 500], 0.5],
    [[100], [100, 500, 900], 0.5],
    [[], [], 1],
    [[], [5], 0],
  ]
  for (const [theirs, ours, f1] of lips)
    it(`give lips at ${theirs} and ${ours} an F1 of ${f1}`, () =>
      expect(closureF1(theirs, ours)).to.equal(f1))
})
