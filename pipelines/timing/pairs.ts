import type { Language, Ms, Span, Word } from '../terms.ts'
import { lengthOf, total } from './measures.ts'
import type { Pace } from './pace.ts'
import type { Pair } from './score.ts'
import { inside, joinOver } from './windows.ts'

/** A line of a subtitle file or a script: when, and what is said; with the times of its words, where they are known. */
export type Told = Span & {
  readonly text: string
  readonly speaker?: string
  readonly words?: readonly Word[]
}

/** A pair, when its line is said, and the time that is nearer to it than to its neighbours. */
export type Placed = Pair & { readonly window: Span; readonly cell: Span }

/** How far around a line a dub is still its dub. */
const reach: Ms = 1000
/** A caption and the detector mean one beginning when they lie no further apart: the detector's speech is wider than words by as much. */
const slack: Ms = 250
/** Nothing is said in less: captions that begin within it are of people who speak at once. */
const shortest: Ms = 500

/**
 * Captions come early and linger: each is narrowed to the speech that is heard in it, up to where the next one's begins.
 * Where nothing is heard in one, or its words were timed, it stands as it is. Gives them in the order of their beginnings.
 */
export function heardIn(told: readonly Told[], speech: readonly Span[]): readonly Told[] {
  const lines = [...told]
    .sort((a, b) => a.start - b.start)
    .map(line => ({ line, begin: nearest(line.start, speech) }))
  return lines.map(({ line, begin }) => {
    if (line.words) return line
    const next = lines.find(other => other.begin >= begin + shortest)?.begin ?? line.end
    const heard = inside(speech, { start: begin, end: Math.min(line.end, next) })
    const [first, last] = [heard.at(0), heard.at(-1)]
    return first && last ? { ...line, start: first.start, end: last.end } : line
  })
}

/** Where speech begins that a caption's beginning means, or the caption's own. */
const nearest = (at: Ms, speech: readonly Span[]): Ms =>
  speech
    .map(({ start }) => start)
    .filter(start => Math.abs(start - at) <= slack)
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? at

/**
 * The speech of an original and that of a dub, line by line. Lines are those told, if any are, else where the original
 * speaks between pauses. Between two lines the middle of the silence parts what belongs to the one and the other.
 */
export function pairsOf(
  original: readonly Span[],
  dub: readonly Span[],
  told: readonly Told[] = [],
): readonly Placed[] {
  const windows: readonly (Span & Partial<Told>)[] =
    told.length > 0 ? [...told].sort((a, b) => a.start - b.start) : joinOver(original)
  /** Words that were aligned to the sound know better than a detector, which takes music for speech. */
  const sourceOf = ({ start, end, words = [] }: Span & Partial<Told>, cell: Span) => {
    if (words.length > 0) return joinOver(words)
    const heard = inside(original, cell)
    // Who wrote the line heard it said, even if the detector did not.
    return heard.length > 0 ? heard : [{ start, end }]
  }
  return windows.map((window, index) => {
    const [before, after] = [windows[index - 1], windows[index + 1]]
    const cell = {
      start: Math.max(window.start - reach, before ? middle(before.end, window.start) : 0, 0),
      end: Math.min(window.end + reach, after ? middle(window.end, after.start) : Number.MAX_SAFE_INTEGER),
    }
    const { speaker, text } = window
    return {
      window: { start: window.start, end: window.end },
      cell,
      source: sourceOf(window, told.length > 0 ? cell : window),
      dub: inside(dub, cell),
      ...(speaker !== undefined && { speaker }),
      ...(text !== undefined && { text }),
    }
  })
}

/** Where lines overlap, each keeps what is its own. */
const middle = (end: Ms, start: Ms): Ms => (start > end ? Math.round((start + end) / 2) : start)

/** The same with how fast the dub's words are said in them, by the synthesizer's time of those words. */
export async function withRates(
  pairs: readonly Placed[],
  words: readonly Told[],
  language: Language,
  pace: Pace,
  signal: AbortSignal,
): Promise<readonly Pair[]> {
  const rated: Pair[] = []
  for (const { window: _, cell, ...pair } of pairs) {
    const said = words
      .filter(told => total(inside([told], cell)) * 2 > lengthOf(told))
      .map(({ text }) => text)
      .join(' ')
    const playing = total(pair.dub)
    const rate =
      said.trim() === '' || playing === 0
        ? undefined
        : (await pace.hear(said, language, signal)).length / playing
    rated.push({ ...pair, ...(said !== '' && { text: said }), ...(rate !== undefined && { rate }) })
  }
  return rated
}
