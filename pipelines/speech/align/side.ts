import { classes } from '../../visemes/ears.ts'
import { breath } from '../../visemes/phones.ts'
import {
  coefficients,
  comparable,
  type Moments,
  mouthOf,
  openMoments,
  ownWide,
  readPart,
  type Scale,
} from './features.ts'
import { bands } from './mel.ts'
import type { Tape } from './tape.ts'

/** One of the two sounds that are compared, gone through once: what is known of the whole of it. */
export type Side = {
  readonly tape: Tape
  readonly scale: Scale
  readonly moments: Moments
  /** Where its blocks begin, one where the last before it ends, and the end of the last. */
  readonly starts: Int32Array
  /** By block: means of the cepstra, and of the square roots of what mouths say. */
  readonly cepstra: Float32Array
  readonly mouths: Float32Array | undefined
}
/** By frame: how loud it is, in nats, and how much it is a mouth that speaks: 0 to 1. */
type Course = { readonly levels: Float32Array; readonly voiced: Float32Array }

/** Frames that are looked at together. */
const part = 3000

/** @param counts the frames that the moments are those of */
export async function goThrough(
  tape: Tape,
  scale: Scale,
  starts: Int32Array,
  counts: (frame: number) => boolean,
  signal: AbortSignal,
): Promise<{ readonly side: Side; readonly course: Course }> {
  const frames = tape.frames()
  const heard = tape.wide > bands
  const blocks = starts.length - 1
  const cepstra = new Float32Array(blocks * coefficients)
  const mouths = heard ? new Float32Array(blocks * classes) : undefined
  const course = { levels: new Float32Array(frames), voiced: new Float32Array(frames).fill(1) }
  const moments = openMoments(ownWide)
  let block = 0
  for (let from = 0; from < frames; from += part) {
    signal.throwIfAborted()
    const { rows, levels, features } = await readPart(tape, scale, from, Math.min(frames, from + part))
    course.levels.set(levels, from)
    for (let row = 0; row < levels.length; row++) {
      const frame = from + row
      if (counts(frame)) moments.take(features, row)
      while (frame >= (starts[block + 1] ?? frames)) block++
      const weight = 1 / ((starts[block + 1] ?? 0) - (starts[block] ?? 0))
      for (let k = 0; k < coefficients; k++) {
        const at = block * coefficients + k
        cepstra[at] = (cepstra[at] ?? 0) + weight * (features[row * ownWide + k] ?? 0)
      }
      if (!mouths) continue
      for (let shape = 0; shape < classes; shape++) {
        const at = block * classes + shape
        mouths[at] = (mouths[at] ?? 0) + weight * mouthOf(rows, row, shape)
      }
      course.voiced[frame] = 1 - mouthOf(rows, row, 0) ** 2 - mouthOf(rows, row, breath) ** 2
    }
  }
  return { side: { tape, scale, moments: moments.end(), starts, cepstra, mouths }, course }
}

/** A row of this many numbers for each of the frames [from, to), to be compared with those of the other side. */
export const wideOf = ({ tape }: Side): number => ownWide + tape.wide - bands

export async function featuresOf(
  { tape, scale, moments }: Side,
  from: number,
  to: number,
): Promise<Float32Array> {
  const { rows, features } = await readPart(tape, scale, from, to)
  const mouth = tape.wide > bands ? (row: number, shape: number) => mouthOf(rows, row, shape) : undefined
  return comparable(features, ownWide, moments, mouth)
}

/** A row for each block, to be compared with those of the other side. */
export function blocksOf(
  { cepstra, mouths, starts }: Side,
  counts: (block: number) => boolean,
): Float32Array {
  const moments = openMoments(coefficients)
  for (let block = 0; block < starts.length - 1; block++) if (counts(block)) moments.take(cepstra, block)
  const mouth = mouths && ((block: number, shape: number) => mouths[block * classes + shape] ?? 0)
  return comparable(cepstra, coefficients, moments.end(), mouth)
}
