import { createHash } from 'node:crypto'
import type { Finding, Line, LineEdit, Ms, Speech, StyleKind, Transcript, Utterance } from '../terms.ts'
import { cutWords, join } from './cut.ts'
import { applyEdits } from './edit.ts'
import { spreadWords } from './spread.ts'

/**
 * Utterances to lines. A script's and a subtitle's are lines already; what an engine heard is cut at pauses, full stops
 * and new pictures. A line keeps its id for as long as it says the same, wherever it stands, so that people's edits stay
 * with it when other lines come and go, and when a style (`styles`) is sorted into another kind.
 */
export function segment(
  speech: Speech,
  shots: readonly Ms[],
  edits: readonly LineEdit[],
  styles: readonly StyleKind[] = [],
): Transcript {
  const { language, way } = speech
  const pieces = speech.utterances.flatMap(utterance =>
    utterance.pinned ? [utterance] : cut(utterance, shots, language),
  )
  const sorted = new Map(styles.map(({ style, kind }) => [style, kind]))
  const seen = new Map<string, number>()
  const lines = pieces.map((piece): Line => {
    const { start, end, kind, speaker, text, words, trust, rights, style, captions, form, forms, sung } =
      piece
    const name = createHash('sha256')
      .update(JSON.stringify([kind, speaker ?? '', text]))
      .digest('hex')
      .slice(0, 10)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    const id = piece.line ?? (times === 1 ? name : `${name}-${times}`)
    const heard = words.length > 0 ? words : spreadWords(text, piece, language)
    return {
      id,
      start,
      end,
      kind: sorted.get(style ?? '') ?? kind,
      ...(speaker && { speaker }),
      ...(rights && { rights }),
      ...(style && { style }),
      ...(captions && { captions }),
      ...(form && { form }),
      ...(forms && { forms }),
      ...(sung && { sung }),
      text,
      words: heard,
      trust,
      hand: 'machine',
    }
  })
  const { lines: applied, findings } = applyEdits(lines, edits, language)
  return { language, way, lines: applied, findings: [...speech.findings, ...findings, ...doubtful(applied)] }
}

function cut(utterance: Utterance, shots: readonly Ms[], language: string): Utterance[] {
  const words =
    utterance.words.length > 0 ? utterance.words : spreadWords(utterance.text, utterance, language)
  const lines = cutWords(words, shots, language)
  return lines.map(line => {
    const { start } = line[0] ?? utterance
    const { end } = line.at(-1) ?? utterance
    // An utterance that stays whole keeps its text as it was written, spaces and all.
    const text = lines.length === 1 ? utterance.text : join(line, language)
    return { ...utterance, start, end, words: line, text }
  })
}

/** Below this, times are more likely wrong than right (timing of words, measured on speech with known times). */
const leastTrust = 0.5

const doubtful = (lines: readonly Line[]): Finding[] =>
  lines
    .filter(({ trust, kind }) => trust < leastTrust && kind !== 'note' && kind !== 'sign')
    .map(({ id, start, end, trust }) => ({
      rule: 'times-doubtful',
      severity: 'warning',
      place: { line: id, span: { start, end } },
      figures: { trust: Math.round(trust * 100) / 100 },
      says: 'The times of this line may be wrong.',
      mend: 'Listen, and set its start and end.',
    }))
