import { type Figures, fill, type ProblemCode } from '../pipelines/problem.ts'
import type { FindingView, ProblemView } from '../server/contract.ts'
import type { Tongue } from './state.ts'
import { en } from './words/en.ts'
import { findingsJa } from './words/findings-ja.ts'
import { ja } from './words/ja.ts'
import { problemsJa } from './words/problems-ja.ts'

export type Word = keyof typeof en
export type Say = (word: Word, figures?: Figures) => string

const tables: Readonly<Record<Tongue, Readonly<Record<Word, string>>>> = { en, ja }

export const wordsIn =
  (tongue: Tongue): Say =>
  (word, figures = {}) =>
    fill(tables[tongue][word], figures)

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
