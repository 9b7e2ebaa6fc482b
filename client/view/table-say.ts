import { type Figures, fill } from '../../pipelines/problem.ts'
import type { Tongue } from '../state.ts'
import { useTongue } from './house.ts'

/** Says words of a table that has both languages side by side. */
export function useTable<Word extends string>(
  table: Readonly<Record<Word, Readonly<Record<Tongue, string>>>>,
) {
  const tongue = useTongue()
  return (word: Word, figures: Figures = {}): string => fill(table[word][tongue], figures)
}
