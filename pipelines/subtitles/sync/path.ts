/**
 * The best offset for every line, where a change of offset from one line to the next has its price: so an advertisement
 * or another cut is found between two lines, and a line nobody speaks stays with its neighbours. (A shortest path over
 * lines and offsets, in time that is linear in both.)
 */
import type { Ms } from '../../terms.ts'

export type Grid = { readonly from: Ms; readonly step: Ms; readonly count: number }
export const offsetAt = ({ from, step }: Grid, index: number): Ms => from + index * step

export type Path = { readonly offsets: readonly number[]; readonly total: number }

/**
 * `score` fills a row with what a line gains at every offset; `room` is how far a line may come nearer to the one before
 * it. Offsets are given as indices of the grid.
 */
export function bestPath(
  lines: number,
  grid: Grid,
  score: (line: number, into: Float32Array) => void,
  room: (line: number) => Ms,
  price: number,
): Path {
  const { count, step } = grid
  if (lines === 0 || count === 0) return { offsets: [], total: 0 }
  const gains = new Float32Array(count)
  let best = new Float32Array(count)
  let next = new Float32Array(count)
  const from: Uint16Array[] = []
  score(0, gains)
  best.set(gains)
  for (let line = 1; line < lines; line++) {
    score(line, gains)
    const back = new Uint16Array(count)
    const near = Math.max(0, Math.floor(room(line) / step))
    // The best of all offsets a line may come from, kept while the window's end moves on.
    let [top, topAt, seen] = [Number.NEGATIVE_INFINITY, 0, -1]
    for (let at = 0; at < count; at++) {
      const reach = Math.min(count - 1, at + near)
      while (seen < reach) {
        seen++
        const value = best[seen] ?? 0
        if (value > top) [top, topAt] = [value, seen]
      }
      const stay = best[at] ?? 0
      const jump = top - price
      const jumps = jump > stay
      next[at] = (gains[at] ?? 0) + (jumps ? jump : stay)
      back[at] = jumps ? topAt : at
    }
    from.push(back)
    ;[best, next] = [next, best]
  }
  let at = 0
  for (let i = 1; i < count; i++) if ((best[i] ?? 0) > (best[at] ?? 0)) at = i
  const total = best[at] ?? 0
  const offsets = [at]
  for (let line = lines - 1; line > 0; line--) {
    at = from[line - 1]?.[at] ?? at
    offsets.push(at)
  }
  return { offsets: offsets.reverse(), total }
}
