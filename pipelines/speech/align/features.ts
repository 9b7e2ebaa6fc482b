import { bands } from './mel.ts'

/** Cepstral coefficients a frame. */
export const coefficients = 13

/** The value below which so many per cent of the values lie. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}

/**
 * Brings the reference to the level of the recording, band by band, and both to the same floor, in place: a synthesizer
 * is silent between its sounds where no recording is, and this decides whether the two can be compared at all.
 */
export function matchBands(
  sound: Float32Array,
  frames: number,
  speech: Uint8Array,
  reference: Float32Array,
  length: number,
): void {
  const spoken = [...speech.keys()].filter(frame => speech[frame])
  for (let band = 0; band < bands; band++) {
    const column = Float32Array.from({ length }, (_, frame) => reference[frame * bands + band] ?? 0)
    const level = percentile(
      spoken.map(frame => sound[frame * bands + band] ?? 0),
      95,
    )
    const quiet = percentile(
      Float32Array.from({ length: Math.ceil(frames / 7) }, (_, at) => sound[at * 7 * bands + band] ?? 0),
      10,
    )
    const shift = level - percentile(column, 95)
    const floor = Math.max(quiet, percentile(column, 10) + shift)
    for (let frame = 0; frame < length; frame++) {
      const at = frame * bands + band
      reference[at] = logSum((reference[at] ?? 0) + shift, floor)
    }
    for (let frame = 0; frame < frames; frame++) {
      const at = frame * bands + band
      sound[at] = logSum(sound[at] ?? 0, floor)
    }
  }
}

const logSum = (a: number, b: number) =>
  a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))

const cosines = Array.from({ length: coefficients }, (_, k) =>
  Float32Array.from(
    { length: bands },
    (_, band) =>
      Math.sqrt(2 / bands) * Math.cos((Math.PI * k * (band + 0.5)) / bands) * (k === 0 ? Math.SQRT1_2 : 1),
  ),
)

/** Log band energies to cepstra (orthonormal DCT-II). */
export function cepstra(mel: Float32Array, frames: number): Float32Array {
  const out = new Float32Array(frames * coefficients)
  for (let frame = 0; frame < frames; frame++)
    cosines.forEach((cosine, k) => {
      let sum = 0
      for (let band = 0; band < bands; band++) sum += (cosine[band] ?? 0) * (mel[frame * bands + band] ?? 0)
      out[frame * coefficients + k] = sum
    })
  return out
}

/** Cepstra with their slopes over five frames beside them. */
export function withSlopes(cepstrum: Float32Array, frames: number): Float32Array {
  const wide = 2 * coefficients
  const out = new Float32Array(frames * wide)
  const value = (frame: number, k: number) =>
    cepstrum[Math.max(0, Math.min(frames - 1, frame)) * coefficients + k] ?? 0
  for (let frame = 0; frame < frames; frame++)
    for (let k = 0; k < coefficients; k++) {
      out[frame * wide + k] = value(frame, k)
      out[frame * wide + coefficients + k] =
        (value(frame + 1, k) - value(frame - 1, k) + 2 * (value(frame + 2, k) - value(frame - 2, k))) / 10
    }
  return out
}

/** Gives every dimension zero mean and unit variance over the frames that count, in place. */
export function normalise(
  features: Float32Array,
  frames: number,
  wide: number,
  counts: (frame: number) => boolean,
): void {
  const mean = new Float64Array(wide)
  const square = new Float64Array(wide)
  let count = 0
  for (let frame = 0; frame < frames; frame++) {
    if (!counts(frame)) continue
    count++
    for (let k = 0; k < wide; k++) {
      const value = features[frame * wide + k] ?? 0
      mean[k] = (mean[k] ?? 0) + value
      square[k] = (square[k] ?? 0) + value * value
    }
  }
  for (let k = 0; k < wide; k++) {
    const middle = (mean[k] ?? 0) / Math.max(1, count)
    const deviation = Math.sqrt(Math.max(0, (square[k] ?? 0) / Math.max(1, count) - middle * middle)) + 1e-6
    for (let frame = 0; frame < frames; frame++)
      features[frame * wide + k] = ((features[frame * wide + k] ?? 0) - middle) / deviation
  }
}

/** Means of the frames in each block. */
export function blocks(
  features: Float32Array,
  wide: number,
  spans: readonly (readonly [from: number, to: number])[],
): Float32Array {
  const out = new Float32Array(spans.length * wide)
  spans.forEach(([from, to], block) => {
    for (let frame = from; frame < to; frame++)
      for (let k = 0; k < wide; k++)
        out[block * wide + k] = (out[block * wide + k] ?? 0) + (features[frame * wide + k] ?? 0) / (to - from)
  })
  return out
}

/** How much of a distance is that of mouths, where these are heard. */
const mouthShare = 0.75
/** What one less the overlap of two answers is on average when they have nothing to do with each other. */
const strangers = 0.85

/**
 * Features with what the mouth model answers beside them, weighed so that two frames that have nothing to do with each other
 * are as far apart as without. `mouths`: square roots of the answers, so that squared distances are Hellinger's.
 */
export function withMouths(
  features: Float32Array,
  wide: number,
  mouths: Float32Array,
  classes: number,
  frames: number,
): Float32Array {
  const all = wide + classes
  const out = new Float32Array(frames * all)
  const own = Math.sqrt(((1 - mouthShare) * all) / wide)
  const theirs = Math.sqrt((mouthShare * all) / strangers)
  for (let frame = 0; frame < frames; frame++) {
    for (let k = 0; k < wide; k++) out[frame * all + k] = own * (features[frame * wide + k] ?? 0)
    for (let k = 0; k < classes; k++)
      out[frame * all + wide + k] = theirs * (mouths[frame * classes + k] ?? 0)
  }
  return out
}
