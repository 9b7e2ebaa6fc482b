import { piecesOf, spaced } from '../language.ts'
import type { Language, Line, Ms, Span } from '../terms.ts'

/** A silence this long in the original is a pause that the dub keeps: the mouth is closed. */
export const pauseMs: Ms = 300

export type Phrase = Span & { readonly text: string }

/** Where the original speaks without a pause. A line whose words nobody timed is one phrase. */
export function phraseSpans({ start, end, words }: Pick<Line, 'start' | 'end' | 'words'>): Span[] {
  const spans: { start: Ms; end: Ms }[] = []
  for (const word of words) {
    const last = spans.at(-1)
    if (last && word.start - last.end <= pauseMs) last.end = Math.max(last.end, word.end)
    else spans.push({ start: word.start, end: word.end })
  }
  return spans.length > 0 ? spans : [{ start, end }]
}

/** What it costs to be silent between two words, by what stands between them: full stop, comma, nothing. */
const breaks: readonly (readonly [after: RegExp, cost: number])[] = [
  [/[.!?。！？…][”’"'」』）)»]*$/u, 0],
  [/[,;:、，；：—–][”’"'」』）)»]*$/u, 0.08],
  [/./u, 0.5],
]
/** A pause of the original that the dub speaks through. */
const throughPause = 0.12

/**
 * Lays a translated text into the original's phrases: dynamic programming over the places between its words, at the cost
 * of |ln rate| a phrase and of the break itself. A pause for which the text has no good place is spoken through.
 * @param speaking predicted time of the whole text; a piece takes its share by letters
 */
export function layPhrases(text: string, spans: readonly Span[], speaking: Ms, language: Language): Phrase[] {
  const whole = spanOf(spans)
  const words = piecesOf(text, language).map(piece => piece.text)
  if (spans.length < 2 || words.length < 2) return [{ ...whole, text }]
  const share = shares(words)
  let best: { cost: number; phrases: Phrase[] } | undefined
  for (let merged = 0; merged < spans.length; merged++) {
    const kept = withoutPauses(spans, merged)
    const found = lay(words, share, kept, speaking, language)
    if (!found) continue
    const cost = found.cost + merged * throughPause
    if (!best || cost < best.cost) best = { cost, phrases: found.phrases }
  }
  return best?.phrases ?? [{ ...whole, text }]
}

function lay(
  words: readonly string[],
  share: readonly number[],
  spans: readonly Span[],
  speaking: Ms,
  language: Language,
) {
  type Path = { readonly cost: number; readonly from: number }
  const count = words.length
  if (spans.length > count) return undefined
  // paths[p][w]: the cheapest way to have said the first w words in the first p phrases.
  const paths: (Path | undefined)[][] = [[{ cost: 0, from: 0 }]]
  for (const [at, span] of spans.entries()) {
    const before = paths[at] ?? []
    const row: (Path | undefined)[] = []
    const last = at === spans.length - 1
    for (let to = last ? count : at + 1; to <= count - (spans.length - 1 - at); to++)
      for (let from = at; from < to; from++) {
        const path = before[from]
        if (!path) continue
        const time = ((share[to] ?? 0) - (share[from] ?? 0)) * speaking
        const rate = Math.abs(Math.log(Math.max(1, time) / Math.max(1, span.end - span.start)))
        const cost = path.cost + rate / spans.length + (last ? 0 : breakCost(words[to - 1] ?? ''))
        if (cost < (row[to]?.cost ?? Number.POSITIVE_INFINITY)) row[to] = { cost, from }
      }
    paths.push(row)
  }
  const end = paths[spans.length]?.[count]
  if (!end) return undefined
  const phrases: Phrase[] = []
  let to = count
  for (let at = spans.length; at > 0; at--) {
    const from = paths[at]?.[to]?.from ?? 0
    const span = spans[at - 1]
    if (span) phrases.unshift({ ...span, text: words.slice(from, to).join(spaced(language) ? ' ' : '') })
    to = from
  }
  return { cost: end.cost, phrases }
}

const breakCost = (word: string): number => breaks.find(([after]) => after.test(word))?.[1] ?? 0

/** For every number of words the part of the whole text that they are, by letters. */
function shares(words: readonly string[]): number[] {
  const letters = words.map(word => Math.max(1, [...word].length))
  const whole = letters.reduce((sum, count) => sum + count, 0)
  const said = (words: number) => letters.slice(0, words).reduce((sum, count) => sum + count, 0)
  return [0, ...letters.map((_, at) => said(at + 1) / whole)]
}

/** The spans with the shortest so many pauses spoken through. */
function withoutPauses(spans: readonly Span[], count: number): Span[] {
  const joined = [...spans]
  for (let turn = 0; turn < count; turn++) {
    let at = 0
    const gap = (index: number) => (joined[index + 1]?.start ?? 0) - (joined[index]?.end ?? 0)
    for (let index = 1; index < joined.length - 1; index++) if (gap(index) < gap(at)) at = index
    const [one, other] = [joined[at], joined[at + 1]]
    if (one && other) joined.splice(at, 2, { start: one.start, end: other.end })
  }
  return joined
}

const spanOf = (spans: readonly Span[]): Span => ({
  start: spans[0]?.start ?? 0,
  end: spans.at(-1)?.end ?? 0,
})
