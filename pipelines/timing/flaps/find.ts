import { type Box, grown, type Picture, type Size } from './picture.ts'

/** A place that moves while somebody speaks and rests while nobody does. */
export type Place = { readonly box: Box; readonly score: number }

const side = 4
/** Mean grey levels by which a block has to change to have changed: above what encoding does to a drawing at rest. */
const stirred = 5
/** Changes a second: drawings are held on twos to sixes; what changes in every picture is a camera or water, no mouth. */
const rate = { least: 1.5, most: 16 } as const
/** Keeps a place that never stirs in silence from dividing by nothing (facts on flaps, section 2). */
const floor = 0.02
/** A component of the map is what has at least this share of its peak's score. */
const share = 0.4

/** Which blocks changed from picture to picture, as rows of 0 and 1. */
export function changesOf(pictures: readonly Picture[], { width, height }: Size): readonly Uint8Array[] {
  const [across, down] = [Math.floor(width / side), Math.floor(height / side)]
  return pictures.map((picture, index) => {
    const changed = new Uint8Array(across * down)
    const before = pictures[index - 1]
    if (!before) return changed
    for (let block = 0; block < changed.length; block++) {
      const corner = Math.floor(block / across) * side * width + (block % across) * side
      let sum = 0
      for (let row = 0; row < side; row++)
        for (let column = 0, at = corner + row * width; column < side; column++, at++)
          sum += Math.abs((picture[at] ?? 0) - (before[at] ?? 0))
      if (sum > stirred * side * side) changed[block] = 1
    }
    return changed
  })
}

export type Moments = {
  /** For every picture: 1 while the speaker speaks, -1 while nobody does, 0 while others do. */
  readonly speaks: Int8Array
  readonly fps: number
}

/**
 * The place that stirs most with a speaker: (change rate while speaking − in silence) ÷ √(in silence + 0.02), over 4 × 4
 * blocks, its highest component. Nothing when it was never silent or never spoken, or nothing stirs at a mouth's rate.
 */
export function placeOf(
  changes: readonly Uint8Array[],
  { speaks, fps }: Moments,
  size: Size,
): Place | undefined {
  const across = Math.floor(size.width / side)
  const blocks = changes[0]?.length ?? 0
  const [speaking, silent] = [new Float32Array(blocks), new Float32Array(blocks)]
  let [spoken, still] = [0, 0]
  for (const [index, changed] of changes.entries()) {
    const now = speaks[index]
    if (!now || index === 0) continue
    const sums = now > 0 ? speaking : silent
    if (now > 0) spoken++
    else still++
    for (let block = 0; block < blocks; block++) sums[block] = (sums[block] ?? 0) + (changed[block] ?? 0)
  }
  if (spoken < fps / 4 || still < fps / 8) return undefined
  const scores = new Float32Array(blocks)
  for (let block = 0; block < blocks; block++) {
    const [on, off] = [(speaking[block] ?? 0) / spoken, (silent[block] ?? 0) / still]
    const often = on * fps
    if (often >= rate.least && often <= rate.most) scores[block] = (on - off) / Math.sqrt(off + floor)
  }
  return peakOf(smoothed(scores, across), across, size)
}

/** The mean of 3 × 3 blocks: one block alone is noise, a mouth is several. */
function smoothed(scores: Float32Array, across: number): Float32Array {
  const down = scores.length / across
  return scores.map((_, block) => {
    const [column, row] = [block % across, Math.floor(block / across)]
    let sum = 0
    for (let y = Math.max(0, row - 1); y <= Math.min(down - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(across - 1, column + 1); x++)
        sum += scores[y * across + x] ?? 0
    return sum / 9
  })
}

function peakOf(scores: Float32Array, across: number, size: Size): Place | undefined {
  let peak = 0
  for (let block = 1; block < scores.length; block++)
    if ((scores[block] ?? 0) > (scores[peak] ?? 0)) peak = block
  const score = scores[peak] ?? 0
  if (score <= 0) return undefined
  const seen = new Set([peak])
  const queue = [peak]
  let box: Box = { left: across, top: scores.length, right: 0, bottom: 0 }
  for (const block of queue) {
    const [column, row] = [block % across, Math.floor(block / across)]
    box = {
      left: Math.min(box.left, column),
      top: Math.min(box.top, row),
      right: Math.max(box.right, column + 1),
      bottom: Math.max(box.bottom, row + 1),
    }
    const around = [block - across, block + across]
    if (column > 0) around.push(block - 1)
    if (column + 1 < across) around.push(block + 1)
    for (const next of around)
      if (!seen.has(next) && (scores[next] ?? 0) >= share * score) {
        seen.add(next)
        queue.push(next)
      }
  }
  const pixels = {
    left: box.left * side,
    top: box.top * side,
    right: box.right * side,
    bottom: box.bottom * side,
  }
  return { box: grown(pixels, 0, 0, size), score }
}
