/** Frames that are compared at once: nine products share six readings. */
export const atOnce = 3

/**
 * How far rows of two sounds are apart, for so many rows of the one against a stretch of the other: half the mean square, 1 for
 * two that have nothing to do with each other.
 * @returns by row of the first, then of the second; it holds until the next call
 */
export function openApart(a: Float32Array, b: Float32Array, wide: number) {
  const [own, other] = [halfSquares(a, wide), halfSquares(b, wide)]
  let out = new Float32Array(0)

  return (row: number, rows: number, from: number, to: number): Float32Array => {
    const stride = to - from
    if (out.length < rows * stride) out = new Float32Array(2 * rows * stride)
    const whole = rows === atOnce ? stride - (stride % atOnce) : 0
    for (let at = 0; at < whole; at += atOnce) nine(row, from + at, at, stride)
    for (let turn = 0; turn < rows; turn++)
      for (let at = whole; at < stride; at++)
        out[turn * stride + at] = one((row + turn) * wide, (from + at) * wide)
    for (let turn = 0, place = 0; turn < rows; turn++) {
      const half = own[row + turn] ?? 0
      for (let at = from; at < to; at++, place++)
        out[place] = half + (other[at] ?? 0) - (out[place] ?? 0) / wide
    }
    return out
  }

  function one(x: number, y: number): number {
    let sum = 0
    for (let k = 0; k < wide; k++) sum += (a[x + k] ?? 0) * (b[y + k] ?? 0)
    return sum
  }

  function nine(row: number, at: number, place: number, stride: number): void {
    const [x0, x1, x2] = [row * wide, (row + 1) * wide, (row + 2) * wide]
    const [y0, y1, y2] = [at * wide, (at + 1) * wide, (at + 2) * wide]
    let [s00, s01, s02, s10, s11, s12, s20, s21, s22] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let k = 0; k < wide; k++) {
      const a0 = a[x0 + k] ?? 0
      const a1 = a[x1 + k] ?? 0
      const a2 = a[x2 + k] ?? 0
      const b0 = b[y0 + k] ?? 0
      const b1 = b[y1 + k] ?? 0
      const b2 = b[y2 + k] ?? 0
      s00 += a0 * b0
      s01 += a0 * b1
      s02 += a0 * b2
      s10 += a1 * b0
      s11 += a1 * b1
      s12 += a1 * b2
      s20 += a2 * b0
      s21 += a2 * b1
      s22 += a2 * b2
    }
    out[place] = s00
    out[place + 1] = s01
    out[place + 2] = s02
    out[place + stride] = s10
    out[place + stride + 1] = s11
    out[place + stride + 2] = s12
    out[place + 2 * stride] = s20
    out[place + 2 * stride + 1] = s21
    out[place + 2 * stride + 2] = s22
  }
}

/** By row: half its mean square. */
function halfSquares(rows: Float32Array, wide: number): Float32Array {
  const out = new Float32Array(rows.length / wide)
  for (let row = 0; row < out.length; row++) {
    let sum = 0
    for (let at = row * wide; at < (row + 1) * wide; at++) sum += (rows[at] ?? 0) ** 2
    out[row] = sum / (2 * wide)
  }
  return out
}
