/**
 * Holds what the path found against the shapes of the mouth: lines that these deny give up their places, the rest are
 * looked for again without them, and the denied are looked for in what is left.
 */
import type { Inference } from '../../onnx.ts'
import type { Ms, Span, Word } from '../../terms.ts'
import { collectRows, frameMs, hearRows, type Sound } from '../../visemes/ears.ts'
import { forceWords } from '../../visemes/forced.ts'
import type { SpelledWord } from '../../visemes/said.ts'
import { scoresOf } from '../../visemes/scores.ts'
import { type Judged, judge } from './judge.ts'
import { trustOf } from './trust.ts'

export type Found = Span & { readonly words: readonly Word[] }
export type Settled = Found & { readonly trust: number }

export type Hearing = {
  readonly sound: Sound
  readonly length: Ms
  readonly inference: Pick<Inference, 'mouth'>
  readonly signal: AbortSignal
}

/** Surer than this a line keeps its place. */
const sure = 0.5
/** Two finders that are farther apart than this don't mean the same. */
const agreed: Ms = 200
/** A stretch without a sure line is looked through as a whole when it is no longer. */
const longest: Ms = 120_000

/**
 * @param shapes of each line's words
 * @param again finds the given lines (by their numbers), the others left out
 * @returns where each line is, or nothing where nobody says it
 */
export async function settle(
  found: readonly (Found | undefined)[],
  shapes: readonly (readonly SpelledWord[])[],
  again: (lines: readonly number[]) => (Found | undefined)[],
  hearing: Hearing,
): Promise<(Settled | undefined)[]> {
  const one = await judgeAll(found, shapes, hearing)
  const anchors = [...one.keys()].filter(line => (one[line]?.trust ?? 0) >= sure)
  // Nothing to go by, or nothing to mend.
  if (anchors.length === 0 || anchors.length === found.length) return one
  const better: (Found | undefined)[] = found.map(() => undefined)
  again(anchors).forEach((place, turn) => {
    better[anchors[turn] ?? 0] = place
  })
  const kept = await judgeAll(better, shapes, hearing)
  const settled = kept.map((place, line) => {
    const before = one[line]
    return anchors.includes(line) && (place?.trust ?? 0) < (before?.trust ?? 0) ? before : place
  })
  for (let line = 0; line < found.length; ) {
    if (settled[line]) {
      line++
      continue
    }
    let to = line
    while (to < found.length && !settled[to]) to++
    const gap = { start: settled[line - 1]?.end ?? 0, end: settled[to]?.start ?? hearing.length }
    const placed = await inGap(gap, shapes.slice(line, to), hearing)
    placed.forEach((place, turn) => {
      settled[line + turn] = place
    })
    line = to
  }
  return settled
}

async function judgeAll(
  found: readonly (Found | undefined)[],
  shapes: readonly (readonly SpelledWord[])[],
  { sound, inference, signal }: Hearing,
): Promise<(Settled | undefined)[]> {
  const out: (Settled | undefined)[] = []
  for (const [line, place] of found.entries()) {
    const judged = place && (await judge(place, shapes[line] ?? [], sound, inference, signal))
    out.push(place && (judged ? agreeing(place, judged) : { ...place, trust: 0 }))
  }
  return out
}

/** The mean of both finders where they mean the same, else what the shapes say when they are sure. */
function agreeing(place: Found, judged: Judged): Settled {
  const trust = trustOf(judged)
  if (trust < sure) return { ...place, trust }
  const both = (one: Ms, other: Ms) =>
    Math.abs(one - other) <= agreed ? Math.round((one + other) / 2) : other
  const words = place.words.map((word, at) => {
    const own = judged.words.find(candidate => candidate.word === at)
    return own ? { ...word, start: both(word.start, own.start), end: both(word.end, own.end) } : word
  })
  const ordered = inOrder(words)
  const [first, last] = [judged.words[0], judged.words.at(-1)]
  const start = Math.min(both(place.start, first?.start ?? place.start), ordered[0]?.start ?? place.start)
  const end = Math.max(both(place.end, last?.end ?? place.end), ordered.at(-1)?.end ?? start)
  return { start, end, words: ordered, trust }
}

/** Lines in a stretch where none was sure, in their order, each of them perhaps not there. */
async function inGap(
  gap: Span,
  lines: readonly (readonly SpelledWord[])[],
  { sound, inference, signal }: Hearing,
): Promise<(Settled | undefined)[]> {
  const none = lines.map(() => undefined)
  if (gap.end <= gap.start || gap.end - gap.start > longest) return none
  const rows = await collectRows(hearRows(sound, gap, inference, signal))
  const scores = scoresOf(rows, true)
  const forced = forceWords(scores, rows.count, lines, { alone: false, optional: true })
  if (!forced) return none
  const spans = new Map<number, Span>()
  forced.steps.forEach(({ word }, row) => {
    if (word < 0) return
    const start = (rows.from + row) * frameMs
    spans.set(word, { start: spans.get(word)?.start ?? start, end: start + frameMs })
  })
  let count = 0
  const out: (Settled | undefined)[] = []
  for (const line of lines) {
    const words = line.flatMap(({ text }, at) => {
      const span = spans.get(count + at)
      return span ? [{ text, ...span }] : []
    })
    count += line.length
    const [first, last] = [words[0], words.at(-1)]
    if (!first || !last) {
      out.push(undefined)
      continue
    }
    const place = { start: first.start, end: last.end, words }
    const judged = await judge(place, line, sound, inference, signal)
    out.push({ ...place, trust: judged ? trustOf(judged) : 0 })
  }
  return out
}

/** No word begins before the one before it has. */
export function inOrder(words: readonly Word[]): Word[] {
  const sorted: Word[] = []
  for (const word of words) {
    const start = Math.max(word.start, sorted.at(-1)?.start ?? 0)
    sorted.push({ ...word, start, end: Math.max(start, word.end) })
  }
  return sorted
}
