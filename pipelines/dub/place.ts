import type { Ms, Span } from '../terms.ts'
import { sampleRate } from './loudness.ts'

/**
 * How fast a line may be said, as its own time ÷ its playing time: up to 1.2 and down to 0.85 a voice stays itself; over
 * 1.3 stretching is heard (measured for waveform-similarity stretching of speech; dubbing tools draw the same line).
 */
export const paces = { slowest: 0.85, good: 1.2, fastest: 1.3 } as const
/** Between two phrases that are said in one flow. */
const breath = samplesOf(60)
/** How far a line may run into the silence after it when it can't be said in its own time. */
export const spill: Ms = 300

export function samplesOf(time: Ms): number {
  return Math.round((time * sampleRate) / 1000)
}

/** Where a phrase is played and for how long, in samples of 48 kHz from the beginning of the line. */
export type Place = { readonly at: number; readonly length: number }

/**
 * Finds every phrase its place: in its own span, or running into the pause after it, or all phrases in one flow through
 * the line, or into the silence after the line; the first of these that works, at a good pace before a fast one.
 * @param own how long each phrase takes the voice at its own pace, in samples
 * @param until the last instant the line may reach: its end or later
 * @returns places that follow each other without overlap; undefined when even the fastest pace is too long
 */
export function place(
  own: readonly number[],
  line: Span & { readonly phrases: readonly Span[] },
  until: Ms,
): readonly Place[] | undefined {
  const spans = line.phrases.map(phrase => ({
    at: samplesOf(phrase.start - line.start),
    end: samplesOf(phrase.end - line.start),
  }))
  const [end, last] = [samplesOf(line.end - line.start), samplesOf(until - line.start)]
  return (
    inSpans(own, spans, end, paces.good) ??
    inFlow(own, end, end, paces.good) ??
    inSpans(own, spans, end, paces.fastest) ??
    inFlow(own, end, last, paces.fastest)
  )
}

function inSpans(
  own: readonly number[],
  spans: readonly { readonly at: number; readonly end: number }[],
  end: number,
  fastest: number,
): readonly Place[] | undefined {
  const places: Place[] = []
  for (const [index, { at, end: wanted }] of spans.entries()) {
    const natural = own[index] ?? 0
    const next = spans[index + 1]
    const room = (next ? Math.min(next.at, Math.max(wanted, next.at - breath)) : Math.max(wanted, end)) - at
    const least = Math.ceil(natural / fastest)
    if (least > room) return undefined
    const length = Math.max(least, Math.min(wanted - at, room, Math.floor(natural / paces.slowest)))
    places.push({ at, length })
  }
  return places
}

/** All at one pace, one after the other, to end at `end` if that can be and at `last` at the latest. */
function inFlow(
  own: readonly number[],
  end: number,
  last: number,
  fastest: number,
): readonly Place[] | undefined {
  const pauses = breath * (own.length - 1)
  const whole = own.reduce((sum, natural) => sum + natural, 0)
  if (whole / fastest > last - pauses) return undefined
  const fitting = end > pauses ? whole / (end - pauses) : fastest
  const pace = Math.min(fastest, Math.max(paces.slowest, fitting))
  let at = 0
  const places: Place[] = []
  for (const natural of own) {
    const length = Math.floor(natural / pace)
    places.push({ at, length })
    at += length + breath
  }
  return places
}

/** The pace that would be needed to say it all by then. */
export function neededPace(own: readonly number[], line: Span, until: Ms): number {
  const room = samplesOf(until - line.start) - breath * (own.length - 1)
  return own.reduce((sum, natural) => sum + natural, 0) / Math.max(1, room)
}
