import { type Figures, fill, type ProblemCode } from '../pipelines/problem.ts'
import type { FindingView, ProblemView } from '../server/contract.ts'
import type { Tongue } from './state.ts'
import { deedWords } from './words/deeds.ts'
import { episodeWords } from './words/episode.ts'
import { findingsJa } from './words/findings-ja.ts'
import { lineWords } from './words/line.ts'
import { pageWords } from './words/page.ts'
import { problemsJa } from './words/problems-ja.ts'
import { seriesWords } from './words/series.ts'

/** The words of the desk, room by room, Japanese beside English, so that neither is forgotten. */
export const deskWords = {
  ...pageWords,
  ...seriesWords,
  ...episodeWords,
  ...lineWords,
  ...deedWords,
} satisfies Record<string, Readonly<Record<Tongue, string>>>
export type Word = keyof typeof deskWords
export type Say = (word: Word, figures?: Figures) => string

export const wordsIn =
  (tongue: Tongue): Say =>
  (word, figures = {}) =>
    fill(deskWords[word][tongue], figures)

export type Sentence = { readonly says: string; readonly mend?: string }

/** A problem in the reader's language; where there is no sentence of ours, the server's English. */
export function problemIn(tongue: Tongue, problem: ProblemView): Sentence {
  if (problem.code === 'unreachable')
    return {
      says: wordsIn(tongue)('unreachable'),
      mend: wordsIn(tongue)('unreachable-mend'),
    }
  const row = tongue === 'ja' ? ownOf(problemsJa, problem.code as ProblemCode) : undefined
  if (row === undefined) return { says: problem.says, mend: problem.mend }
  return { says: fill(row[0], problem.figures), mend: fill(row[1], problem.figures) }
}

/** A finding in the reader's language, the same way. */
export function findingIn(tongue: Tongue, finding: FindingView): Sentence {
  const row = tongue === 'ja' ? ownOf(findingsJa, finding.rule) : undefined
  const [says, mend] = row?.map(text => fill(text ?? '', finding.figures)) ?? []
  // One name may stand for two findings with other figures: a sentence with a hole in it helps nobody.
  if (says === undefined || /\{\w+\}/.test(`${says}${mend ?? ''}`))
    return { says: finding.says, mend: finding.mend }
  return { says, mend }
}

/** A language's name in the reader's language: `ja` is Japanese, 日本語. */
export function languageIn(tongue: Tongue, language: string): string {
  try {
    return new Intl.DisplayNames([tongue], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

const ownOf = <K extends string, V>(table: Readonly<Partial<Record<K, V>>>, key: K): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
