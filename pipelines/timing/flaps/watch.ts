import { type Box, grown, type Picture, type Point, quantile, type Size } from './picture.ts'

/** What is drawn at a place, picture by picture: 0 closed, 1 half, 2 open; and how clear the difference is. */
export type Watched = { readonly shapes: Uint8Array; readonly contrast: number }

/** How far a head may go in a shot, in pixels; from picture to picture it is followed downhill, by some of them. */
const wander = 48
/** More silent pictures than this tell nothing new of how a closed mouth looks. */
const samples = 25
/** Where between a closed mouth's usual difference from itself and an open one's the border lies. */
const border = 0.3

/**
 * Reads a mouth: how far each picture is from the closed mouth of the silent ones, at its place, and, because a head
 * moves, at the place to which the face around it has moved. Of both readings the clearer is kept.
 */
export function watch(pictures: readonly Picture[], speaks: Int8Array, box: Box, size: Size): Watched {
  const silent = pictures.flatMap((_, index) => (speaks[index] === -1 ? [index] : []))
  const chosen = silent.filter((_, index) => index % Math.ceil(silent.length / samples) === 0)
  const face = grown(box, box.right - box.left, Math.round((box.bottom - box.top) * 1.5), size)
  const closed = medianOf(
    chosen.map(index => pictures[index] as Picture),
    face,
    size,
  )
  const here: Point = { x: 0, y: 0 }
  let last = here
  const held: number[] = []
  const followed: number[] = []
  for (const picture of pictures) {
    held.push(distance(picture, closed, face, box, here, size))
    last = found(picture, closed, face, box, last, size)
    followed.push(distance(picture, closed, face, box, last, size))
  }
  const [one, other] = [read(held, speaks), read(followed, speaks)]
  return other.contrast > one.contrast * 1.1 ? other : one
}

function read(distances: readonly number[], speaks: Int8Array): Watched {
  const at = (now: number, share: number) =>
    quantile(
      distances.filter((_, index) => speaks[index] === now),
      share,
    )
  // Not the extremes: something may pass before the mouth, and lips are shut for a third of what is said.
  const [quiet, loud] = [at(-1, 0.7), at(1, 0.7)]
  const isOpen = quiet + border * Math.max(0.5, loud - quiet)
  const wide = twoMeans(distances.filter(one => one > isOpen))
  const shapes = Uint8Array.from(distances, one => (one <= isOpen ? 0 : one <= wide ? 1 : 2))
  return { shapes, contrast: loud / (quiet + 0.5) }
}

/** The border between the lower and the upper of two groups of numbers. */
function twoMeans(numbers: readonly number[]): number {
  let [low, high] = [quantile(numbers, 0.1), quantile(numbers, 0.9)]
  for (let turn = 0; turn < 10; turn++) {
    const middle = (low + high) / 2
    const [lower, upper] = [numbers.filter(one => one <= middle), numbers.filter(one => one > middle)]
    if (lower.length === 0 || upper.length === 0) break
    low = mean(lower)
    high = mean(upper)
  }
  return (low + high) / 2
}
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

/** Pixel by pixel the middle value: a blink or a stray flap among the silent pictures leaves no trace. */
function medianOf(
  pictures: readonly Picture[],
  { left, top, right, bottom }: Box,
  { width }: Size,
): Uint8Array {
  const out = new Uint8Array((right - left) * (bottom - top))
  const values = new Uint8Array(pictures.length)
  for (let y = top, at = 0; y < bottom; y++)
    for (let x = left; x < right; x++, at++) {
      for (const [index, picture] of pictures.entries()) values[index] = picture[y * width + x] ?? 0
      out[at] = values.sort()[values.length >> 1] ?? 0
    }
  return out
}

/** Mean grey levels between the mouth in a picture, moved, and the closed one. */
function distance(picture: Picture, closed: Uint8Array, face: Box, box: Box, moved: Point, size: Size) {
  const area = (box.right - box.left) * (box.bottom - box.top)
  return difference(picture, closed, face, box, moved, size, 1) / area
}

/** Where the face around the mouth has gone: the mouth itself is left out, as it is what changes. */
function found(picture: Picture, closed: Uint8Array, face: Box, box: Box, last: Point, size: Size): Point {
  let best = last
  let least = ring(picture, closed, face, box, last, size)
  for (let step = 4; step >= 1; step >>= 1) {
    for (let moved = true; moved; ) {
      moved = false
      for (const [dx, dy] of [
        [step, 0],
        [-step, 0],
        [0, step],
        [0, -step],
      ] as const) {
        const next = { x: best.x + dx, y: best.y + dy }
        if (Math.abs(next.x) > wander || Math.abs(next.y) > wander) continue
        const difference = ring(picture, closed, face, box, next, size)
        if (difference < least) [best, least, moved] = [next, difference, true]
      }
    }
  }
  return best
}

/** Every second pixel of every second row: a fourth of the work, and lines are thicker than that. */
function ring(picture: Picture, closed: Uint8Array, face: Box, box: Box, moved: Point, size: Size): number {
  return difference(picture, closed, face, face, moved, size, 2, box)
}

/** Grey levels in all between a part of the face in a picture, moved, and the same closed; `hole` is left out. */
function difference(
  picture: Picture,
  closed: Uint8Array,
  face: Box,
  part: Box,
  { x, y }: Point,
  { width, height }: Size,
  stride: number,
  hole?: Box,
): number {
  const across = face.right - face.left
  let sum = 0
  for (let row = part.top; row < part.bottom; row += stride)
    for (let column = part.left; column < part.right; column += stride) {
      if (hole && row >= hole.top && row < hole.bottom && column >= hole.left && column < hole.right) continue
      const atX = Math.min(width - 1, Math.max(0, column + x))
      const atY = Math.min(height - 1, Math.max(0, row + y))
      const was = closed[(row - face.top) * across + column - face.left] ?? 0
      sum += Math.abs((picture[atY * width + atX] ?? 0) - was)
    }
  return sum
}
