/** A small grey picture, row by row. */
export type Picture = Uint8Array
export type Size = { readonly width: number; readonly height: number }
/** Pixels of a picture: `left` and `top` are inside, `right` and `bottom` are not. */
export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export type Point = { readonly x: number; readonly y: number }

/** The pictures in which mouths are looked for: a mouth has to be larger than about 8 × 4 pixels of it. */
export const small: Size = { width: 320, height: 180 }

export const grown = (
  { left, top, right, bottom }: Box,
  x: number,
  y: number,
  { width, height }: Size,
): Box => ({
  left: Math.max(0, left - x),
  top: Math.max(0, top - y),
  right: Math.min(width, right + x),
  bottom: Math.min(height, bottom + y),
})

export const areaOf = (box: Box) => Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top)

/** The value below which this share of the numbers lies; 0 of none. */
export function quantile(numbers: readonly number[] | Float32Array, share: number): number {
  const sorted = Float32Array.from(numbers).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
