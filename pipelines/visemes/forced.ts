/** Which shape of a text is said when: the best way through the rows for the words' shapes in their order (Viterbi). */
import { type Shape, visemes } from './phones.ts'
import { anything, columns } from './scores.ts'

/** A way to say a word, and what the sound must speak for it beyond the likeliest, in nats. */
export type Way = { readonly shapes: readonly Shape[]; readonly cost: number }
/** A word and the ways it may be said. A word without a way is passed over. */
export type SaidWord = { readonly ways: readonly Way[] }

/** A row is silence (−1) or this word's shape; words are counted through all lines. */
export type Step = { readonly word: number; readonly shape: Shape }

export const silent: Shape = { viseme: 'sil', openness: 0 }
/** A silence between two words of a line, in nats: the sound must speak for it. */
export const pauseCost = 2
/** Rows × states that are looked at, at most: 3 minutes of quick speech; what is longer is no line. */
const room = 100_000_000

type Net = {
  readonly steps: readonly Step[]
  readonly index: Uint8Array
  /** For every state those it is reached from, and at what cost. A state that only stays is its own. */
  readonly from: readonly (readonly number[])[]
  readonly cost: readonly (readonly number[])[]
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/** How words lie in the rows. */
export type Laying = {
  /** Only these words and silence are heard; else what is around them may be anything. */
  readonly alone: boolean
  /** Not every line need be said. */
  readonly optional: boolean
}
/** What it costs to leave a line out. */
const leaveCost = 3

/**
 * A shape lasts at least 20 ms and is two states in a row, of which the second may stay. Between words there may be silence;
 * before the first line, between two and after the last silence or anything.
 */
function layNet(lines: readonly (readonly SaidWord[])[], { alone, optional }: Laying): Net {
  const steps: Step[] = []
  const from: number[][] = []
  const cost: number[][] = []
  const index: number[] = []
  const add = (step: Step, as: number, sources: readonly number[], stays: boolean, price = 0) => {
    const state = steps.push(step) - 1
    index.push(as)
    from.push(stays ? [state, ...sources] : [...sources])
    cost.push(stays ? [0, ...sources.map(() => price)] : sources.map(() => price))
    return state
  }
  const still: Step = { word: -1, shape: silent }
  const rest = alone ? 0 : anything
  let between = add(still, rest, [], true)
  const first = [between]
  let last = [between]
  let word = -1
  lines.forEach((line, turn) => {
    let ends = turn === 0 || !optional ? last : [between]
    let said = false
    for (const { ways } of line) {
      word++
      const possible = ways.filter(way => way.shapes.length > 0)
      if (possible.length === 0) continue
      const pause = said ? [add(still, 0, ends, true, pauseCost)] : []
      const tails = possible.map(way => {
        let sources = [...ends, ...pause]
        way.shapes.forEach((shape, at) => {
          const as = visemes.indexOf(shape.viseme)
          const one = add({ word, shape }, as, sources, false, at === 0 ? way.cost : 0)
          if (at === 0 && !said && turn === 0) first.push(one)
          sources = [add({ word, shape }, as, [one], true)]
        })
        return sources[0] ?? between
      })
      said = true
      ends = tails
    }
    if (!said) return
    const before = between
    between = add(still, rest, ends, true)
    if (optional) {
      from[between]?.push(before)
      cost[between]?.push(leaveCost)
    }
    last = [...ends, between]
  })
  return { steps, index: Uint8Array.from(index), from, cost, first, last }
}

export type Forced = {
  readonly steps: readonly Step[]
  /** Mean log score of a row under the words, less that of its best shape without them: 0 at best, else below. */
  readonly fit: number
}

/** @returns undefined when the words don't go into so few rows, or there are too many of both */
export function forceWords(
  scores: Float32Array,
  rows: number,
  lines: readonly (readonly SaidWord[])[],
  laying: Laying,
): Forced | undefined {
  const net = layNet(lines, laying)
  const { steps, index, from } = net
  const states = steps.length
  if (rows * states > room || rows < 1) return undefined
  // One array of all sources: to walk through arrays of arrays takes three times as long.
  const sources = Int32Array.from(from.flat())
  const prices = Float64Array.from(net.cost.flat())
  const ends = new Int32Array(states)
  let count = 0
  for (let state = 0; state < states; state++) ends[state] = count += from[state]?.length ?? 0
  let before = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
  let now = new Float64Array(states)
  const backs = new Uint8Array(rows * states)
  for (const state of net.first) before[state] = scores[index[state] ?? 0] ?? 0
  for (let row = 1; row < rows; row++) {
    for (let state = 0, at = 0; state < states; state++) {
      const first = at
      const end = ends[state] ?? 0
      let best = Number.NEGATIVE_INFINITY
      let back = 0
      for (; at < end; at++) {
        const value = (before[sources[at] ?? 0] ?? 0) - (prices[at] ?? 0)
        if (value > best) {
          best = value
          back = at - first
        }
      }
      backs[row * states + state] = back
      now[state] = best + (scores[row * columns + (index[state] ?? 0)] ?? 0)
    }
    ;[before, now] = [now, before]
  }
  let state = net.last.reduce((a, b) => ((before[b] ?? 0) > (before[a] ?? 0) ? b : a))
  const total = before[state] ?? Number.NEGATIVE_INFINITY
  if (total === Number.NEGATIVE_INFINITY) return undefined
  const path: Step[] = []
  for (let row = rows - 1; row >= 0; row--) {
    const step = steps[state]
    if (step) path.push(step)
    if (row > 0) state = from[state]?.[backs[row * states + state] ?? 0] ?? state
  }
  path.reverse()
  return { steps: path, fit: (total - bestOf(scores, rows)) / rows }
}

/** What the rows would score if every one could have the shape that suits it best. */
function bestOf(scores: Float32Array, rows: number): number {
  let total = 0
  for (let row = 0; row < rows; row++) {
    let best = Number.NEGATIVE_INFINITY
    for (let shape = 0; shape < anything; shape++) {
      const score = scores[row * columns + shape] ?? 0
      if (score > best) best = score
    }
    total += best
  }
  return total
}
