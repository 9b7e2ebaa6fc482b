import type { Inference } from '../../onnx.ts'
import type { Ms, Span } from '../../terms.ts'
import { collectRows, frameMs, hearRows, type Sound } from '../../visemes/ears.ts'
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
  /** When each word is said, by the shapes; in the order of the words, those without a shape left out. */
  readonly words: readonly (Span & { readonly word: number })[]
}

/** Sound around the place that is heard too: the line may begin earlier or end later. */
const around: Ms = 400
/** What is longer is no line. */
const longest: Ms = 60_000

export async function judge(
  span: Span,
  words: readonly SaidWord[],
  sound: Sound,
  inference: Pick<Inference, 'mouth'>,
  signal: AbortSignal,
): Promise<Judged | undefined> {
  if (span.end <= span.start || span.end - span.start > longest) return undefined
  const wider = { start: Math.max(0, span.start - around), end: span.end + around }
  const rows = await collectRows(hearRows(sound, wider, inference, signal))
  const weighed = weigh(scoresOf(rows, true), rows.count, words, false)
  if (!weighed) return undefined
  const spans: (Span & { word: number })[] = []
  weighed.forced.steps.forEach(({ word }, row) => {
    if (word < 0) return
    const start = (rows.from + row) * frameMs
    const last = spans.at(-1)
    if (last?.word === word) spans[spans.length - 1] = { ...last, end: start + frameMs }
    else spans.push({ word, start, end: start + frameMs })
  })
  return { margin: weighed.margin, fit: weighed.forced.fit, rows: weighed.rows, words: spans }
}
