import { expect } from 'chai'
import fc from 'fast-check'
import {
  frameOf,
  msOf,
  printTimecode,
  type Timecode,
  timecodeOf,
} from '../../../pipelines/subtitles/timecode.ts'

const drop = { rate: { num: 30_000, den: 1001 }, drop: true }
const nonDrop = { ...drop, drop: false }
const double = { rate: { num: 60_000, den: 1001 }, drop: true }

/** SMPTE ST 12-1: the counts 0 and 1 are left out of every minute but each tenth. */
const published: readonly (readonly [code: Timecode, frame: number])[] = [
  [[0, 0, 0, 0], 0],
  [[0, 0, 59, 29], 1799],
  [[0, 1, 0, 2], 1800],
  [[0, 1, 59, 29], 3597],
  [[0, 2, 0, 2], 3598],
  [[0, 9, 59, 29], 17_981],
  [[0, 10, 0, 0], 17_982],
  [[0, 11, 0, 2], 19_782],
  [[1, 0, 0, 0], 107_892],
  [[10, 0, 0, 0], 1_078_920],
  [[24, 0, 0, 0], 2_589_408],
]

describe('time codes', () => {
  for (const [code, frame] of published)
    it(`${printTimecode(code, true)} is frame ${frame}`, () => {
      expect(frameOf(code, drop)).to.equal(frame)
      expect(timecodeOf(frame, drop)).to.deep.equal(code)
    })

  it('leave 108 counts out of an hour, which keeps them within four milliseconds of the clock', () => {
    expect(frameOf([1, 0, 0, 0], nonDrop) - frameOf([1, 0, 0, 0], drop)).to.equal(108)
    expect(msOf([1, 0, 0, 0], drop)).to.equal(3_599_996)
    expect(msOf([1, 0, 0, 0], nonDrop)).to.equal(3_603_600)
  })

  it('leave out four at 59.94, 35964 frames for ten minutes', () => {
    expect(frameOf([0, 10, 0, 0], double)).to.equal(35_964)
    expect(timecodeOf(3600, double)).to.deep.equal([0, 1, 0, 4])
  })

  it('never name a count that is left out, and name every frame once', () => {
    fc.assert(
      fc.property(fc.nat(2_589_407), frame => {
        const [h, m, s, f] = timecodeOf(frame, drop)
        expect(m % 10 !== 0 && s === 0 && f < 2).to.equal(false)
        expect(frameOf([h, m, s, f], drop)).to.equal(frame)
        expect(frameOf(timecodeOf(frame, nonDrop), nonDrop)).to.equal(frame)
      }),
      { numRuns: 2000 },
    )
  })
})
