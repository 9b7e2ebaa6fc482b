import { piecesOf } from '../language.ts'
import type { Language, Span, Word } from '../terms.ts'

/** Words laid into a span by their length in graphemes: the guess where nobody heard when they were said. */
export function spreadWords(text: string, { start, end }: Span, language: Language): Word[] {
  const pieces = piecesOf(text, language)
  const weights = pieces.map(piece => Math.max(1, graphemes(piece.text)))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return pieces.map((piece, at) => {
    const from = start + Math.round(((end - start) * before) / whole)
    before += weights[at] ?? 0
    return { text: piece.text, start: from, end: start + Math.round(((end - start) * before) / whole) }
  })
}

/** The same words in another span: what was early stays early. */
export function moveWords(words: readonly Word[], from: Span, to: Span): Word[] {
  const scale = (to.end - to.start) / Math.max(1, from.end - from.start)
  const moved = (at: number) => Math.round(to.start + (at - from.start) * scale)
  return words.map(word => ({ ...word, start: moved(word.start), end: moved(word.end) }))
}

const counter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const graphemes = (text: string): number => [...counter.segment(text)].length
