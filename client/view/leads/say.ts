import { type Figures, fill } from '../../../pipelines/problem.ts'
import type { Tongue } from '../../state.ts'
import { type LeadWord, leadWords } from '../../words/leads.ts'
import { useTongue } from '../house.ts'

export type LeadSay = (word: LeadWord, figures?: Figures) => string

export const leadSayIn =
  (tongue: Tongue): LeadSay =>
  (word, figures = {}) =>
    fill(leadWords[word][tongue], figures)

export const useLeadSay = (): LeadSay => leadSayIn(useTongue())

/** An instant as its reader's clock has it. */
export const whenIn = (tongue: Tongue, at: number): string =>
  new Intl.DateTimeFormat(tongue, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
