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

/** A part of a tape: the loudness of its frames in nats, and their cepstra (orthonormal DCT-II) with slopes over five frames. */
export type Part = {
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
      row[band] = scale[band * 256 + (rows[frame * bands + band] ?? 0)] ?? 0
    for (let k = 0; k < coefficients; k++) {
      let sum = 0
      for (let band = 0; band < bands; band++) sum += (cosines[k * bands + band] ?? 0) * (row[band] ?? 0)
      cepstra[frame * coefficients + k] = sum
    }
    // The first of them is the sum of the bands ÷ √bands.
    levels[frame] = (cepstra[frame * coefficients] ?? 0) / Math.sqrt(bands)
  }
  return {
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

/** Rows of zero mean and unit variance. */
export function standardized(
  features: Float32Array,
  wide: number,
  { mean, deviation }: Moments,
): Float32Array {
  const out = new Float32Array(features.length)
  for (let row = 0; row < features.length; row += wide)
    for (let k = 0; k < wide; k++)
      out[row + k] = ((features[row + k] ?? 0) - (mean[k] ?? 0)) / (deviation[k] ?? 1)
  return out
}

/** Every number times the same. */
export function scaled(values: Uint8Array | Float32Array, times: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let at = 0; at < out.length; at++) out[at] = times * (values[at] ?? 0)
  return out
}

/** The value below which so many per cent of the values lie. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}
