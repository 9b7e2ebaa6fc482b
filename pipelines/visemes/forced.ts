/** Which shape of a text is said when: the best way through the rows for the words' shapes in their order (Viterbi). */
import { type Shape, visemes } from './phones.ts'

/** A way to say a word, and what the sound must speak for it beyond the likeliest, in nats. */
export type Way = { readonly shapes: readonly Shape[]; readonly cost: number }
/** A word and the ways it may be said. A word without a way is passed over. */
export type SaidWord = { readonly ways: readonly Way[] }

/** A row is silence (−1) or this word's shape. */
export type Step = { readonly word: number; readonly shape: Shape }

const silent: Shape = { viseme: 'sil', openness: 0 }
/** A silence between two words of a line, in nats: the sound must speak for it. */
const pauseCost = 2
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

/**
 * A shape lasts at least 20 ms and is two states in a row, of which the second may stay; between words, before and after
 * them there may be silence.
 */
function layNet(words: readonly SaidWord[]): Net {
  const steps: Step[] = []
  const from: number[][] = []
  const cost: number[][] = []
  const add = (step: Step, sources: readonly number[], stays: boolean, price = 0) => {
    const state = steps.push(step) - 1
    from.push(stays ? [state, ...sources] : [...sources])
    cost.push(stays ? [0, ...sources.map(() => price)] : sources.map(() => price))
    return state
  }
  const start = add({ word: -1, shape: silent }, [], true)
  const first = [start]
  let ends = [start]
  let begun = false
  words.forEach(({ ways }, word) => {
    const said = ways.filter(way => way.shapes.length > 0)
    if (said.length === 0) return
    const tails: number[] = []
    for (const way of said) {
      let sources = ends
      way.shapes.forEach((shape, at) => {
        const one = add({ word, shape }, sources, false, at === 0 ? way.cost : 0)
        if (at === 0 && !begun) first.push(one)
        sources = [add({ word, shape }, [one], true)]
      })
      tails.push(...sources)
    }
    begun = true
    ends = [
      ...tails,
      add({ word: -1, shape: silent }, tails, true, word === words.length - 1 ? 0 : pauseCost),
    ]
  })
  const index = Uint8Array.from(steps, ({ shape }) => visemes.indexOf(shape.viseme))
  return { steps, index, from, cost, first, last: ends }
}

export type Forced = {
  readonly steps: readonly Step[]
  /** Mean log score a spoken row under the words, less that of the best shapes without them: 0 at best. */
  readonly loss: number
}

/** @returns undefined when the words don't go into so few rows, or there are too many of both */
export function forceWords(
  scores: Float32Array,
  rows: number,
  words: readonly SaidWord[],
): Forced | undefined {
  const net = layNet(words)
  const { steps, index, from, cost } = net
  const states = steps.length
  if (rows * states > room || rows < 1) return undefined
  const wide = visemes.length
  let before = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
  let now = new Float64Array(states)
  const backs = new Uint8Array(rows * states)
  for (const state of net.first) before[state] = scores[index[state] ?? 0] ?? 0
  for (let row = 1; row < rows; row++) {
    for (let state = 0; state < states; state++) {
      const sources = from[state] ?? []
      const prices = cost[state] ?? []
      let best = Number.NEGATIVE_INFINITY
      let back = 0
      for (let at = 0; at < sources.length; at++) {
        const value = (before[sources[at] ?? 0] ?? 0) - (prices[at] ?? 0)
        if (value > best) {
          best = value
          back = at
        }
      }
      backs[row * states + state] = back
      now[state] = best + (scores[row * wide + (index[state] ?? 0)] ?? 0)
    }
    ;[before, now] = [now, before]
  }
  let state = net.last.reduce((a, b) => ((before[b] ?? 0) > (before[a] ?? 0) ? b : a))
  if (before[state] === Number.NEGATIVE_INFINITY) return undefined
  const path: Step[] = []
  for (let row = rows - 1; row >= 0; row--) {
    const step = steps[state]
    if (step) path.push(step)
    if (row > 0) state = from[state]?.[backs[row * states + state] ?? 0] ?? state
  }
  path.reverse()
  return { steps: path, loss: lossOf(scores, path) }
}

function lossOf(scores: Float32Array, path: readonly Step[]): number {
  const wide = visemes.length
  let lost = 0
  let spoken = 0
  path.forEach(({ word, shape }, row) => {
    if (word < 0) return
    const own = scores.subarray(row * wide, (row + 1) * wide)
    lost += Math.max(...own) - (own[visemes.indexOf(shape.viseme)] ?? 0)
    spoken++
  })
  return spoken > 0 ? lost / spoken : 0
}
