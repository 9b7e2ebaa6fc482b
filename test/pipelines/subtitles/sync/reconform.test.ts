import { expect } from 'chai'
import fc from 'fast-check'
import type { Caption } from '../../../../pipelines/subtitles/document.ts'
import type { Print } from '../../../../pipelines/subtitles/songs/print.ts'
import { reconform } from '../../../../pipelines/subtitles/sync/reconform.ts'
import { chance } from '../../../support/chance.ts'

const hop = 32
/** A print of a sound that nobody else makes. */
function strange(seed: number, frames: number): number[] {
  const random = chance(seed)
  return Array.from({ length: frames }, () => Math.floor(random() * 2 ** 32))
}
/** The same sound after another encoder: one bit in thirty is another. */
function encoded(bits: readonly number[], seed: number): number[] {
  const random = chance(seed)
  return bits.map(one => {
    let mask = 0
    for (let i = 0; i < 32; i++) if (random() < 0.03) mask |= 1 << i
    return (one ^ mask) >>> 0
  })
}
const printOf = (bits: readonly number[]): Print => ({ hop, bits: Uint32Array.from(bits) })

/** An edit of a master: every second scene may be shortened to nothing, and something new may come before each. */
const edits = fc.array(
  fc.record({
    frames: fc.integer({ min: 250, max: 700 }),
    gone: fc.boolean(),
    fresh: fc.constantFrom(0, 0, 0, 260, 500),
  }),
  { minLength: 2, maxLength: 6 },
)

describe('an approved track on a late master of any edit', () => {
  it('reopens what was cut and only that, and moves the rest by what was put in and taken out', () => {
    fc.assert(
      fc.property(edits, fc.nat(1000), (scenes, seed) => {
        const was: number[] = []
        const is: number[] = []
        const captions: Caption[] = []
        const truth = new Map<string, number | undefined>()
        scenes.forEach(({ frames, gone, fresh }, i) => {
          const bits = strange(seed * 100 + i, frames)
          if (fresh > 0) is.push(...strange(seed * 100 + 50 + i, fresh))
          const [from, to] = [was.length * hop, is.length * hop]
          // One in the middle of each scene, well away from both edges.
          const id = `c${i}`
          const start = from + Math.round((frames * hop) / 2) - 600
          captions.push({ id, start, end: start + 1200, kind: 'dialogue', runs: [{ text: id, marks: {} }] })
          truth.set(id, gone ? undefined : start - from + to)
          was.push(...bits)
          if (!gone) is.push(...encoded(bits, seed + i))
        })
        const found = reconform({ captions }, printOf(was), printOf(is))
        expect(found.reopened.map(({ caption }) => caption).sort()).to.deep.equal(
          [...truth]
            .filter(([, at]) => at === undefined)
            .map(([id]) => id)
            .sort(),
        )
        for (const { id, start, end } of found.document.captions) {
          const wanted = truth.get(id)
          if (wanted === undefined) continue
          expect(start, id).to.be.closeTo(wanted, hop)
          expect(end - start).to.equal(1200)
          expect(found.kept.includes(id)).to.equal(captions.find(one => one.id === id)?.start === start)
        }
        // Nothing that nobody has seen goes unmentioned.
        const unseen = scenes.reduce((sum, { fresh }) => sum + fresh * hop, 0)
        const told = found.fresh.reduce((sum, { start, end }) => sum + end - start, 0)
        expect(told).to.be.closeTo(unseen, 1500 * scenes.length)
      }),
      { numRuns: 25 },
    )
  })
})
