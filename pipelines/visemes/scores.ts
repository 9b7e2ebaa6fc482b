import { readFileSync } from 'node:fs'
import { classes, modelFile, type Rows } from './ears.ts'
import { breath, visemes } from './phones.ts'

/** Nothing is impossible to a model that hears through music. */
const least = 1e-4
/** How much of the answer is habit and is taken out of it: 0.6 by the prototype's measurements. */
const habit = 0.6

/** How often a model answers what, which its makers tell beside the graph. */
export function priorsOf(model: string): readonly number[] {
  const told = JSON.parse(readFileSync(model.replace(/onnx$/, 'json'), 'utf8')) as {
    readonly priors: readonly number[]
  }
  return told.priors
}

/** What is taken out of a model's scores. */
export function habitsOf(model: string): readonly number[] {
  const priors = priorsOf(model)
  return visemes.map((_, shape) => habit * Math.log(priors[shape] ?? 1 / visemes.length))
}
const shipped = habitsOf(modelFile)

/** Columns of a row of scores: the shapes, and whatever it may be (`anything`). */
export const columns = visemes.length + 1
export const anything = visemes.length
/** What it costs a row, in nats, to be something that no text explains: another's words, a cry. */
const unexplained = 1.5

/**
 * Sounds made behind the teeth: from outside one looks much like another. So they are heard together, else a vowel wins wherever the
 * ear is torn between two of them, and the mouth opens where it was surely narrow; which of them it is weighs but little beside that.
 */
export const behindTeeth: readonly boolean[] = visemes.map(viseme =>
  ['TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'ih'].includes(viseme),
)
export const little = 0.1

/**
 * Log scores of the fifteen shapes and of anything, row after row. With `words`, for choosing among shapes that a text allows, the shapes
 * that are said often have no head start, and each stands for itself; a breath is a silence to both.
 */
export function scoresOf({ shapes, count }: Rows, words: boolean, habits = shipped): Float32Array {
  const out = new Float32Array(count * columns)
  for (let row = 0; row < count; row++) {
    let best = Number.NEGATIVE_INFINITY
    let together = least
    if (!words)
      for (let shape = 0; shape < anything; shape++)
        if (behindTeeth[shape]) together += shapes[row * classes + shape] ?? 0
    for (let shape = 0; shape < anything; shape++) {
      const value = shapes[row * classes + shape] ?? 0
      const heard = Math.log((shape === 0 ? value + (shapes[row * classes + breath] ?? 0) : value) + least)
      const score = words
        ? heard - (habits[shape] ?? 0)
        : behindTeeth[shape]
          ? little * heard + (1 - little) * Math.log(together)
          : heard
      out[row * columns + shape] = score
      best = Math.max(best, score)
    }
    out[row * columns + anything] = Math.max(out[row * columns] ?? 0, best - unexplained)
  }
  return out
}
