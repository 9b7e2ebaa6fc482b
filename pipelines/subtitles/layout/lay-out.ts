import { isHeld } from '../../rights.ts'
import type { Cue, Finding, LineKind, Span } from '../../terms.ts'
import type { Profile } from '../check/profile.ts'
import { breakRows } from './break.ts'
import type { Part, TimedLine } from './line.ts'
import { paired } from './pairs.ts'
import { splitLine } from './split.ts'
import { type Clock, timeCaptions } from './time.ts'

/** Where a kind stands. What stands elsewhere neither waits for the dialogue nor makes it wait. */
const lanes: Readonly<Record<LineKind, 'speech' | 'picture' | 'none'>> = {
  dialogue: 'speech',
  narration: 'speech',
  song: 'speech',
  sign: 'picture',
  // Notes are for those who make the episode.
  note: 'none',
}

/**
 * Cues of timed lines, and what is to be said about them. Lines without text have no cue and a finding, unless their
 * words are somebody's and nobody has to write them.
 */
export function layOut(
  lines: readonly TimedLine[],
  profile: Profile,
  clock: Clock,
): { cues: readonly Cue[]; findings: readonly Finding[] } {
  const findings: Finding[] = lines
    .filter(line => lanes[line.kind] !== 'none' && line.text.trim() === '' && !isHeld(line))
    .map(({ id, start, end }) => untranslated(id, { start, end }, profile))
  const shown = lines.filter(line => line.text.trim() !== '').toSorted((a, b) => a.start - b.start)
  const cues: Cue[] = []
  for (const lane of ['speech', 'picture'] as const) {
    const alone = shown.filter(line => lanes[line.kind] === lane).flatMap(line => partsOf(line, profile))
    const parts = lane === 'speech' ? paired(alone, profile, clock) : alone
    const spans = timeCaptions(parts, profile, lane === 'picture' ? { ...clock, shots: [] } : clock)
    const laid = parts.map(({ text, ...part }, i) => cueOf({ ...part, ...spans[i], text }, profile))
    cues.push(...laid)
  }
  return { cues: cues.sort((a, b) => a.start - b.start || a.end - b.end), findings }
}

function cueOf({ id, lines, start, end, text }: Part, profile: Profile): Cue {
  const [line] = lines
  return {
    id,
    lines: lines.map(one => one.id),
    kind: line?.kind ?? 'dialogue',
    // Two speakers have no name in common.
    ...(lines.length === 1 && line?.speaker !== undefined && { speaker: line.speaker }),
    ...(line?.rights && { rights: line.rights }),
    start,
    end,
    text: lines.length > 1 ? text : breakRows(text, profile).join('\n'),
  }
}

function partsOf(line: TimedLine, profile: Profile): readonly Part[] {
  const pieces = splitLine({ start: line.start, end: line.end, text: line.text.trim() }, line.heard, profile)
  return pieces.map((piece, i) => ({
    ...piece,
    lines: [line],
    id: i === 0 ? line.id : `${line.id}.${i + 1}`,
  }))
}

const untranslated = (line: string, span: Span, { language }: Profile): Finding => ({
  rule: 'no-text',
  severity: 'error',
  place: { line, span, language },
  figures: {},
  says: 'There is nothing to show for this line.',
  mend: 'Translate it.',
})
