import { bands } from './pattern.ts'

/** How many frames back a frame's level can be foretold from. */
const order = 24
/** Whitened values beyond this are events of the sound, not of the mark. */
const limit = 2

/**
 * Levels made into evidence: what neighbouring bands and the frames before foretell is taken out, so that what is left
 * is as surprising as a mark would be, and is held within bounds; then both are undone the other way round, so that a
 * plain correlation with a pattern is the best test of it (a matched filter in coloured noise; Kay, Fundamentals of
 * Statistical Signal Processing II, 4.4).
 * @param levels rows of `bands` decibels
 */
export function whiten(levels: Float32Array): Float32Array {
  const count = levels.length / bands
  const rows = centred(levels, count)
  const lower = cholesky(covariance(rows, count))
  for (let row = 0; row < count; row++) solve(lower, rows, row * bands)
  const taps = predictor(rows, count)
  const surprise = new Float32Array(rows.length)
  const scale = 1 / deviation(filtered(rows, taps, surprise, 1))
  for (let at = 0; at < surprise.length; at++)
    surprise[at] = Math.max(-limit, Math.min(limit, (surprise[at] ?? 0) * scale))
  filtered(surprise, taps, rows, -1)
  for (let row = 0; row < count; row++) solveTransposed(lower, rows, row * bands)
  return rows
}

function centred(levels: Float32Array, count: number): Float32Array {
  const rows = levels.slice()
  for (let band = 0; band < bands; band++) {
    let sum = 0
    for (let at = band; at < rows.length; at += bands) sum += rows[at] ?? 0
    const mean = sum / Math.max(1, count)
    for (let at = band; at < rows.length; at += bands) rows[at] = (rows[at] ?? 0) - mean
  }
  return rows
}

function covariance(rows: Float32Array, count: number): Float64Array {
  const matrix = new Float64Array(bands * bands)
  for (let row = 0; row < count; row++)
    for (let i = 0; i < bands; i++)
      for (let j = 0; j <= i; j++)
        matrix[i * bands + j] =
          (matrix[i * bands + j] ?? 0) + (rows[row * bands + i] ?? 0) * (rows[row * bands + j] ?? 0)
  for (let at = 0; at < matrix.length; at++) matrix[at] = (matrix[at] ?? 0) / Math.max(1, count)
  // A band that is empty, or that follows another exactly, must not count without end: 2 dB of noise for all.
  for (let i = 0; i < bands; i++) matrix[i * bands + i] = (matrix[i * bands + i] ?? 0) + 4
  return matrix
}

function cholesky(matrix: Float64Array): Float64Array {
  const lower = new Float64Array(matrix.length)
  for (let i = 0; i < bands; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * bands + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[i * bands + k] ?? 0) * (lower[j * bands + k] ?? 0)
      lower[i * bands + j] = i === j ? Math.sqrt(Math.max(1e-9, sum)) : sum / (lower[j * bands + j] ?? 1)
    }
  return lower
}

function solve(lower: Float64Array, rows: Float32Array, from: number): void {
  for (let i = 0; i < bands; i++) {
    let sum = rows[from + i] ?? 0
    for (let k = 0; k < i; k++) sum -= (lower[i * bands + k] ?? 0) * (rows[from + k] ?? 0)
    rows[from + i] = sum / (lower[i * bands + i] ?? 1)
  }
}

function solveTransposed(lower: Float64Array, rows: Float32Array, from: number): void {
  for (let i = bands - 1; i >= 0; i--) {
    let sum = rows[from + i] ?? 0
    for (let k = i + 1; k < bands; k++) sum -= (lower[k * bands + i] ?? 0) * (rows[from + k] ?? 0)
    rows[from + i] = sum / (lower[i * bands + i] ?? 1)
  }
}

/** The filter that leaves what the frames before did not foretell (Levinson and Durbin), one for all bands. */
function predictor(rows: Float32Array, count: number): Float64Array {
  const likeness = Float64Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0
    for (let at = lag * bands; at < rows.length; at++) sum += (rows[at] ?? 0) * (rows[at - lag * bands] ?? 0)
    return sum / Math.max(1, count * bands)
  })
  likeness[0] = (likeness[0] ?? 0) * 1.001 + 1e-9
  const taps = new Float64Array(order + 1)
  taps[0] = 1
  let error = likeness[0] ?? 1
  for (let m = 1; m <= order; m++) {
    let sum = 0
    for (let k = 0; k < m; k++) sum += (taps[k] ?? 0) * (likeness[m - k] ?? 0)
    const reflection = -sum / error
    const before = taps.slice()
    for (let k = 1; k <= m; k++) taps[k] = (before[k] ?? 0) + reflection * (before[m - k] ?? 0)
    error *= 1 - reflection * reflection
  }
  return taps
}

/** Along time: forwards, or (`way` −1) with the filter turned round. */
function filtered(rows: Float32Array, taps: Float64Array, out: Float32Array, way: 1 | -1): Float32Array {
  for (let at = 0; at < rows.length; at++) {
    let sum = 0
    for (let k = 0; k <= order; k++) sum += (taps[k] ?? 0) * (rows[at - way * k * bands] ?? 0)
    out[at] = sum
  }
  return out
}

function deviation(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / Math.max(1, values.length)) + 1e-9
}
