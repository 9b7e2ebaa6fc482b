import type { EpisodeView } from '../../server/contract.ts'
import type { Ms } from '../state.ts'

export type LevelView = EpisodeView['peaks'][number]

/** The ears hear 16 samples a millisecond: peaks are counted in those. */
const samplesPerMs = 16

/** The coarsest level that still has a bucket for every pixel; closer than the finest one there is nothing to see. */
export function chooseLevel(levels: readonly LevelView[], msPerPixel: number): LevelView | undefined {
  const fine = [...levels].sort((a, b) => a.samples - b.samples)
  return fine.findLast(({ samples }) => samples / samplesPerMs <= msPerPixel) ?? fine[0]
}

/**
 * The least and greatest value under each pixel, −1 to 1, as pairs. `pairs` are the level's own, one signed byte each.
 */
export function columnsOf(
  pairs: Int8Array,
  samples: number,
  view: { readonly start: Ms; readonly end: Ms },
  width: number,
): Float32Array {
  const columns = new Float32Array(width * 2)
  const perBucket = samples / samplesPerMs
  const buckets = pairs.length / 2
  for (let x = 0; x < width; x++) {
    const from = view.start + ((view.end - view.start) * x) / width
    const to = view.start + ((view.end - view.start) * (x + 1)) / width
    const first = Math.floor(from / perBucket)
    const last = Math.max(first, Math.ceil(to / perBucket) - 1)
    let least = 0
    let most = 0
    for (let bucket = first; bucket <= last && bucket < buckets; bucket++) {
      least = Math.min(least, pairs[bucket * 2] ?? 0)
      most = Math.max(most, pairs[bucket * 2 + 1] ?? 0)
    }
    columns[x * 2] = least / 128
    columns[x * 2 + 1] = most / 127
  }
  return columns
}

/** Round times to write on the ruler, about one each `room` pixels. */
export function ticksOf(
  view: { readonly start: Ms; readonly end: Ms },
  width: number,
  room = 90,
): readonly Ms[] {
  const steps = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000]
  const wanted = ((view.end - view.start) * room) / Math.max(1, width)
  const step = steps.find(one => one >= wanted) ?? 600_000
  const first = Math.ceil(view.start / step) * step
  return Array.from(
    { length: Math.max(0, Math.floor((view.end - first) / step) + 1) },
    (_, index) => first + index * step,
  )
}
