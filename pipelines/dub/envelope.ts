import type { Ms, Span } from '../terms.ts'
import { sampleRate } from './loudness.ts'

/** The original is gone when a line begins, and is back a while after it has ended. */
const [attack, release]: readonly [Ms, Ms] = [80, 250]
/** Between lines closer than this it does not come back at all: rising and falling at once is heard as pumping. */
const pause: Ms = 700
/** How far a span is felt beyond itself: its shoulder, and the windows of the mark that reach over it. */
export const reach: Ms = Math.max(attack, release) + 40

/** The spans in order; those that overlap or stand closely together are one, unless one of the others lies between. */
export function joinSpans(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  const joined: Span[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    const close =
      last && start - last.end < pause && !others.some(other => other.start < start && other.end > last.end)
    if (last && (close || start <= last.end))
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else joined.push({ start, end })
  }
  return joined
}

/** Those of the spans that are felt within `span`, cut to what is felt there: a change beyond it changes nothing. */
export function spansNear(spans: readonly Span[], span: Span): readonly Span[] {
  return spans
    .filter(({ start, end }) => start < span.end + reach && end > span.start - reach)
    .map(({ start, end }) => ({
      start: Math.max(start, span.start - reach),
      end: Math.min(end, span.end + reach),
    }))
}

/**
 * 1 inside the spans and 0 away from them, with smooth shoulders before and after each: `count` values from sample
 * `from` on. A value depends on its place alone, never on where a rendering began.
 */
export function envelope(spans: readonly Span[], from: number, count: number): Float32Array {
  const values = new Float32Array(count)
  const samples = (time: Ms) => (time * sampleRate) / 1000
  for (const span of spans) {
    const [start, end] = [samples(span.start), samples(span.end)]
    const first = Math.max(from, Math.floor(start - samples(attack)))
    const last = Math.min(from + count, Math.ceil(end + samples(release)))
    for (let at = first; at < last; at++) {
      const away = at < start ? (start - at) / samples(attack) : at > end ? (at - end) / samples(release) : 0
      const value = away >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * away)
      values[at - from] = Math.max(values[at - from] ?? 0, value)
    }
  }
  return values
}
