/** Where a row of text may end, and how gladly. Lower is better; what must not be parted costs most. */
import { segmenterOf } from '../../phrases.ts'
import type { Language } from '../../terms.ts'
import { wordsOf } from './grammar-words.ts'

/** A place to break: the text before `at`, and from `next` on what comes after (spaces between belong to neither). */
export type Opening = { readonly at: number; readonly next: number; readonly cost: number }

/** `stray`: what likes to begin a row ends one. */
export const costs = { sentence: 0, clause: 2, joint: 4, plain: 8, stray: 16, bound: 30 } as const

/** Whether two rows of this language are joined again with a space between. */
export const spaced = (language: Language): boolean => !/^(?:ja|zh|th)\b/i.test(language)

const sentenceEnd = /[.!?…。！？♪»”"’)）」』][»”"’)）」』]*$/u
const clauseEnd = /[,;:،、，；：–—-]$/u

/** How far grammar looks to either side of a place. */
const reach = 60

/** Every place a text may be broken at, in order. */
export function openingsOf(text: string, language: Language): readonly Opening[] {
  return segmenterOf(language) ? phraseOpenings(text, language) : spaceOpenings(text, language)
}

/** How gladly a row ends at `at` and the next begins at `next`; what no phrase ends at is bound. */
export function costAt(text: string, at: number, next: number, language: Language): number {
  if (segmenterOf(language)) return openingsOf(text, language).find(one => one.at === at)?.cost ?? costs.bound
  const { bound, joint } = wordsOf(language)
  return costBetween(text.slice(Math.max(0, at - reach), at), text.slice(next, next + reach), bound, joint)
}

function phraseOpenings(text: string, language: Language): Opening[] {
  const openings: Opening[] = []
  let at = 0
  for (const phrase of segmenterOf(language)?.().parse(text) ?? []) {
    at += phrase.length
    if (at >= text.length) break
    const before = text.slice(Math.max(0, at - reach), at).trimEnd()
    const next = at + (/^[ \u3000]+/.exec(text.slice(at, at + reach))?.[0].length ?? 0)
    // Kinsoku: what may not begin a row does not, however the phrases fall (JIS X 4051).
    const forbidden =
      /^[、。，．！？!?)）」』】〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ・：；…]/u.test(
        text.slice(next),
      ) || /[（「『【〈《(]$/u.test(before)
    if (!forbidden)
      openings.push({
        at: at - (Math.min(at, reach) - before.length),
        next,
        cost: costAfter(before) ?? costs.plain,
      })
  }
  return openings
}

function spaceOpenings(text: string, language: Language): Opening[] {
  const { bound, joint } = wordsOf(language)
  const openings: Opening[] = []
  for (const { index, 0: space } of text.matchAll(/[ \n\t\u3000]+/g)) {
    const next = index + space.length
    if (index === 0 || next >= text.length) continue
    openings.push({
      at: index,
      next,
      cost: costBetween(
        text.slice(Math.max(0, index - reach), index),
        text.slice(next, next + reach),
        bound,
        joint,
      ),
    })
  }
  return openings
}
function costBetween(
  before: string,
  after: string,
  bound: ReadonlySet<string>,
  joint: ReadonlySet<string>,
): number {
  const punctuated = costAfter(before)
  if (punctuated !== undefined) return punctuated
  const last = /[^\s]+$/u.exec(before)?.[0] ?? ''
  const first = /^[^\s]+/u.exec(after)?.[0] ?? ''
  const word = bare(last)
  if (bound.has(word)) return costs.bound
  // First and last name: two words with capitals, the first not the beginning of a sentence.
  const named = /^\p{Lu}\p{Ll}/u.test(first) && /^\p{Lu}\p{Ll}/u.test(last) && /[^.!?…]\s+\S+$/u.test(before)
  if (named) return costs.bound
  if (joint.has(word)) return costs.stray
  return joint.has(bare(first)) ? costs.joint : costs.plain
}
const bare = (word: string) =>
  word
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}']+$/gu, '')
    .replace('’', "'")

function costAfter(before: string): number | undefined {
  const tail = before.slice(-4)
  if (/\b(?:mr|mrs|ms|dr|st|sr|sra)\.$/i.test(before.slice(-5))) return costs.bound
  return sentenceEnd.test(tail) ? costs.sentence : clauseEnd.test(tail) ? costs.clause : undefined
}
