/** How sure it is that these words are said in these rows. */
import { type Forced, forceWords, type SaidWord } from './forced.ts'

export type Weighed = {
  readonly forced: Forced
  /** Nats a row by which the words suit the sound better than the same shapes in other orders: about 0 when others are said. */
  readonly margin: number
  readonly rows: number
}

/**
 * Weighs words against themselves backwards and turned about their middle: the same shapes in the same number, as long to
 * say, and in any voice and noise just as hard to hear, but not what is said.
 */
export function weigh(
  scores: Float32Array,
  rows: number,
  words: readonly SaidWord[],
  alone: boolean,
): Weighed | undefined {
  const laying = { alone, optional: false }
  const forced = forceWords(scores, rows, [words], laying)
  if (!forced) return undefined
  const others = [backwards(words), turned(words)].flatMap(other => {
    const fit = forceWords(scores, rows, [other], laying)?.fit
    return fit === undefined ? [] : [fit]
  })
  const mean = others.reduce((sum, fit) => sum + fit, 0) / Math.max(1, others.length)
  const spoken = forced.steps.filter(({ word }) => word >= 0).length
  return { forced, margin: ((forced.fit - mean) * rows) / Math.max(1, spoken), rows: spoken }
}

const first = (words: readonly SaidWord[]): SaidWord[] =>
  words.map(({ ways }) => ({ ways: ways.slice(0, 1) }))

const backwards = (words: readonly SaidWord[]): SaidWord[] =>
  first(words)
    .reverse()
    .map(({ ways }) => ({ ways: ways.map(way => ({ ...way, shapes: [...way.shapes].reverse() })) }))

/** The second half before the first, cut between shapes. */
function turned(words: readonly SaidWord[]): SaidWord[] {
  const shapes = first(words).flatMap(({ ways }) => ways[0]?.shapes ?? [])
  const half = Math.ceil(shapes.length / 2)
  return [shapes.slice(half), shapes.slice(0, half)].map(part => ({ ways: [{ shapes: part, cost: 0 }] }))
}
