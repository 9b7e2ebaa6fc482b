import type { Activity, Line, Ms, Span } from '../terms.ts'

/** A silence this long in the original is a pause that the dub keeps: the mouth is closed. */
export const pauseMs: Ms = 300

/** Joins spans, in order, over silences that are no pauses. */
export function joinOver(spans: readonly Span[], silence: Ms = pauseMs): Span[] {
  const joined: { start: Ms; end: Ms }[] = []
  for (const { start, end } of spans) {
    const last = joined.at(-1)
    if (last && start - last.end <= silence) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

/** Where the original speaks without a pause. A line whose words nobody timed is one phrase. */
export function phraseSpans({ start, end, words }: Pick<Line, 'start' | 'end' | 'words'>): Span[] {
  const spans = joinOver(words)
  return spans.length > 0 ? spans : [{ start, end }]
}

/** What of a line must be speech for its speech to be believed: less of it is a detector that slept. */
const believed = 0.5

/**
 * The windows in which a line is said: flaps of the mouth where somebody found some, the original's words, where speech
 * is heard inside of it, or the line as a whole.
 */
export function windowsOf(
  line: Pick<Line, 'start' | 'end' | 'words'>,
  activity: Activity | undefined,
  flaps: readonly Span[] = [],
): Span[] {
  if (flaps.length > 0) return joinOver(flaps)
  if (line.words.length > 0) return phraseSpans(line)
  const heard = joinOver(inside(activity?.speech ?? [], line))
  const sum = heard.reduce((total, { start, end }) => total + end - start, 0)
  return sum > 0 && sum >= believed * (line.end - line.start) ? heard : [{ start: line.start, end: line.end }]
}

/** What of some spans lies inside another. */
export const inside = (spans: readonly Span[], { start, end }: Span): Span[] =>
  spans
    .filter(span => span.start < end && span.end > start)
    .map(span => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }))
