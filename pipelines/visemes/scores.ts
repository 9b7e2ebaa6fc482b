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

/**
 * Log scores of the fifteen shapes, row after row. With `words`, for choosing among shapes that a text allows, the shapes
 * that are said often have no head start; a breath is a silence to both.
 */
export function scoresOf({ shapes, count }: Rows, words: boolean): Float32Array {
  const wide = visemes.length
  const out = new Float32Array(count * wide)
  for (let row = 0; row < count; row++)
    for (let shape = 0; shape < wide; shape++) {
      const value = shapes[row * classes + shape] ?? 0
      const heard = shape === 0 ? value + (shapes[row * classes + breath] ?? 0) : value
      out[row * wide + shape] = Math.log(heard + least) - (words ? (offsets[shape] ?? 0) : 0)
    }
  return out
}
