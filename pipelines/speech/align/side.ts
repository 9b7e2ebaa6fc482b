import { classes } from '../../visemes/ears.ts'
import { breath } from '../../visemes/phones.ts'
import { coefficients, openMoments, ownWide, readPart, type Scale, scaled, standardized } from './features.ts'
import type { Tape } from './tape.ts'

/** One of the two sounds that are compared: rows of it that stand for a frame each, or for a block of frames. */
export type Side = {
  readonly wide: { readonly frame: number; readonly block: number }
  /** Where its blocks begin, one where the last before it ends, and the end of the last. */
  readonly starts: Int32Array
  readonly frames: (from: number, to: number) => Promise<Float32Array>
  /** @param counts the blocks in which somebody speaks */
  readonly blocks: (counts: (block: number) => boolean) => Float32Array
}

/** Frames that are looked at together. */
const part = 3000

/**
 * By its cepstra, brought to zero mean and unit variance.
 * @param counts the frames that the moments are those of
 * @returns beside it how loud each frame is, in nats
 */
export async function bySound(
  tape: Tape,
  scale: Scale,
  starts: Int32Array,
  counts: (frame: number) => boolean,
  signal: AbortSignal,
): Promise<{ readonly side: Side; readonly levels: Float32Array }> {
  const levels = new Float32Array(tape.frames())
  const means = openMeans(starts, coefficients)
  const moments = openMoments(ownWide)
  for (let from = 0; from < tape.frames(); from += part) {
    signal.throwIfAborted()
    const heard = await readPart(tape, scale, from, Math.min(tape.frames(), from + part))
    levels.set(heard.levels, from)
    for (let row = 0; row < heard.levels.length; row++) {
      if (counts(from + row)) moments.take(heard.features, row)
      means.take(from + row, heard.features, row * ownWide)
    }
  }
  const whole = moments.end()
  const frames = async (from: number, to: number) =>
    standardized((await readPart(tape, scale, from, to)).features, ownWide, whole)
  const blocks = (spoken: (block: number) => boolean) => {
    const own = openMoments(coefficients)
    for (let block = 0; block < starts.length - 1; block++) if (spoken(block)) own.take(means.rows, block)
    return standardized(means.rows, coefficients, own.end())
  }
  return { side: { wide: { frame: ownWide, block: coefficients }, starts, frames, blocks }, levels }
}

/**
 * By what mouths say: rows of square roots, so that squared distances are Hellinger's.
 * @returns beside it how much of each frame is a mouth that speaks, 0 to 1
 */
export async function byMouths(
  tape: Tape,
  starts: Int32Array,
  signal: AbortSignal,
): Promise<{ readonly side: Side; readonly voiced: Float32Array }> {
  const voiced = new Float32Array(tape.frames())
  const means = openMeans(starts, classes)
  for (let from = 0; from < tape.frames(); from += part) {
    signal.throwIfAborted()
    const roots = scaled(await tape.read(from, Math.min(tape.frames(), from + part)), 1 / 255)
    for (let row = 0; row < roots.length / classes; row++) {
      const [sil = 0, open = 0] = [roots[row * classes], roots[row * classes + breath]]
      voiced[from + row] = 1 - sil ** 2 - open ** 2
      means.take(from + row, roots, row * classes)
    }
  }
  const weight = Math.sqrt(classes / strangers)
  const frames = async (from: number, to: number) => scaled(await tape.read(from, to), weight / 255)
  const blocks = () => scaled(means.rows, weight)
  return { side: { wide: { frame: classes, block: classes }, starts, frames, blocks }, voiced }
}

/** What one less the overlap of two answers is on average when they have nothing to do with each other. */
const strangers = 0.85

/** The means of blocks, of whose rows the first so many numbers count. Frames are taken in their order. */
function openMeans(starts: Int32Array, wide: number) {
  const rows = new Float32Array((starts.length - 1) * wide)
  let block = 0
  return {
    rows,
    take(frame: number, values: Float32Array, from: number): void {
      while (frame >= (starts[block + 1] ?? Number.POSITIVE_INFINITY)) block++
      const weight = 1 / ((starts[block + 1] ?? 0) - (starts[block] ?? 0))
      for (let k = 0; k < wide; k++) {
        const at = block * wide + k
        rows[at] = (rows[at] ?? 0) + weight * (values[from + k] ?? 0)
      }
    },
  }
}
