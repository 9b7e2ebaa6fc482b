import type { Tongue } from '../state.ts'
import { leadAskWords } from './leads-ask.ts'
import { leadPeopleWords } from './leads-people.ts'
import { leadWithheldWords } from './leads-withheld.ts'
import { walkWords } from './walks.ts'

/** The words of a lead's view of consents, room by room. */
export const leadWords = {
  ...walkWords,
  ...leadPeopleWords,
  ...leadAskWords,
  ...leadWithheldWords,
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>

export type LeadWord = keyof typeof leadWords
