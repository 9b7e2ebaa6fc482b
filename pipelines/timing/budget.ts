import { base } from '../language.ts'
import type { Activity, Language, Line, LineKind } from '../terms.ts'
import { lengthOf } from './measures.ts'
import { windowsOf } from './windows.ts'

/**
 * Syllables a second (of Japanese: morae), read aloud by many speakers (Pellegrino, Coupé & Marsico, Language 87, 2011,
 * table 1). Others: their mean.
 */
const perSecond: Readonly<Record<string, number>> = {
  en: 6.19,
  fr: 7.18,
  de: 5.97,
  it: 6.99,
  ja: 7.84,
  zh: 5.18,
  es: 7.82,
  vi: 5.22,
}
const others = 6.42

/** How much a translation may say: syllables in each stretch between two pauses of the original. */
export type Budget = { readonly phrases: readonly number[] }
export type Budgets = Readonly<Record<string, Budget>>

const spoken: readonly LineKind[] = ['dialogue', 'narration']

/**
 * What there is time for in every spoken line, at a calm pace. Whole syllables, so that a line that moved by a few
 * milliseconds asks nobody to translate it again.
 */
export function budgetsOf(lines: readonly Line[], activity: Activity | undefined, to: Language): Budgets {
  const rate = perSecond[base(to)] ?? others
  return Object.fromEntries(
    lines
      .filter(line => spoken.includes(line.kind))
      .map(line => [
        line.id,
        {
          phrases: windowsOf(line, activity).map(window =>
            Math.max(1, Math.round((rate * lengthOf(window)) / 1000)),
          ),
        },
      ]),
  )
}
