import { type Forced, pauseCost, type Step, silent } from './forced.ts'
import { visemes } from './phones.ts'
import { columns } from './scores.ts'

/** How far a sound's length lies from the synthesizer's at the line's pace: the deviation of its logarithm. */
const spread = 0.35
/** So many times longer than it would be nothing is, and any sound may last a quarter of a second. In rows of 10 ms. */
const [longest, any] = [4, 25]
/** Rows × shapes × lengths that are looked at, at most: half a minute of quick speech. What is longer stays as it is. */
const room = 60_000_000

/** A shape of a word, or the silence that may be between two words; `rows` is how long it would be. */
type Part = Step & { readonly rows: number; readonly most: number }

/**
 * The shapes that a text was forced into, laid once more by how long each of them takes the synthesizer at the pace of this line: a
 * sound that is hardly heard no longer shrinks to nothing (Viterbi with explicit durations; Rabiner 1989, IV.D).
 */
export function lasting(scores: Float32Array, rows: number, forced: Forced): Forced {
  const parts = partsOf(forced.steps)
  const looked = parts.reduce((sum, { most }) => sum + (most === 0 ? rows : most), 0) * rows
  const steps = parts.length > 1 && looked <= room ? laid(scores, rows, parts) : undefined
  return steps ? { ...forced, steps } : forced
}

function partsOf(steps: readonly Step[]): Part[] {
  const said = steps.filter(({ word, shape }, row) => word >= 0 && steps[row - 1]?.shape !== shape)
  const lasts = said.reduce((sum, { shape }) => sum + (shape.lasts ?? 0), 0)
  const pace = steps.filter(({ word }) => word >= 0).length / lasts
  if (!said.every(({ shape }) => shape.lasts) || !Number.isFinite(pace)) return []
  const pause: Part = { word: -1, shape: silent, rows: 0, most: 0 }
  const parts: Part[] = [pause]
  for (const [at, step] of said.entries()) {
    if (at > 0 && said[at - 1]?.word !== step.word) parts.push(pause)
    const own = Math.max(2, (step.shape.lasts ?? 0) * pace)
    parts.push({ ...step, rows: own, most: Math.max(any, Math.round(longest * own)) })
  }
  return [...parts, pause]
}

/** @returns undefined where the shapes don't go into so few rows */
function laid(scores: Float32Array, rows: number, parts: readonly Part[]): Step[] | undefined {
  const last = parts.length - 1
  const backs: Int32Array[] = []
  let before = new Float64Array(rows + 1).fill(Number.NEGATIVE_INFINITY)
  before[0] = 0
  for (const [turn, { shape, rows: own, most }] of parts.entries()) {
    const sums = sumsOf(scores, rows, visemes.indexOf(shape.viseme))
    const pause = most === 0
    // Before the first word and after the last, silence costs nothing; between two it does, and may be left out.
    const price = (length: number) =>
      pause ? (turn === 0 || turn === last ? 0 : pauseCost) : (Math.log(length / own) / spread) ** 2 / 2
    const prices = Float64Array.from({ length: (pause ? rows : Math.min(most, rows)) + 1 }, (_, at) =>
      price(at),
    )
    const now = pause ? before.slice() : new Float64Array(rows + 1).fill(Number.NEGATIVE_INFINITY)
    const back = Int32Array.from({ length: rows + 1 }, (_, row) => row)
    for (let start = 0; start <= rows; start++) {
      const so = (before[start] ?? 0) - (sums[start] ?? 0)
      if (so === Number.NEGATIVE_INFINITY) continue
      const reach = Math.min(prices.length - 1, rows - start)
      for (let length = pause ? 1 : 2; length <= reach; length++) {
        const value = so + (sums[start + length] ?? 0) - (prices[length] ?? 0)
        if (value > (now[start + length] ?? 0)) {
          now[start + length] = value
          back[start + length] = start
        }
      }
    }
    backs.push(back)
    before = now
  }
  if (before[rows] === Number.NEGATIVE_INFINITY) return undefined
  const steps: Step[] = []
  let end = rows
  for (let turn = last; turn >= 0; turn--) {
    const start = backs[turn]?.[end] ?? end
    const { word, shape } = parts[turn] ?? { word: -1, shape: silent }
    for (let row = start; row < end; row++) steps.push({ word, shape })
    end = start
  }
  return steps.reverse()
}

/** What a shape scores in all rows before each. */
function sumsOf(scores: Float32Array, rows: number, shape: number): Float64Array {
  const sums = new Float64Array(rows + 1)
  for (let row = 0; row < rows; row++) sums[row + 1] = (sums[row] ?? 0) + (scores[row * columns + shape] ?? 0)
  return sums
}
