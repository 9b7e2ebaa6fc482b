import type { Language } from '../../terms.ts'
import type { Profile } from './profile.ts'

/** For whom: their reading speeds differ. `sdh` is for the deaf and hard of hearing. */
export type Audience = 'adult' | 'child' | 'sdhAdult' | 'sdhChild'

type Row = readonly [
  row: number,
  adult: number,
  child: number,
  sdhAdult: number,
  sdhChild: number,
  dual: 'both' | 'both-space' | 'second' | 'second-space',
  italics: boolean,
]

/**
 * Netflix Timed Text Style Guides, per language, as of August 2026: characters a row, characters a second, hyphens of
 * two speakers, italics. Looked up by the longest tag that fits.
 */
const table: Readonly<Record<string, Row>> = {
  ar: [42, 20, 17, 23, 20, 'both-space', false],
  bg: [42, 17, 13, 20, 17, 'second-space', true],
  cs: [42, 17, 13, 20, 17, 'both-space', true],
  de: [42, 17, 13, 20, 17, 'both', true],
  en: [42, 20, 17, 20, 17, 'both', true],
  es: [42, 17, 13, 20, 17, 'both-space', true],
  fi: [42, 17, 13, 20, 17, 'second', true],
  fr: [42, 17, 13, 20, 17, 'both-space', true],
  he: [42, 17, 13, 20, 17, 'second', false],
  hi: [42, 22, 18, 25, 20, 'both', false],
  hu: [42, 17, 13, 20, 17, 'both-space', true],
  id: [42, 17, 13, 20, 17, 'both-space', true],
  it: [42, 17, 13, 20, 17, 'both-space', true],
  ja: [13, 4, 4, 7, 7, 'both', true],
  ko: [16, 12, 9, 14, 11, 'both-space', false],
  ms: [42, 17, 13, 20, 17, 'both-space', true],
  nl: [42, 17, 13, 20, 17, 'second', true],
  pl: [42, 17, 13, 20, 17, 'both-space', true],
  pt: [42, 17, 13, 20, 17, 'both-space', true],
  ro: [42, 17, 13, 20, 17, 'both-space', true],
  ru: [42, 17, 13, 20, 17, 'both-space', true],
  sk: [42, 17, 13, 20, 17, 'both-space', true],
  sr: [42, 17, 13, 20, 17, 'second', true],
  th: [35, 17, 13, 20, 17, 'both-space', false],
  vi: [42, 17, 13, 20, 17, 'both-space', true],
  zh: [16, 9, 7, 11, 9, 'both', false],
}
/** Languages without a guide of their own follow the general one. */
const general: Row = [42, 17, 13, 20, 17, 'both', true]
const audiences: readonly Audience[] = ['adult', 'child', 'sdhAdult', 'sdhChild']

export function netflix(language: Language, audience: Audience = 'adult'): Profile {
  const base = language.split('-')[0]?.toLowerCase() ?? ''
  const found = Object.hasOwn(table, base) ? (table[base] ?? general) : general
  const [row, , , , , dual, italics] = found
  const speed = [found[1], found[2], found[3], found[4]][audiences.indexOf(audience)] ?? found[1]
  return {
    name: 'netflix',
    language,
    row,
    rows: 2,
    weigh: base === 'ja' ? 'half' : 'graphemes',
    speed,
    // 5/6 of a second; half a second in Japanese.
    shortest: base === 'ja' ? 500 : 833,
    longest: 7000,
    gap: 2,
    chains: true,
    dual: { both: dual.startsWith('both'), space: dual.endsWith('space') },
    italics,
  }
}
