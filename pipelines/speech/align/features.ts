import { classes } from '../../visemes/ears.ts'
import type { Levels } from './listen.ts'
import { bands } from './mel.ts'
import { type Counts, energies, energyAt, type Tape } from './tape.ts'

/** Cepstral coefficients a frame, and with their slopes beside them. */
export const coefficients = 13
export const ownWide = 2 * coefficients

/** By band and byte of a tape's row: the energy it is taken for. */
export type Scale = Float32Array

/**
 * Brings the reference to the level of the recording, band by band, and both to the same floor: a synthesizer is silent
 * between its sounds where no recording is, and this decides whether the two can be compared at all.
 */
export function matchBands(sound: Levels, reference: Counts): { readonly sound: Scale; readonly own: Scale } {
  const [heard, own] = [new Float32Array(bands * 256), new Float32Array(bands * 256)]
  for (let band = 0; band < bands; band++) {
    const shift = energyAt(sound.spoken, band, 95) - energyAt(reference, band, 95)
    const floor = Math.max(energyAt(sound.all, band, 10), energyAt(reference, band, 10) + shift)
    for (const [byte, energy] of energies.entries()) {
      heard[band * 256 + byte] = logSum(energy, floor)
      own[band * 256 + byte] = logSum(energy + shift, floor)
    }
  }
  return { sound: heard, own }
}

const logSum = (a: number, b: number) =>
  a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))

const cosines = Float32Array.from({ length: coefficients * bands }, (_, at) => {
  const [k, band] = [Math.floor(at / bands), at % bands]
  return Math.sqrt(2 / bands) * Math.cos((Math.PI * k * (band + 0.5)) / bands) * (k === 0 ? Math.SQRT1_2 : 1)
})

/** A part of a tape: its rows, their loudness in nats, and their cepstra (orthonormal DCT-II) with slopes over five frames. */
export type Part = {
  readonly rows: Uint8Array
  readonly levels: Float32Array
  readonly features: Float32Array
}

export async function readPart(tape: Tape, scale: Scale, from: number, to: number): Promise<Part> {
  const first = Math.max(0, from - 2)
  const last = Math.min(tape.frames(), to + 2)
  const rows = await tape.read(first, last)
  const cepstra = new Float32Array((last - first) * coefficients)
  const levels = new Float32Array(last - first)
  const row = new Float32Array(bands)
  for (let frame = 0; frame < last - first; frame++) {
    for (let band = 0; band < bands; band++)
      row[band] = scale[band * 256 + (rows[frame * tape.wide + band] ?? 0)] ?? 0
    for (let k = 0; k < coefficients; k++) {
      let sum = 0
      for (let band = 0; band < bands; band++) sum += (cosines[k * bands + band] ?? 0) * (row[band] ?? 0)
      cepstra[frame * coefficients + k] = sum
    }
    // The first of them is the sum of the bands ÷ √bands.
    levels[frame] = (cepstra[frame * coefficients] ?? 0) / Math.sqrt(bands)
  }
  return {
    rows: rows.subarray((from - first) * tape.wide, (to - first) * tape.wide),
    levels: levels.subarray(from - first, to - first),
    features: withSlopes(cepstra, last - first, from - first, to - first),
  }
}

function withSlopes(cepstra: Float32Array, frames: number, from: number, to: number): Float32Array {
  const out = new Float32Array((to - from) * ownWide)
  for (let frame = from; frame < to; frame++) {
    const at = (frame - from) * ownWide
    const a = Math.max(0, frame - 2) * coefficients
    const b = Math.max(0, frame - 1) * coefficients
    const c = Math.min(frames - 1, frame + 1) * coefficients
    const d = Math.min(frames - 1, frame + 2) * coefficients
    for (let k = 0; k < coefficients; k++) {
      out[at + k] = cepstra[frame * coefficients + k] ?? 0
      out[at + coefficients + k] =
        ((cepstra[c + k] ?? 0) -
          (cepstra[b + k] ?? 0) +
          2 * ((cepstra[d + k] ?? 0) - (cepstra[a + k] ?? 0))) /
        10
    }
  }
  return out
}

/** Mean and deviation of every dimension, of the rows that are taken. */
export type Moments = { readonly mean: Float64Array; readonly deviation: Float64Array }

export function openMoments(wide: number) {
  const sum = new Float64Array(wide)
  const square = new Float64Array(wide)
  let count = 0
  return {
    take(features: Float32Array, row: number): void {
      count++
      for (let k = 0; k < wide; k++) {
        const value = features[row * wide + k] ?? 0
        sum[k] = (sum[k] ?? 0) + value
        square[k] = (square[k] ?? 0) + value * value
      }
    },
    end(): Moments {
      const mean = sum.map(value => value / Math.max(1, count))
      const spread = (value: number, k: number) =>
        Math.max(0, value / Math.max(1, count) - (mean[k] ?? 0) ** 2)
      return { mean, deviation: square.map((value, k) => Math.sqrt(spread(value, k)) + 1e-6) }
    },
  }
}

/** How much of a distance is that of mouths, where these are heard. */
const mouthShare = 0.75
/** What one less the overlap of two answers is on average when they have nothing to do with each other. */
const strangers = 0.85

/**
 * Rows of zero mean and unit variance, with what the mouth model answers beside them, weighed so that two frames that have
 * nothing to do with each other are as far apart as without. `mouths` are square roots, so that squared distances are
 * Hellinger's.
 */
export function comparable(
  features: Float32Array,
  wide: number,
  { mean, deviation }: Moments,
  mouths: ((row: number, shape: number) => number) | undefined,
): Float32Array {
  const rows = features.length / wide
  const all = wide + (mouths ? classes : 0)
  const out = new Float32Array(rows * all)
  const own = mouths ? Math.sqrt(((1 - mouthShare) * all) / wide) : 1
  const theirs = Math.sqrt((mouthShare * all) / strangers)
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < wide; k++)
      out[row * all + k] = (own * ((features[row * wide + k] ?? 0) - (mean[k] ?? 0))) / (deviation[k] ?? 1)
    if (!mouths) continue
    for (let shape = 0; shape < classes; shape++) out[row * all + wide + shape] = theirs * mouths(row, shape)
  }
  return out
}

/** The square root of the mouth model's answer in a row of a tape. */
export const mouthOf = (rows: Uint8Array, row: number, shape: number): number =>
  (rows[row * (bands + classes) + bands + shape] ?? 0) / 255

/** The value below which so many per cent of the values lie. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}
