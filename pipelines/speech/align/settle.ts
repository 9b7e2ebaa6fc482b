/**
 * Holds what the path found against the shapes of the mouth: lines that these deny give up their places, the rest are
 * looked for again without them, and the denied are looked for in what is left.
 */
import type { Ms, Span, Word } from '../../terms.ts'
import { frameMs } from '../../visemes/ears.ts'
import { forceWords } from '../../visemes/forced.ts'
import type { SpelledWord } from '../../visemes/said.ts'
import { scoresOf } from '../../visemes/scores.ts'
import { type Heard, judge } from './judge.ts'
import type { Circumstances, Trust } from './trust.ts'

export type Found = Span & { readonly words: readonly Word[] }
export type Settled = Found & { readonly trust: number }

export type Hearing = {
  readonly heard: Heard
  readonly length: Ms
  /** What is known of a line beside what the mouths say. */
  readonly about: (line: number, place: Span) => Circumstances
  readonly trust: Trust
  readonly signal: AbortSignal
}

/** Surer than this a line keeps its place. */
const sure = 0.5
/** Only a place that is hardly trusted is given up for a new one: words found by mouths alone agree with the mouths. */
const doubted = 0.2
/** A stretch without a sure line is looked through as a whole when it is no longer. */
const longest: Ms = 120_000

/**
 * @param shapes of each line's words
 * @param again finds some of the given lines (by their numbers), all others left out
 * @returns where each line is, or nothing where nobody says it
 */
export async function settle(
  found: readonly (Found | undefined)[],
  shapes: readonly (readonly SpelledWord[])[],
  again: (lines: readonly number[], wanted: ReadonlySet<number>) => Promise<(Found | undefined)[]>,
  hearing: Hearing,
): Promise<(Settled | undefined)[]> {
  const judge = (place: Found | undefined, line: number) =>
    place && judgeOne(place, line, shapes[line] ?? [], hearing)
  const one: (Settled | undefined)[] = []
  for (const [line, place] of found.entries()) one.push(await judge(place, line))
  const isSure = (line: number) => (one[line]?.trust ?? 0) >= sure
  const anchors = [...one.keys()].filter(isSure)
  // Nothing to go by, or nothing to mend.
  if (anchors.length === 0 || anchors.length === found.length) return one
  const beside = (line: number) =>
    [line - 1, line + 1].some(other => other >= 0 && other < found.length && !isSure(other))
  const anew = await again(anchors, new Set(anchors.filter(beside)))
  const settled: (Settled | undefined)[] = one.map((place, line) => (isSure(line) ? place : undefined))
  for (const [line, place] of anew.entries()) {
    const judged = await judge(place, line)
    if (judged && judged.trust >= (one[line]?.trust ?? 0)) settled[line] = judged
  }
  for (let line = 0; line < found.length; ) {
    if (settled[line]) {
      line++
      continue
    }
    let to = line
    while (to < found.length && !settled[to]) to++
    const gap = { start: settled[line - 1]?.end ?? 0, end: settled[to]?.start ?? hearing.length }
    const places = await inGap(gap, line, shapes.slice(line, to), hearing)
    places.forEach((place, turn) => {
      settled[line + turn] = place
    })
    keepOld(one, settled, line, to, gap)
    line = to
  }
  return settled
}

/** Old places stay unless a new one is much surer, as far as there is room for them. */
function keepOld(
  old: readonly (Settled | undefined)[],
  settled: (Settled | undefined)[],
  from: number,
  to: number,
  gap: Span,
): void {
  for (let line = from; line < to; line++) {
    const before = old[line]
    const anew = settled[line]?.trust ?? 0
    if (!before || (anew >= sure && before.trust < doubted)) continue
    const start = settled.slice(from, line).findLast(Boolean)?.end ?? gap.start
    const end = settled.slice(line + 1, to).find(Boolean)?.start ?? gap.end
    if (before.start >= start && before.end <= end) settled[line] = before
  }
}

async function judgeOne(
  place: Found,
  line: number,
  shapes: readonly SpelledWord[],
  { heard, about, trust, signal }: Hearing,
): Promise<Settled> {
  signal.throwIfAborted()
  const judged = await judge(place, shapes, heard)
  return { ...place, trust: judged ? trust(judged, about(line, place), place, line) : 0 }
}

/** Lines in a stretch where none was sure, in their order, each of them perhaps not there. */
async function inGap(
  gap: Span,
  before: number,
  lines: readonly (readonly SpelledWord[])[],
  hearing: Hearing,
): Promise<(Settled | undefined)[]> {
  const none = lines.map(() => undefined)
  if (gap.end <= gap.start || gap.end - gap.start > longest) return none
  const rows = await hearing.heard(gap)
  const forced = forceWords(scoresOf(rows, true), rows.count, lines, { alone: false, optional: true })
  if (!forced) return none
  const spans = new Map<number, Span>()
  forced.steps.forEach(({ word }, row) => {
    if (word < 0) return
    const start = (rows.from + row) * frameMs
    spans.set(word, { start: spans.get(word)?.start ?? start, end: start + frameMs })
  })
  let count = 0
  const out: (Settled | undefined)[] = []
  for (const [turn, line] of lines.entries()) {
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
    out.push(await judgeOne({ start: first.start, end: last.end, words }, before + turn, line, hearing))
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
