/** What a line gains where it is put. */
import type { Ms, Span } from '../../terms.ts'
import type { Grid } from './path.ts'
import { grain, type Speech } from './reference.ts'

/** A line of the track; `gap` is the silence before it. */
export type Line = Span & { readonly id: string; readonly text: string; readonly gap: Ms }

/** Seconds a line can gain at most. Very long captions were left standing, and weigh no more than others. */
export const weightOf = ({ start, end }: Span): number => Math.min(6, (end - start) / 1000)
const gapWeight = 0.5
const longestGap: Ms = 1500

/** Speech inside of the line is gained, silence inside and speech in the gap before it are lost; in seconds. */
export function gains(
  { start, end, gap }: Line,
  { sums }: Speech,
  ratio: number,
  grid: Grid,
  into: Float32Array,
): void {
  const [from, to] = [start * ratio, end * ratio]
  const before = from - Math.min(gap, longestGap) * ratio
  const scale = weightOf({ start, end }) / Math.max(1, to - from)
  const [last, stride] = [sums.length - 1, grid.step / grain]
  let [a, b, c] = [before, from, to].map(at => Math.round((at + grid.from) / grain)) as [
    number,
    number,
    number,
  ]
  for (let at = 0; at < grid.count; at++, a += stride, b += stride, c += stride) {
    const begun = sums[b < 0 ? 0 : b > last ? last : b] ?? 0
    const inside = (sums[c < 0 ? 0 : c > last ? last : c] ?? 0) - begun
    const outside = begun - (sums[a < 0 ? 0 : a > last ? last : a] ?? 0)
    into[at] = scale * (1.5 * inside - 0.5 * (to - from)) - (gapWeight * outside) / 1000
  }
}

/** What one line gains at one offset. */
export function gainAt(line: Line, speech: Speech, ratio: number, offset: Ms): number {
  const into = new Float32Array(1)
  gains(line, speech, ratio, { from: offset, step: grain, count: 1 }, into)
  return into[0] ?? 0
}
