import { expect } from 'chai'
import fc from 'fast-check'
import type { Viseme } from '../../../pipelines/terms.ts'
import { type Forced, type Step, silent } from '../../../pipelines/visemes/forced.ts'
import { lasting } from '../../../pipelines/visemes/lasting.ts'
import { visemes } from '../../../pipelines/visemes/phones.ts'
import { columns } from '../../../pipelines/visemes/scores.ts'

type Said = readonly (readonly [viseme: Viseme, rows: number, lasts?: number])[]

/** Words of one shape each, as they were forced first. */
function forcedAs(said: Said): Forced {
  const steps = said.flatMap(([viseme, rows, lasts], word): Step[] => {
    const shape = viseme === 'sil' ? silent : { viseme, openness: 0, ...(lasts !== undefined && { lasts }) }
    return Array.from({ length: rows }, () => ({ word: viseme === 'sil' ? -1 : word, shape }))
  })
  return { steps, fit: -0.1 }
}
/** Scores of rows in which nothing is heard, but for silence where it is told. */
function heard(rows: number, quiet: (row: number) => boolean = () => false): Float32Array {
  const scores = new Float32Array(rows * columns).fill(-2)
  for (let row = 0; row < rows; row++) scores[row * columns] = quiet(row) ? 0 : -9
  return scores
}
const lengths = ({ steps }: Forced) => {
  const found: [string, number][] = []
  for (const [row, { shape }] of steps.entries()) {
    const last = found.at(-1)
    if (last && steps[row - 1]?.shape === shape) last[1]++
    else found.push([shape.viseme, 1])
  }
  return found
}

describe('shapes whose lengths are known', () => {
  it('share what can’t be heard by how long each of them takes', () => {
    const first = forcedAs([
      ['aa', 2, 200],
      ['SS', 56, 100],
      ['ih', 2, 300],
    ])
    expect(lengths(lasting(heard(60), 60, first))).to.deep.equal([
      ['aa', 20],
      ['SS', 10],
      ['ih', 30],
    ])
  })

  it('leave silence where it is heard', () => {
    const first = forcedAs([
      ['sil', 10],
      ['aa', 20, 100],
      ['sil', 10],
      ['SS', 20, 100],
      ['sil', 10],
    ])
    const scores = heard(70, row => row < 10 || row >= 60 || (row >= 30 && row < 40))
    expect(lengths(lasting(scores, 70, first))).to.deep.equal(lengths(first))
  })

  it('stay as they were where a length is not known, or nothing was said', () => {
    for (const first of [
      forcedAs([
        ['aa', 5, 100],
        ['SS', 5],
      ]),
      forcedAs([['sil', 10]]),
    ])
      expect(lasting(heard(10), 10, first)).to.equal(first)
  })

  it('fill every row, in their order, none shorter than 20 ms', () => {
    const some = fc.array(
      fc.tuple(
        fc.constantFrom(...visemes.slice(1)),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 10, max: 300 }),
      ),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.float({ min: -9, max: 0, noNaN: true })), (said, noise) => {
        const first = forcedAs(said)
        const rows = first.steps.length
        const scores = Float32Array.from({ length: rows * columns }, () => noise.next().value ?? 0)
        const found = lasting(scores, rows, first).steps
        expect(found).to.have.length(rows)
        const words = found.map(({ word }) => word).filter(word => word >= 0)
        expect(words).to.deep.equal(words.toSorted((a, b) => a - b))
        for (const word of said.keys())
          expect(words.filter(one => one === word).length, `word ${word}`).to.be.at.least(2)
      }),
      { numRuns: 60 },
    )
  })
})
