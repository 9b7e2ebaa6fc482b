import { type Piece, piecesOf, spaced } from '../language.ts'
import type { Language, Ms } from '../terms.ts'
import { byShare, type Heard } from './pace.ts'
import { speakingTime, type VoicePace } from './voice-pace.ts'

/** A text that a line may have, and how a voice would say it, cut at its words. */
export type Wording = {
  readonly text: string
  readonly pieces: readonly string[]
  /** How long the voice takes for all of it. */
  readonly speaking: Ms
  /** The synthesizer's time of the pieces from one to before another, without the pauses around them. */
  readonly foretold: (from: number, to: number) => Ms
  /** The voice's time of the same. */
  readonly time: (from: number, to: number) => Ms
  /** When its lips meet in those pieces, as shares of their time. */
  readonly closures: (from: number, to: number) => readonly number[]
  readonly join: (from: number, to: number) => string
}

export function wordingOf(text: string, language: Language, heard: Heard, pace: VoicePace): Wording {
  const pieces = piecesOf(text, language)
  const words = heard.words.length > 0 ? heard.words : byShare(text, language, heard.length / 1000).words
  const spans = pieces.map(piece => spanIn(piece, words, text))
  const foretold = (from: number, to: number) =>
    Math.max(1, (spans[to - 1]?.end ?? heard.length) - (spans[from]?.start ?? 0))
  return {
    text,
    pieces: pieces.map(piece => piece.text),
    speaking: speakingTime(heard.length, pace),
    foretold,
    time: (from, to) => speakingTime(foretold(from, to), pace),
    closures: (from, to) => {
      const start = spans[from]?.start ?? 0
      const length = foretold(from, to)
      return heard.closures.map(at => (at - start) / length).filter(share => share >= 0 && share < 1)
    },
    join: (from, to) =>
      pieces
        .slice(from, to)
        .map(piece => piece.text)
        .join(spaced(language) ? ' ' : ''),
  }
}

/** When a piece of the text is said: words may be cut otherwise (of Japanese), so its edges lie between those of words. */
function spanIn({ at, text: piece }: Piece, words: Heard['words'], text: string): { start: Ms; end: Ms } {
  const end = at + piece.length
  return { start: moment(at, 'start'), end: moment(end, 'end') }

  function moment(place: number, edge: 'start' | 'end'): Ms {
    const index = words.findLastIndex(word => (edge === 'start' ? word.at <= place : word.at < place))
    const word = words[Math.max(0, index)]
    if (!word) return 0
    const written = text.slice(word.at, words[index + 1]?.at ?? text.length).trimEnd().length
    const share = Math.min(1, Math.max(0, (place - word.at) / Math.max(1, written)))
    return word.start + share * (word.end - word.start)
  }
}
