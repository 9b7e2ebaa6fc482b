import type { Picture, Point, Size } from './picture.ts'

/** How far a camera may move from one picture to the next and be followed, in pixels. */
const fastest = 10
/** What is left of the difference once a camera's movement is taken out. */
const explains = 0.85
/** An anchor is given up when the camera has gone this far from it, in pixels, or after so many pictures. */
const far = 8
const old = 24

/** Mean grey of every column and of every row. */
type Profile = { readonly columns: Float32Array; readonly rows: Float32Array }

function profileOf(picture: Picture, { width, height }: Size): Profile {
  const [columns, rows] = [new Float32Array(width), new Float32Array(height)]
  for (let y = 0, at = 0; y < height; y++) {
    let sum = 0
    for (let x = 0; x < width; x++, at++) {
      const grey = picture[at] ?? 0
      sum += grey
      columns[x] = (columns[x] ?? 0) + grey / height
    }
    rows[y] = sum / width
  }
  return { columns, rows }
}

/** How different two profiles are when one is moved by a fraction of pixels: mean absolute difference where they overlap. */
function differenceAt(before: Float32Array, after: Float32Array, shift: number): number {
  const whole = Math.floor(shift)
  const part = shift - whole
  const [from, to] = [Math.max(0, -whole), Math.min(before.length, before.length - whole - 1)]
  let sum = 0
  for (let index = from; index < to; index++) {
    const at = (after[index + whole] ?? 0) * (1 - part) + (after[index + whole + 1] ?? 0) * part
    sum += Math.abs((before[index] ?? 0) - at)
  }
  return sum / (to - from)
}

/** By how much `after` is moved against `before`, when it was last seen moved by `last`: the best near it. */
function shiftOf(before: Float32Array, after: Float32Array, last: number): number {
  const stay = differenceAt(before, after, last)
  let [best, least] = [last, stay]
  for (const step of [1, 0.25, 0.1]) {
    const reach = step === 1 ? fastest : 4
    const around = best
    for (let count = -reach; count <= reach; count++) {
      const difference = differenceAt(before, after, around + count * step)
      if (difference < least) [best, least] = [around + count * step, difference]
    }
  }
  // A camera that moves explains nearly all of the difference; something that moves in the picture next to nothing.
  return least < explains * stay ? best : last
}

/**
 * Where the camera points in each picture of a shot, against the shot's first, found in the pictures' column and row
 * profiles. Each is held against an anchor some pictures back, as a slow pan moves too little from one to the next.
 * Pans and tilts of flat drawings, no zoom, no turn.
 */
export function cameraPath(pictures: readonly Picture[], size: Size): readonly Point[] {
  let anchor: (Profile & { readonly at: Point; readonly index: number }) | undefined
  let moved: Point = { x: 0, y: 0 }
  return pictures.map((picture, index) => {
    const profile = profileOf(picture, size)
    if (!anchor) {
      anchor = { ...profile, at: moved, index }
      return moved
    }
    moved = {
      x: shiftOf(anchor.columns, profile.columns, moved.x),
      y: shiftOf(anchor.rows, profile.rows, moved.y),
    }
    const at = { x: anchor.at.x + moved.x, y: anchor.at.y + moved.y }
    if (Math.max(Math.abs(moved.x), Math.abs(moved.y)) > far || index - anchor.index >= old) {
      anchor = { ...profile, at, index }
      moved = { x: 0, y: 0 }
    }
    return at
  })
}

/** The picture as it would be had the camera stood still: what it never saw is repeated from its edge. */
export function steadied(picture: Picture, { x, y }: Point, { width, height }: Size): Picture {
  if (Math.abs(x) < 0.02 && Math.abs(y) < 0.02) return picture
  const [wholeX, wholeY] = [Math.floor(x), Math.floor(y)]
  const [partX, partY] = [x - wholeX, y - wholeY]
  const out = new Uint8Array(picture.length)
  const clampX = (column: number) => Math.min(width - 1, Math.max(0, column))
  const clampY = (row: number) => Math.min(height - 1, Math.max(0, row)) * width
  for (let row = 0, at = 0; row < height; row++) {
    const [above, below] = [clampY(row + wholeY), clampY(row + wholeY + 1)]
    for (let column = 0; column < width; column++, at++) {
      const [left, right] = [clampX(column + wholeX), clampX(column + wholeX + 1)]
      const upper = (picture[above + left] ?? 0) * (1 - partX) + (picture[above + right] ?? 0) * partX
      const lower = (picture[below + left] ?? 0) * (1 - partX) + (picture[below + right] ?? 0) * partX
      out[at] = Math.round(upper * (1 - partY) + lower * partY)
    }
  }
  return out
}
