import { readFileSync } from 'node:fs'
import { classes, type Rows } from './ears.ts'
import { breath, visemes } from './phones.ts'

/** What the model's makers tell of it beside the graph: how often it answers what. */
const about = JSON.parse(readFileSync(new URL('../timing/model/viseme15.json', import.meta.url), 'utf8')) as {
  readonly priors: readonly number[]
}

/** Nothing is impossible to a model that hears through music. */
const least = 1e-4
/** How much of the answer is habit and is taken out of it: 0.6 by the prototype's measurements. */
const habit = 0.6
const offsets = visemes.map((_, shape) => habit * Math.log(about.priors[shape] ?? 1 / visemes.length))

/** Columns of a row of scores: the shapes, and whatever it may be (`anything`). */
export const columns = visemes.length + 1
export const anything = visemes.length
/** What it costs a row, in nats, to be something that no text explains: another's words, a cry. */
const unexplained = 1.5

/**
 * Log scores of the fifteen shapes and of anything, row after row. With `words`, for choosing among shapes that a text allows, the shapes
 * that are said often have no head start; a breath is a silence to both.
 */
export function scoresOf({ shapes, count }: Rows, words: boolean): Float32Array {
  const out = new Float32Array(count * columns)
  for (let row = 0; row < count; row++) {
    let best = Number.NEGATIVE_INFINITY
    for (let shape = 0; shape < anything; shape++) {
      const value = shapes[row * classes + shape] ?? 0
      const heard = shape === 0 ? value + (shapes[row * classes + breath] ?? 0) : value
      const score = Math.log(heard + least) - (words ? (offsets[shape] ?? 0) : 0)
      out[row * columns + shape] = score
      best = Math.max(best, score)
    }
    out[row * columns + anything] = Math.max(out[row * columns] ?? 0, best - unexplained)
  }
  return out
}
