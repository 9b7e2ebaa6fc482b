import { expect } from 'chai'
import fc from 'fast-check'
import { askewOf, unbroken } from '../../../pipelines/timing/askew.ts'

const span = (start: number, end: number) => ({ start, end })

describe('a dub that lies off its original as a whole', () => {
  const lines = [span(1000, 3000), span(7000, 8200), span(12_000, 15_100), span(20_000, 20_900)]
  const moved = (by: number) => lines.map(({ start, end }) => span(start + by, end + by))

  it('is told by how much, early or late, to 10 ms', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 60_000 }), by => {
        const askew = askewOf(lines, moved(by))
        if (Math.abs(by) < 200) return
        // Where lines of other lengths come to lie on each other by chance, less is gained.
        if (!askew) {
          expect(Math.abs(by)).to.be.below(400)
          return
        }
        expect(askew.by).to.be.closeTo(by, 10)
        expect(askew.iou).to.be.above(0.98)
      }),
      { numRuns: 60 },
    )
  })
  it('is told by its beginnings, where its lines are shorter', () => {
    const short = moved(2500).map(({ start, end }) => span(start + 30, end - 700))
    expect(askewOf(lines, short)?.by).to.be.closeTo(2530, 20)
  })
  it('is none that keeps its own time, lies right, or says too little to tell', () => {
    expect(askewOf(lines, lines)).to.equal(undefined)
    expect(askewOf(lines, moved(90))).to.equal(undefined)
    expect(
      askewOf(
        lines,
        lines.map(({ start, end }, at) => span(start + 90 * at, end - 300)),
      ),
    ).to.equal(undefined)
    expect(askewOf(lines.slice(0, 2), moved(2500).slice(0, 2))).to.equal(undefined)
    expect(askewOf(lines, [])).to.equal(undefined)
  })
})

describe('speech without a pause', () => {
  it('is told where nobody could speak so long', () => {
    expect(unbroken([span(0, 9000), span(9200, 16_000)])).to.equal(16_000)
    expect(unbroken([span(0, 9000), span(9400, 16_000)])).to.equal(undefined)
    expect(unbroken([])).to.equal(undefined)
  })
})
