import type { Ms } from '../../terms.ts'
import { plain, type Run, tidy } from '../document.ts'
import type { TimedWord } from './whisper-shapes.ts'

/** How far behind the last word the next is looked for: beyond it, the recognizer's words are not those of its text. */
const reach = 200

/**
 * A segment's text as runs: each word that is found in it wears its times, counted from the segment's start and kept
 * inside of it. Spaces before a word stand with the one before.
 */
export function timedRuns(text: string, words: readonly TimedWord[], start: Ms, end: Ms): readonly Run[] {
  const runs: Run[] = []
  const inside = (at: Ms) => Math.min(Math.max(at - start, 0), end - start)
  let at = 0
  const upTo = (to: number) => {
    const last = runs.at(-1)
    if (to === at) return
    const gap = text.slice(at, to)
    if (last) runs[runs.length - 1] = { ...last, text: last.text + gap }
    else runs.push({ text: gap, marks: plain })
  }
  for (const word of words) {
    const written = word.text.trim()
    if (written === '') continue
    const found = text.slice(at, at + reach + written.length).indexOf(written)
    if (found < 0) continue
    upTo(at + found)
    at += found + written.length
    if (word.start === undefined || word.end === undefined) {
      runs.push({ text: written, marks: plain })
      continue
    }
    const [from, to] = [inside(word.start), inside(word.end)]
    runs.push({ text: written, marks: { sung: { start: from, end: Math.max(from, to) } } })
  }
  upTo(text.length)
  return tidy(runs)
}
