import type { Espeak } from '../espeak.ts'
import { piecesOf, spaced } from '../language.ts'
import { Problem } from '../problem.ts'
import type { Language, Ms } from '../terms.ts'

/** How long it takes to say something, at the synthesizer's own rate. */
export type Pace = {
  readonly identity: string
  readonly hear: (text: string, language: Language, signal: AbortSignal) => Promise<Heard>
}
/** A text as it is spoken: how long, when each word of it is said, and when the lips meet. Times from its beginning. */
export type Heard = {
  readonly length: Ms
  /** `at` is the word's place in the text. In order. */
  readonly words: readonly { readonly at: number; readonly start: Ms; readonly end: Ms }[]
  readonly closures: readonly Ms[]
}

/**
 * Letters a second of calm dialogue, for languages that the synthesizer does not speak (rounded from published reading
 * and speaking rates; Pellegrino et al. 2011 find 5 to 8 syllables a second over languages, at two to three letters each).
 */
const lettersPerSecond = { spaced: 15, unspaced: 7 }
/** Sounds of closed lips. */
const bilabial = /^[ˈˌ]?[pbmɓɸβʙ]/u

/** Speaking time as the synthesizer would take it: within 6.6–8 % of other voices once their pace is known. */
export function openPace(espeak: Pick<Espeak, 'time'>): Pace {
  return {
    identity: 'espeak 2',
    async hear(text, language, signal) {
      try {
        const { length, words, phones } = await espeak.time({ text, language }, signal)
        const closures = phones.filter(({ ipa }) => bilabial.test(ipa)).map(({ start }) => start)
        return { length, words: words.map(({ at, start, end }) => ({ at, start, end })), closures }
      } catch (error) {
        if (!(error instanceof Problem) || !byLetters.has(error.code)) throw error
        return byShare(
          text,
          language,
          lettersIn(text) / lettersPerSecond[spaced(language) ? 'spaced' : 'unspaced'],
        )
      }
    },
  }
}

const byLetters = new Set<string>(['language-unspoken', 'reading-missing'])
const lettersIn = (text: string) => [...text].filter(letter => /[\p{L}\p{N}]/u.test(letter)).length

/** A text of a known length whose words take their share of it by letters. */
export function byShare(text: string, language: Language, seconds: number): Heard {
  const length = Math.round(1000 * seconds)
  const pieces = piecesOf(text, language)
  const weights = pieces.map(piece => Math.max(1, lettersIn(piece.text)))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let said = 0
  const words = pieces.map(({ at }, index) => {
    const start = (length * said) / whole
    said += weights[index] ?? 0
    return { at, start, end: (length * said) / whole }
  })
  return { length, words, closures: [] }
}
