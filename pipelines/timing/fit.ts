import type { Stage } from '../stage.ts'
import type {
  Finding,
  Fitted,
  FittedLine,
  Language,
  Line,
  LineEdit,
  LineKind,
  Ms,
  Transcript,
  TranslatedLine,
  Translation,
  Verdict,
} from '../terms.ts'
import type { Pace } from './pace.ts'
import { layPhrases, phraseSpans } from './phrases.ts'
import { syllablesIn } from './syllables.ts'

/** How far a line may run into the silence after it; seen from the picture, late by this much is still the same mouth. */
export const spillMs: Ms = 300
/** Kinds that somebody says aloud. */
const spoken: readonly LineKind[] = ['dialogue', 'narration', 'song']

/** Speaking time ÷ room, and what comes of it (0.9–1.1 goes unnoticed; 0.85–1.15 is good; 0.8–1.25 is the limit). */
const verdicts: readonly (readonly [Verdict, least: number, most: number])[] = [
  ['green', 0.9, 1.1],
  ['ok', 0.85, 1.15],
  ['amber', 0.8, 1.25],
  ['short', 0, 0.8],
]

export const verdictOf = (rate: number): Verdict =>
  verdicts.find(([, least, most]) => rate >= least && rate <= most)?.[0] ?? 'overlong'

/**
 * Measures every translated line and lays it into the time the original had for it. Times that a person set for the
 * language go before the original's. Each line stands by itself, so one edited line is one measure.
 */
export async function fit(
  transcript: Transcript,
  translation: Translation,
  edits: readonly LineEdit[],
  pace: Pace,
  at: Stage,
): Promise<Fitted> {
  const { language } = translation
  const sources = new Map(transcript.lines.map(line => [line.id, line]))
  const hands = new Map(edits.map(edit => [edit.line, edit]))
  const lines: FittedLine[] = []
  for (const [turn, line] of translation.lines.entries()) {
    at.signal.throwIfAborted()
    const source = sources.get(line.id)
    if (!source) continue
    const free = silenceAfter(source, transcript.lines)
    const speaking = line.text.trim() === '' ? 0 : await pace.measure(line.text, language, at.signal)
    lines.push(fitLine(line, source, hands.get(line.id), speaking, free, language))
    at.report((turn + 1) / translation.lines.length)
  }
  return {
    language,
    lines,
    findings: [...translation.findings, ...lines.flatMap(line => findingsOf(line, language))],
  }
}

function fitLine(
  line: TranslatedLine,
  source: Line,
  edit: LineEdit | undefined,
  speaking: Ms,
  free: Ms,
  language: Language,
): FittedLine {
  const { kind, speaker } = source
  const start = edit?.start ?? source.start
  const end = Math.max(start, edit?.end ?? source.end)
  const moved = start !== source.start || end !== source.end
  const spans = moved ? [{ start, end }] : phraseSpans(source)
  const aloud = spoken.includes(kind) && speaking > 0
  const phrases = aloud ? layPhrases(line.text, spans, speaking, language) : []
  const room = phrases.reduce((sum, phrase) => sum + phrase.end - phrase.start, 0)
  // The silence after the line is used as far as it is needed, and only then.
  const used = Math.max(room, Math.min(room + Math.min(spillMs, free), speaking))
  const rate = aloud ? Math.round((1000 * speaking) / Math.max(1, used)) / 1000 : 0
  const verdict = line.text.trim() === '' ? 'empty' : aloud ? verdictOf(rate) : 'green'
  return {
    ...line,
    start,
    end,
    kind,
    ...(speaker && { speaker }),
    source: source.text,
    speaking,
    rate,
    verdict,
    phrases,
  }
}

/** How long nobody speaks after the line. */
function silenceAfter(line: Line, lines: readonly Line[]): Ms {
  const next = lines.filter(
    other => spoken.includes(other.kind) && other.start >= line.end && other.id !== line.id,
  )
  const talkedOver = lines.some(
    other =>
      spoken.includes(other.kind) && other.id !== line.id && other.start < line.end && other.end > line.end,
  )
  return talkedOver ? 0 : Math.min(...next.map(other => other.start - line.end), Number.MAX_SAFE_INTEGER)
}

function findingsOf(
  { id, start, end, text, rate, verdict, kind }: FittedLine,
  language: Language,
): Finding[] {
  const far = verdict === 'overlong' ? rate / 1.1 : verdict === 'short' ? rate / 0.9 : 0
  // Nobody dubs a song by machine; how long its subtitle may stand is the subtitles' business.
  if (far === 0 || kind === 'song') return []
  const syllables = Math.max(1, Math.round(syllablesIn(text, language) * Math.abs(1 - 1 / far)))
  const percent = Math.round(Math.abs(rate - 1) * 100)
  const long = verdict === 'overlong'
  return [
    {
      rule: long ? 'overlong' : 'short',
      severity: long ? 'warning' : 'note',
      place: { line: id, span: { start, end }, language },
      figures: { rate, percent, syllables },
      says: long
        ? `It takes ${percent} % more time to say than there is.`
        : `It takes ${percent} % less time to say than there is.`,
      mend: `Make it about ${syllables} syllable${syllables === 1 ? '' : 's'} ${long ? 'shorter' : 'longer'}.`,
    },
  ]
}
