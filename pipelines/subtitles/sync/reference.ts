/** What a track is held against: where someone speaks, and, where they are known, the words. */
import type { Ms, Span, Word } from '../../terms.ts'
import { type Document, textOf } from '../document.ts'

export type Reference = {
  readonly speech: readonly Span[]
  readonly words?: readonly Word[]
}

/** Another track as what this one is held against: its captions are speech, its words are where their share puts them. */
export function referenceOf({ captions }: Pick<Document, 'captions'>): Reference {
  const heard = captions.filter(({ kind, start, end }) => kind !== 'sign' && kind !== 'note' && end > start)
  return {
    speech: heard.map(({ start, end }) => ({ start, end })),
    words: heard.map(caption => ({ start: caption.start, end: caption.end, text: textOf(caption) })),
  }
}

/** `sums`: milliseconds of speech up to every tenth one. What is between two is a difference. */
export type Speech = {
  readonly sums: Float64Array
  readonly onsets: readonly Ms[]
  readonly ends: readonly Ms[]
  readonly length: Ms
}
export const grain: Ms = 10

export function speechOf(spans: readonly Span[]): Speech {
  const joined = joinedSpans(spans)
  const length = joined.at(-1)?.end ?? 0
  const sums = new Float64Array(Math.ceil(length / grain) + 2)
  for (const { start, end } of joined)
    for (let at = Math.floor(start / grain); at * grain < end; at++)
      sums[at + 1] = Math.min(grain, end - at * grain) - Math.max(0, start - at * grain)
  for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (sums[i - 1] ?? 0)
  return { sums, onsets: joined.map(({ start }) => start), ends: joined.map(({ end }) => end), length }
}

export const until = ({ sums }: Speech, at: Ms): number =>
  sums[at <= 0 ? 0 : Math.min(sums.length - 1, Math.round(at / grain))] ?? 0

/** In order, those that touch or overlap as one. */
export function joinedSpans(spans: readonly Span[], gap: Ms = 0): Span[] {
  const joined: Span[] = []
  for (const span of spans
    .filter(({ start, end }) => end > start && start >= 0)
    .toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && span.start <= last.end + gap)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else joined.push({ start: span.start, end: span.end })
  }
  return joined
}
