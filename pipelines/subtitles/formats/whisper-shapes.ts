/** The shapes that recognizers give their segments in, all read into one. */
import type { Ms, Span } from '../../terms.ts'
import type { Beside } from '../document.ts'

/** Times are absent where the recognizer had none for the word. */
export type TimedWord = { readonly text: string; readonly start?: Ms; readonly end?: Ms }
export type Segment = Span & {
  readonly text: string
  readonly words: readonly TimedWord[]
  readonly speaker?: string
  readonly beside?: Beside
}
export type Segments = {
  /** Under which key of the outermost object they stand; '' when the file is the list itself. */
  readonly key: string
  readonly raw: readonly unknown[]
  /** In the same order; undefined for what has no times or no text. */
  readonly segments: readonly (Segment | undefined)[]
  readonly language: string | undefined
}

export type Fields = Readonly<Record<string, unknown>>
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (fields: unknown, key: string): unknown =>
  isFields(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** Longer than a thousand hours is no time. */
const mostMs = 3.6e9
const ms = (value: unknown, unit: number): Ms | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value * unit) <= mostMs
    ? Math.round(value * unit)
    : undefined

export function segmentsOf(value: unknown): Segments | undefined {
  const language = text(own(value, 'language')) ?? text(own(own(value, 'result'), 'language'))
  const found = Array.isArray(value)
    ? (['', value] as const)
    : ['segments', 'transcription', 'chunks'].flatMap(key => {
        const raw = own(value, key)
        return Array.isArray(raw) ? [[key, raw] as const] : []
      })[0]
  if (!found) return undefined
  const [key, raw] = found
  const segments = raw.map(segmentOf)
  return { key, raw, segments: shared(segments, list(own(value, 'words'))), language }
}

function segmentOf(raw: unknown): Segment | undefined {
  const span = spanOf(raw)
  const words = text(own(raw, 'text'))
  if (!span || words === undefined) return undefined
  const speaker = speakerOf(raw)
  const beside = besideOf(raw)
  return {
    ...span,
    text: words,
    words:
      Array.isArray(own(raw, 'tokens')) && isFields(list(own(raw, 'tokens'))[0])
        ? joined(list(own(raw, 'tokens')))
        : list(own(raw, 'words')).flatMap(wordOf),
    ...(speaker !== undefined && { speaker }),
    ...(beside && { beside }),
  }
}

/** Seconds under `start` and `end`, milliseconds under `offsets` (whisper.cpp), seconds in a pair (Transformers). */
function spanOf(raw: unknown): Span | undefined {
  const [first, second] = list(own(raw, 'timestamp'))
  const offsets = own(raw, 'offsets')
  const start = ms(own(raw, 'start'), 1000) ?? ms(own(offsets, 'from'), 1) ?? ms(first, 1000)
  const end = ms(own(raw, 'end'), 1000) ?? ms(own(offsets, 'to'), 1) ?? ms(second, 1000)
  return start === undefined
    ? undefined
    : end === undefined
      ? second === null
        ? { start, end: start }
        : undefined
      : { start, end }
}

function wordOf(raw: unknown): readonly TimedWord[] {
  const word = text(own(raw, 'word')) ?? text(own(raw, 'text'))
  if (word === undefined) return []
  const [start, end] = [ms(own(raw, 'start'), 1000), ms(own(raw, 'end'), 1000)]
  return [{ text: word, ...(start !== undefined && { start }), ...(end !== undefined && { end }) }]
}

/** Tokens of whisper.cpp are pieces of words: one that begins with a space, or is of a script without, begins a word. */
function joined(tokens: readonly unknown[]): readonly TimedWord[] {
  const words: TimedWord[] = []
  for (const raw of tokens) {
    const [token, span] = [text(own(raw, 'text')), spanOf(raw)]
    if (token === undefined || !span || /^\[_.*\]$/.test(token)) continue
    const last = words.at(-1)
    const goesOn =
      last && !token.startsWith(' ') && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{M}\p{P}\d]/u.test(token)
    if (last && goesOn) words[words.length - 1] = { ...last, text: last.text + token, end: span.end }
    else words.push({ text: token, ...span })
  }
  return words
}

/** WhisperX names the speaker of a segment, or only those of its words. */
function speakerOf(raw: unknown): string | undefined {
  const said = text(own(raw, 'speaker'))
  if (said !== undefined && said !== '') return said
  const names = new Set(list(own(raw, 'words')).map(word => text(own(word, 'speaker'))))
  const [only] = names
  return names.size === 1 && only ? only : undefined
}

/** How sure the recognizer was: what a person looks at to find the lines to hear again. */
const figures = ['avg_logprob', 'no_speech_prob', 'compression_ratio', 'temperature'] as const
function besideOf(raw: unknown): Beside | undefined {
  const said = figures.flatMap(name => {
    const value = own(raw, name)
    return typeof value === 'number' && Number.isFinite(value)
      ? [[`whisper.${name}`, String(value)] as const]
      : []
  })
  return said.length > 0 ? Object.fromEntries(said) : undefined
}

/** Words that the API gives beside the segments, each to the one it begins in. */
function shared(
  segments: readonly (Segment | undefined)[],
  words: readonly unknown[],
): readonly (Segment | undefined)[] {
  if (words.length === 0) return segments
  const timed = words.flatMap(wordOf)
  let next = 0
  return segments.map((segment, i) => {
    if (!segment || segment.words.length > 0) return segment
    const from = next
    const last = segments[i + 1] === undefined
    while (next < timed.length && (last || (timed[next]?.start ?? 0) < segment.end)) next++
    return { ...segment, words: timed.slice(from, next) }
  })
}
