import type { Ms, Span } from '../terms.ts'
import { closureMs } from './weights.ts'

export const lengthOf = ({ start, end }: Span): Ms => Math.max(0, end - start)

/** Spans in order, those that touch or overlap joined: what a union of times is. */
export function union(spans: readonly Span[]): Span[] {
  const joined: { start: Ms; end: Ms }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue
    const last = joined.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

export const total = (spans: readonly Span[]): Ms =>
  union(spans).reduce((sum, span) => sum + lengthOf(span), 0)

/** How long both speak. */
export function shared(a: readonly Span[], b: readonly Span[]): Ms {
  const [ours, theirs] = [union(a), union(b)]
  let [sum, at] = [0, 0]
  for (const { start, end } of ours) {
    while (at < theirs.length && (theirs[at]?.end ?? 0) <= start) at++
    for (let index = at; index < theirs.length; index++) {
      const other = theirs[index]
      if (!other || other.start >= end) break
      sum += Math.max(0, Math.min(end, other.end) - Math.max(start, other.start))
    }
  }
  return sum
}

/** Time in which both speak ÷ time in which either does: 1 when they are the same, of nothing and nothing too. */
export function iou(a: readonly Span[], b: readonly Span[]): number {
  const both = shared(a, b)
  const either = total(a) + total(b) - both
  return either === 0 ? 1 : both / either
}

/** F1 of moments that are matched one to one, in order, within `closureMs`. 1 when there are none on either side. */
export function closureF1(theirs: readonly Ms[], ours: readonly Ms[], within: Ms = closureMs): number {
  const [a, b] = [[...theirs].sort((x, y) => x - y), [...ours].sort((x, y) => x - y)]
  let [hits, i, j] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const apart = (b[j] ?? 0) - (a[i] ?? 0)
    if (Math.abs(apart) <= within) {
      hits++
      i++
      j++
    } else if (apart > 0) i++
    else j++
  }
  return a.length + b.length === 0 ? 1 : (2 * hits) / (a.length + b.length)
}
