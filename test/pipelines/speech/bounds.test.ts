import { expect } from 'chai'
import fc from 'fast-check'
import { type Frame, openBounds } from '../../../pipelines/speech/bounds.ts'

const quiet: Frame = { strict: false, lenient: false, level: -70 }
const sure: Frame = { strict: true, lenient: true, level: -20 }
const maybe: Frame = { strict: false, lenient: true, level: -40 }
const echo: Frame = { strict: true, lenient: true, level: -60 }

const times = (count: number, frame: Frame) => Array.from({ length: count }, () => frame)
function spans(...frames: Frame[][]): string[] {
  const bounds = openBounds()
  return [...frames.flat().flatMap(frame => bounds.next(frame)), ...bounds.end()].map(
    ({ start, end }) => `${start}-${end}`,
  )
}

const cases: readonly [says: string, frames: Frame[][], spans: string[]][] = [
  ['finds speech', [times(50, quiet), times(30, sure), times(100, quiet)], ['500-800']],
  ['finds none in silence', [times(200, quiet)], []],
  ['finds none in a detector’s whim alone', [times(200, maybe)], []],
  [
    'keeps a short pause inside',
    [times(50, quiet), times(30, sure), times(29, quiet), times(30, sure)],
    ['500-1390'],
  ],
  [
    'parts at a longer one',
    [times(50, quiet), times(30, sure), times(30, quiet), times(30, sure)],
    ['500-800', '1100-1400'],
  ],
  [
    'takes soft beginnings and endings along, 250 ms at most',
    [times(50, quiet), times(40, maybe), times(30, sure), times(40, maybe), times(50, quiet)],
    ['650-1450'],
  ],
  ['takes a click for nothing', [times(50, quiet), times(4, sure), times(50, quiet)], []],
  [
    'takes no echo along, 35 dB under the voice',
    [times(50, quiet), times(30, sure), times(20, echo), times(100, quiet)],
    ['500-800'],
  ],
  ['ends with the sound', [times(50, quiet), times(30, sure)], ['500-800']],
]

describe('the bounds of speech', () => {
  for (const [says, frames, expected] of cases)
    it(says, () => {
      expect(spans(...frames)).to.deep.equal(expected)
    })

  it('gives spans in order that do not touch, whatever it hears', () => {
    const frame = fc.record({
      strict: fc.boolean(),
      lenient: fc.boolean(),
      level: fc.integer({ min: -100, max: 0 }),
    })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 400 }), frames => {
        const bounds = openBounds()
        const found = [...frames.flatMap(one => bounds.next(one)), ...bounds.end()]
        for (const [i, span] of found.entries()) {
          expect(span.end - span.start).to.be.at.least(100)
          expect(span.start).to.be.at.least(i > 0 ? (found[i - 1]?.end ?? 0) + 1 : 0)
          expect(span.end).to.be.at.most(frames.length * 10)
        }
      }),
    )
  })
})
