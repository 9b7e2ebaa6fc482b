import type { Stage } from '../stage.ts'
import type {
  Activity,
  Fitted,
  FittedLine,
  Line,
  LineEdit,
  LineKind,
  LineSeen,
  Ms,
  Span,
  Transcript,
  TranslatedLine,
  Translation,
} from '../terms.ts'
import { findingsOf } from './findings.ts'
import { lengthOf } from './measures.ts'
import { chooseAll, type Option, type Row, type Times } from './neighbours.ts'
import type { Pace } from './pace.ts'
import { padPhrase } from './pad.ts'
import { planLine, type Room, rateOf } from './plan.ts'
import { prior, type VoicePace } from './voice-pace.ts'
import { relaxations, verdictOf, weights } from './weights.ts'
import { windowsOf } from './windows.ts'
import { wordingOf } from './wording.ts'

export { verdictOf } from './weights.ts'

export type FitAsk = {
  readonly transcript: Transcript
  readonly translation: Translation
  readonly edits: readonly LineEdit[]
  readonly activity?: Activity
  readonly duration?: Ms
  /** How the voice of each character speaks; whom nobody has heard speaks as the synthesizer. */
  readonly paces?: Readonly<Record<string, VoicePace>>
  /** What the picture shows of a line, by its id. */
  readonly seen?: Readonly<Record<string, LineSeen>>
}

/** Kinds that somebody says aloud. */
const spoken: readonly LineKind[] = ['dialogue', 'narration', 'song']
const isSpoken = ({ kind }: { readonly kind: LineKind }) => spoken.includes(kind)

/**
 * Lays every translated line into the time the original had for it: of its wordings the one that fits best, broken where
 * the original pauses, leaving the original's speech as little as need be and never into a neighbour. Times that a person
 * set for the language go before the original's.
 */
export async function fit(ask: FitAsk, pace: Pace, at: Stage): Promise<Fitted> {
  const { transcript, translation, edits } = ask
  const { language } = translation
  const sources = new Map(transcript.lines.map(line => [line.id, line]))
  const hands = new Map(edits.map(edit => [edit.line, edit]))
  const aloud = transcript.lines.filter(isSpoken).map(line => timesOf(line, hands.get(line.id)))
  const rows: Row[] = []
  for (const [turn, line] of translation.lines.entries()) {
    at.signal.throwIfAborted()
    const source = sources.get(line.id)
    if (source) rows.push(await rowOf(line, source))
    at.report((turn + 1) / translation.lines.length)
  }
  const chosen = chooseAll(rows)
  const lines = rows.map((row, index) => fittedOf(row, chosen[index]))
  return {
    language,
    lines,
    findings: [...translation.findings, ...lines.flatMap(line => findingsOf(line, language))],
  }

  async function rowOf(line: TranslatedLine, source: Line): Promise<Row> {
    const times = timesOf(source, hands.get(line.id))
    const room = roomOf(source, times, aloud, ask)
    const voice = ask.paces?.[source.speaker ?? ''] ?? prior
    const options: Option[] = []
    if (isSpoken(source))
      for (const [rank, said] of [line, ...reworded(line)].entries()) {
        if (said.text.trim() === '') continue
        const wording = wordingOf(said.text, language, await pace.hear(said.text, language, at.signal), voice)
        if (wording.pieces.length === 0) continue
        const { cost, phrases } = planLine(wording, room)
        options.push({ said, wording, plan: { cost: cost + weights.rank * rank, phrases } })
      }
    return { line, source, times, room, options }
  }
}

function timesOf({ id, ...source }: Line, edit: LineEdit | undefined): Times {
  const start = edit?.start ?? source.start
  const end = Math.max(start, edit?.end ?? source.end)
  return { id, start, end, moved: start !== source.start || end !== source.end }
}

/** The other wordings of a line as lines of their own: the translator's first words become the suggestion. */
function reworded({ id, text, origin, candidates = [] }: TranslatedLine): TranslatedLine[] {
  return candidates
    .filter(other => other !== text)
    .map(other => ({ id, text: other, origin, suggestion: { text, origin } }))
}

function roomOf(
  source: Line,
  times: Times,
  aloud: readonly Times[],
  { activity, duration, seen }: FitAsk,
): Room {
  const { screen, flaps, closures }: LineSeen = seen?.[source.id] ?? {
    screen: source.kind === 'narration' ? 'off' : 'unknown',
  }
  const windows = times.moved ? [{ start: times.start, end: times.end }] : windowsOf(source, activity, flaps)
  const free = relaxations[screen]
  const [before, after] = silenceAround(windows, times.id, aloud)
  return {
    windows,
    // The line before may end in its silence first, if it needs to: never both in the same.
    before: Math.max(0, Math.min(free.before, before - relaxations.off.after)),
    after: Math.max(
      0,
      Math.min(free.after, after, (duration ?? Number.MAX_SAFE_INTEGER) - (windows.at(-1)?.end ?? 0)),
    ),
    screen,
    ...(closures && { closures }),
  }
}

/** How long nobody speaks before and after some windows. Before the first line, the episode's beginning. */
function silenceAround(windows: readonly Span[], id: string, aloud: readonly Times[]): readonly [Ms, Ms] {
  const [start, end] = [windows[0]?.start ?? 0, windows.at(-1)?.end ?? 0]
  let [before, after] = [start + relaxations.off.after, Number.MAX_SAFE_INTEGER]
  for (const other of aloud) {
    if (other.id === id) continue
    if (other.start >= end) after = Math.min(after, other.start - end)
    else if (other.end > end) after = 0
    if (other.end <= start) before = Math.min(before, start - other.end)
    else if (other.start < start) before = 0
  }
  return [before, after]
}

function fittedOf({ line, source, times, room, options }: Row, option: Option | undefined): FittedLine {
  const { start, end } = times
  const { kind, speaker, rights } = source
  const { id, text, origin, suggestion } = option?.said ?? line
  const planned = option?.plan.phrases ?? []
  const speaking = planned.reduce((sum, phrase) => sum + phrase.speaking, 0)
  const rate = Math.round(1000 * rateOf(planned)) / 1000
  const empty = text.trim() === ''
  const whole = planned.length > 0
  return {
    id,
    text,
    origin,
    ...(suggestion && { suggestion }),
    ...((line.candidates?.length ?? 0) > 0 && { candidates: line.candidates }),
    start,
    end,
    kind,
    ...(speaker && { speaker }),
    ...(rights && { rights }),
    source: source.text,
    speaking,
    rate: whole ? rate : 0,
    verdict: empty ? 'empty' : whole ? verdictOf(rate) : 'green',
    ...(options.length > 0 && {
      room: room.windows.reduce((sum, window) => sum + lengthOf(window), 0),
      spare: room.before + room.after,
    }),
    phrases: planned.flatMap(phrase =>
      (option ? padPhrase(phrase, option.wording) : [phrase]).map(part => ({
        start: part.start,
        end: part.end,
        text: part.text,
        rate: Math.round(1000 * phrase.rate) / 1000,
        foretold: Math.round(option?.wording.foretold(part.from, part.to) ?? 0),
      })),
    ),
  }
}
