import type { Audience, Language } from '../../terms.ts'
import type { Profile } from './profile.ts'
import { regional } from './regions.ts'

type Row = readonly [
  row: number,
  adult: number,
  child: number,
  sdhAdult: number,
  sdhChild: number,
  dual: 'both' | 'both-space' | 'second' | 'second-space',
  italics: boolean,
  quotes?: readonly [string, string],
]
const european = (dual: Row[5], quotes?: Row[7]): Row => [42, 17, 13, 20, 17, dual, true, quotes]

/**
 * Netflix Timed Text Style Guides, per language, as of August 2026: characters a row, characters a second, hyphens of
 * two speakers, italics, quotation marks where a guide names them. The longest tag that fits counts.
 */
const table: Readonly<Record<string, Row>> = {
  ar: [42, 20, 17, 23, 20, 'both-space', false],
  bg: european('second-space'),
  cs: european('both-space'),
  de: european('both'),
  en: [42, 20, 17, 20, 17, 'both', true],
  'es-419': european('both-space'),
  'es-es': european('both-space'),
  es: european('both-space'),
  fi: european('second'),
  fr: european('both-space', ['« ', ' »']),
  'fr-ca': european('both-space', ['« ', ' »']),
  he: [42, 17, 13, 20, 17, 'second', false],
  hi: [42, 22, 18, 25, 20, 'both', false],
  hu: european('both-space'),
  id: european('both-space'),
  it: european('both-space'),
  ja: [13, 4, 4, 7, 7, 'both', true, ['「', '」']],
  ko: [16, 12, 9, 14, 11, 'both-space', false],
  ms: european('both-space'),
  nl: european('second'),
  pl: european('both-space'),
  'pt-br': european('both-space'),
  'pt-pt': european('both-space'),
  pt: european('both-space'),
  ro: european('both-space'),
  ru: european('both-space', ['«', '»']),
  sk: european('both-space'),
  sr: european('second'),
  th: [35, 17, 13, 20, 17, 'both-space', false],
  vi: european('both-space'),
  'zh-hans': [16, 9, 7, 11, 9, 'both', false],
  'zh-hant': [16, 9, 7, 11, 9, 'both', false, ['「', '」']],
  zh: [16, 9, 7, 11, 9, 'both', false],
}
/** Languages without a guide of their own follow the general one. */
const general: Row = european('both')
const columns: Readonly<Record<Audience, 1 | 2 | 3 | 4>> = {
  adult: 1,
  child: 2,
  'sdh-adult': 3,
  'sdh-child': 4,
}

export const netflixLanguages: readonly Language[] = Object.keys(table)

export function netflix(language: Language, audience: Audience = 'adult'): Profile {
  const tag = regional(language)
  const base = tag.split('-')[0] ?? ''
  const own = (name: string) => (Object.hasOwn(table, name) ? table[name] : undefined)
  const found = own(tag) ?? own(base) ?? general
  const [row, , , , , dual, italics, quotes] = found
  const japanese = base === 'ja'
  // Latin letters, digits, spaces and points take half a cell beside kanji and hangul.
  const cells = japanese || base === 'ko'
  const spaceless = ['ja', 'zh', 'th'].includes(base)
  return {
    name: 'netflix',
    title: 'Netflix',
    language,
    audience,
    row,
    ...(japanese && { column: 11 }),
    rows: 2,
    weigh: cells ? 'half' : 'graphemes',
    speed: found[columns[audience]],
    // Five sixths of a second; half a second in Japanese.
    shortest: japanese ? 500 : 833,
    longest: 7000,
    gap: { frames: 2 },
    ...(!japanese && { chains: 'half' }),
    oneRow: !spaceless,
    shots: 'zones',
    ...(!japanese && { dual: { both: dual.startsWith('both'), space: dual.endsWith('space') } }),
    italics,
    ellipsis: base === 'zh' ? '⋯' : '…',
    ...(quotes && { quotes }),
    ...(!japanese && { brackets: '[]' }),
    spellsNumbers: !spaceless && base !== 'ar',
    signsInCapitals: !['ja', 'zh', 'ko', 'th', 'ar', 'he', 'hi'].includes(base),
    songs: { italic: italics && !japanese, bareEnds: !spaceless, notes: false },
    ...(!spaceless && { continues: 2000 }),
    glyphs: true,
    clause: `Netflix Timed Text Style Guide: ${base === '' ? 'General Requirements' : language}`,
    changes: [],
  }
}
