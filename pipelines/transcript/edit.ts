import type { Finding, Language, Line, LineEdit } from '../terms.ts'
import { moveWords, spreadWords } from './spread.ts'

/**
 * The lines with what people changed in them. A line of which a person set the times or the words is a human's, and its
 * times are trusted. An edit of a line that is no longer there is told of: its words stand in the finding.
 */
export function applyEdits(
  lines: readonly Line[],
  edits: readonly LineEdit[],
  language: Language,
): { readonly lines: readonly Line[]; readonly findings: readonly Finding[] } {
  const byLine = new Map(edits.map(edit => [edit.line, edit]))
  const known = new Set(lines.map(line => line.id))
  return {
    lines: lines
      .map(line => edited(line, byLine.get(line.id), language))
      .sort((a, b) => a.start - b.start || a.end - b.end),
    findings: edits.filter(edit => !known.has(edit.line)).map(orphaned),
  }
}

function edited(before: Line, edit: LineEdit | undefined, language: Language): Line {
  if (!edit) return before
  const { kind = before.kind, rights = before.rights, sung = before.sung } = edit
  const { rights: _, ...bare } = before
  const line: Line = { ...bare, kind, ...(rights && { rights }), ...(sung && { sung }) }
  // What it is, whose it is and how it is sung says nothing of its words and times.
  if ([edit.text, edit.start, edit.end, edit.speaker].every(said => said === undefined)) return line
  const start = edit.start ?? line.start
  const span = { start, end: Math.max(start, edit.end ?? line.end) }
  const text = edit.text ?? line.text
  const words = text === line.text ? moveWords(line.words, line, span) : spreadWords(text, span, language)
  const speaker = edit.speaker ?? line.speaker
  return { ...line, ...span, text, words, ...(speaker && { speaker }), trust: 1, hand: 'human' }
}

const orphaned = ({ line, language, text, start, end }: LineEdit): Finding => ({
  rule: 'edit-orphaned',
  severity: 'warning',
  place: { line, language },
  figures: {
    ...(text !== undefined && { text }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  },
  says: 'A person edited a line that is no longer there.',
  mend: 'Copy what is still needed to the line that took its place.',
})
