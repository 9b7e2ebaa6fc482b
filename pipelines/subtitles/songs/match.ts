/** Stretches of sound that two recordings share. */
import type { Ms } from '../../terms.ts'
import type { Print } from './print.ts'

/** From `from` up to `to` of the first, the second has the same sound `offset` later. `unlike` is the share of bits that differ. */
export type Shared = { readonly from: Ms; readonly to: Ms; readonly offset: Ms; readonly unlike: number }

/** Bits are looked at in windows of four seconds: less may be alike by chance. */
const window = 128
/** Half of all bits differ between strangers; encodings of one sound differ in less than a quarter. */
const alike = 0.32
/** Sounds as common as silence say nothing. */
const mostPlaces = 24
const fewestHits = 6

/** `shortest`: what is shorter is not told. Stretches don't overlap in the first recording; the longest are found first. */
export function sharedSound(a: Print, b: Print, shortest: Ms = 4000): readonly Shared[] {
  const least = Math.max(window, Math.round(shortest / a.hop))
  const found: { from: number; to: number; shift: number; unlike: number }[] = []
  for (const { shift, at } of shiftsOf(a.bits, b.bits)) {
    if (found.some(one => at >= one.from && at < one.to)) continue
    const stretch = grow(a.bits, b.bits, shift, at)
    if (stretch && stretch.to - stretch.from >= least) found.push({ ...stretch, shift })
  }
  const free: typeof found = []
  for (const one of found.toSorted((x, y) => y.to - y.from - (x.to - x.from))) {
    const cut = trimmed(one, free)
    if (cut.to - cut.from >= least) free.push(cut)
  }
  return free
    .sort((x, y) => x.from - y.from)
    .map(({ from, to, shift, unlike }) => ({
      from: from * a.hop,
      to: to * a.hop,
      offset: shift * a.hop,
      unlike: Math.round(unlike * 1000) / 1000,
    }))
}

function trimmed<T extends { from: number; to: number }>(one: T, others: readonly T[]): T {
  let { from, to } = one
  for (const other of others) {
    if (other.to <= from || other.from >= to) continue
    if (other.from <= from) from = Math.min(to, other.to)
    else to = other.from
  }
  return { ...one, from, to }
}

/** Shifts at which many frames are the same but for a bit, the most frequent first, each with a place where they are. */
function shiftsOf(a: Uint32Array, b: Uint32Array): readonly { shift: number; at: number }[] {
  const places = new Map<number, number[]>()
  b.forEach((bits, i) => {
    const list = places.get(bits)
    if (!list) places.set(bits, [i])
    else if (list.length <= mostPlaces) list.push(i)
  })
  // Hits are counted by shift and by minute, so that a short stretch counts beside a long one.
  const hits = new Map<number, { shift: number; at: number; count: number }>()
  a.forEach((bits, i) => {
    // With a voice over a song few frames are the very same, and more are but for one bit.
    for (let flip = -1; flip < 32; flip++) {
      const list = places.get(flip < 0 ? bits : (bits ^ (1 << flip)) >>> 0)
      if (!list || list.length > mostPlaces) continue
      for (const j of list) {
        const key = (j - i + b.length) * 8192 + (i >> 9)
        const known = hits.get(key)
        if (known) known.count++
        else hits.set(key, { shift: j - i, at: i, count: 1 })
      }
    }
  })
  return [...hits.values()].filter(({ count }) => count >= fewestHits).sort((x, y) => y.count - x.count)
}

/** As far as both are alike around a place, to either side. */
function grow(
  a: Uint32Array,
  b: Uint32Array,
  shift: number,
  at: number,
): { from: number; to: number; unlike: number } | undefined {
  const [low, high] = [Math.max(0, -shift), Math.min(a.length, b.length - shift)]
  const differ = (i: number): number => ones((a[i] ?? 0) ^ (b[i + shift] ?? 0))
  const start = Math.max(low, Math.min(at - (window >> 1), high - window))
  if (start + window > high) return undefined
  let sum = 0
  for (let i = start; i < start + window; i++) sum += differ(i)
  if (sum > alike * 32 * window) return undefined
  let [from, to, total] = [start, start + window, sum]
  for (let moving = sum; to < high; to++) {
    const bits = differ(to)
    moving += bits - differ(to - window)
    if (moving > alike * 32 * window) break
    total += bits
  }
  for (let moving = sum; from > low; from--) {
    const bits = differ(from - 1)
    moving += bits - differ(from - 1 + window)
    if (moving > alike * 32 * window) break
    total += bits
  }
  // The window looks over the edge by as much as strangers it bears.
  const [first, last] = edges(differ, from, to)
  return { from: first, to: last, unlike: total / (32 * Math.max(1, to - from)) }
}

/** The edge is where what lies outside of it is more strange, all in all, than anywhere else near the end. */
function edges(differ: (i: number) => number, from: number, to: number): readonly [number, number] {
  const strange = 32 * 0.36
  const near = Math.min(window, (to - from) >> 1)
  const farthest = (frameAt: (step: number) => number): number => {
    let [sum, best, steps] = [0, 0, 0]
    for (let step = 0; step < near; step++) {
      sum += differ(frameAt(step)) - strange
      if (sum > best) [best, steps] = [sum, step + 1]
    }
    return steps
  }
  return [from + farthest(step => from + step), to - farthest(step => to - 1 - step)]
}

function ones(bits: number): number {
  let value = bits - ((bits >>> 1) & 0x55555555)
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333)
  return (((value + (value >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
