import type { Ms, Span, Word } from '../../terms.ts'
import { frameMs, type Rows } from '../../visemes/ears.ts'
import type { SaidWord } from '../../visemes/forced.ts'
import { scoresOf } from '../../visemes/scores.ts'
import { weigh } from '../../visemes/sure.ts'

/** What a line's own mouth shapes say of the place that was found for it. */
export type Judged = {
  /** Nats a row for these words against the same shapes in other orders. */
  readonly margin: number
  /** Nats a row under what the sound would score without any words: 0 at best. */
  readonly fit: number
  /** 10 ms of speech. */
  readonly rows: number
  /** How far the words are from where they were found, on average. */
  readonly apart: Ms
}

/** What is heard of mouths in a span. */
export type Heard = (span: Span) => Promise<Rows>

/** Sound around the place that is heard too: the line may begin earlier or end later. */
const around: Ms = 400
/** What is longer is no line. */
const longest: Ms = 60_000
/** A word that is farther off is elsewhere. */
const elsewhere: Ms = 500

export async function judge(
  { start, end, words }: Span & { readonly words: readonly Word[] },
  shapes: readonly SaidWord[],
  heard: Heard,
): Promise<Judged | undefined> {
  if (end <= start || end - start > longest) return undefined
  const rows = await heard({ start: Math.max(0, start - around), end: end + around })
  const weighed = weigh(scoresOf(rows, true), rows.count, shapes, false)
  if (!weighed) return undefined
  const starts = new Map<number, Ms>()
  weighed.forced.steps.forEach(({ word }, row) => {
    if (word >= 0 && !starts.has(word)) starts.set(word, (rows.from + row) * frameMs)
  })
  const off = [...starts].map(([word, at]) => Math.min(elsewhere, Math.abs((words[word]?.start ?? at) - at)))
  const apart = off.reduce((sum, value) => sum + value, 0) / Math.max(1, off.length)
  return { margin: weighed.margin, fit: weighed.forced.fit, rows: weighed.rows, apart }
}
