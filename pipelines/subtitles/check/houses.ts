import type { Audience, Language, Ms } from '../../terms.ts'
import { netflix } from './netflix.ts'
import type { Profile } from './profile.ts'

/** What a house wants otherwise than Netflix's general guide, which asks for most. */
type House = {
  readonly title: string
  readonly clause: string
  readonly row: number
  readonly speed: number
  readonly shortest: Ms
  readonly longest: Ms
  readonly gap: Profile['gap']
  readonly more?: Partial<Profile>
}

/** Asked for by nobody but those who say so. */
const silent: Partial<Profile> = {
  chains: undefined,
  shots: undefined,
  dual: undefined,
  ellipsis: undefined,
  quotes: undefined,
  brackets: undefined,
  songs: undefined,
  continues: undefined,
  spellsNumbers: false,
  signsInCapitals: false,
  glyphs: false,
  oneRow: false,
}

/** Figures of public guides and of Subtitle Edit's rule profiles (`SeGeneral.cs`, 2026). */
const houses: Readonly<Record<string, House>> = {
  bbc: {
    title: 'BBC',
    clause: 'BBC Subtitle Guidelines',
    row: 37,
    speed: 20,
    shortest: 1000,
    longest: 7000,
    gap: { ms: 0 },
    // 160–180 words a minute; a gap is closed or at least a second; sounds in capitals and brackets.
    more: {
      words: 180,
      chains: 1000,
      shots: { away: 200 },
      brackets: '()',
      songs: { italic: false, bareEnds: false, notes: true },
    },
  },
  ebu: {
    title: 'EBU / Arte',
    clause: 'Arte: Cahier des charges',
    row: 40,
    speed: 20,
    shortest: 1000,
    longest: 10_000,
    gap: { ms: 200 },
  },
  amazon: {
    title: 'Amazon Prime',
    clause: 'Prime Video Timed Text Style Guide',
    row: 42,
    speed: 17,
    shortest: 1000,
    longest: 7007,
    gap: { ms: 83 },
    more: { shots: 'zones', dual: { both: true, space: false }, oneRow: true },
  },
  simulcast: {
    title: 'Simulcast',
    clause: 'The habit of simulcast houses (ASS, typeset signs)',
    row: 52,
    speed: 22,
    shortest: 600,
    longest: 8000,
    gap: { ms: 0 },
    more: {
      chains: 400,
      shots: 'zones',
      oneRow: true,
      ellipsis: '...',
      songs: { italic: false, bareEnds: true, notes: false },
    },
  },
  'sdi-nl': {
    title: 'SDI Dutch',
    clause: 'SDI',
    row: 37,
    speed: 18.75,
    shortest: 1320,
    longest: 7000,
    gap: { ms: 160 },
  },
  'sw2-fr': {
    title: 'SW2 French',
    clause: 'SW2',
    row: 40,
    speed: 25,
    shortest: 800,
    longest: 5000,
    gap: { ms: 120 },
  },
  'sw3-fr': {
    title: 'SW3 French',
    clause: 'SW3',
    row: 40,
    speed: 25,
    shortest: 800,
    longest: 5000,
    gap: { ms: 160 },
  },
  'sw4-fr': {
    title: 'SW4 French',
    clause: 'SW4',
    row: 40,
    speed: 25,
    shortest: 800,
    longest: 5000,
    gap: { ms: 240 },
  },
  'pro-da': {
    title: 'Danish professional',
    clause: 'FBO',
    row: 40,
    speed: 15,
    shortest: 2000,
    longest: 8000,
    gap: { ms: 83 },
  },
  'pro-nl': {
    title: 'Dutch professional',
    clause: 'VZV',
    row: 42,
    speed: 15,
    shortest: 1400,
    longest: 7000,
    gap: { ms: 83 },
  },
  tiktok: {
    title: 'TikTok',
    clause: 'Short vertical video',
    row: 24,
    speed: 25,
    shortest: 700,
    longest: 5000,
    gap: { ms: 0 },
  },
}

export const houseNames: readonly string[] = ['netflix', ...Object.keys(houses)]

/** The profile of a house for a language; undefined when no house is called so. */
export function profileOf(
  house: string,
  language: Language,
  audience: Audience = 'adult',
): Profile | undefined {
  const base = netflix(language, audience)
  if (house === 'netflix') return base
  if (!Object.hasOwn(houses, house)) return undefined
  const found = houses[house]
  if (!found) return undefined
  const { more, ...figures } = found
  // Scripts without spaces keep what fits their rows, whatever the house counts for Latin ones.
  const dense = base.row < 30 ? { row: base.row, speed: base.speed } : {}
  const arabic = house === 'amazon' && language.toLowerCase().startsWith('ar') ? { speed: 20 } : {}
  return { ...base, ...silent, ...figures, ...more, ...dense, ...arabic, name: house }
}
