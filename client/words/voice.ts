import type { ProblemCode } from '../../pipelines/problem.ts'
import { type Figures, fill } from '../../pipelines/problem.ts'
import type { ProblemView } from '../../server/contract.ts'
import type { Tongue } from '../state.ts'
import { problemsJa } from './problems-ja.ts'
import { voiceAnswers } from './voice-answers.ts'
import { voiceCertificates } from './voice-certificates.ts'
import { voiceDoor } from './voice-door.ts'
import { voiceOwn } from './voice-own.ts'
import { voicePaper } from './voice-paper.ts'
import { voiceStop } from './voice-stop.ts'
import { voiceTerms } from './voice-terms.ts'

/** The words of the page `/voice`, Japanese beside English, so that neither is forgotten. */
export const voiceWords = {
  ...voiceDoor,
  ...voiceTerms,
  ...voiceAnswers,
  ...voiceOwn,
  ...voiceCertificates,
  ...voiceStop,
  ...voicePaper,
} satisfies Record<string, Readonly<Record<Tongue, string>>>
export type VoiceWord = keyof typeof voiceWords
export type VoiceSay = (word: VoiceWord, figures?: Figures) => string

export const voiceWordsIn =
  (tongue: Tongue): VoiceSay =>
  (word, figures = {}) =>
    fill(voiceWords[word][tongue], figures)

/** A problem in the reader's language; where there is no sentence of ours, the server's English. */
export function voiceProblem(tongue: Tongue, { code, says, mend, figures }: ProblemView): readonly string[] {
  if (code === 'unreachable') return [voiceWords.unreachable[tongue], voiceWords['unreachable-mend'][tongue]]
  const row = tongue === 'ja' ? problemsJa[code as ProblemCode] : undefined
  return row ? row.map(text => fill(text, figures)) : [says, mend]
}
