/** A house of one's own: what it changes of another, and which house a language's subtitles follow. */
import { z } from 'zod'
import type { HeldTo, HouseStyle, Language } from '../../terms.ts'
import { profileOf } from './houses.ts'
import { changed, type Profile } from './profile.ts'

const ms = z.int().min(0).max(3_600_000)
/** What a house may say otherwise: fields of `Profile`. `null` means that it doesn't ask for it at all. */
export const houseChanges = z.strictObject({
  row: z.number().positive().max(1000).optional(),
  column: z.number().positive().max(1000).optional(),
  rows: z.int().min(1).max(10).optional(),
  weigh: z.enum(['graphemes', 'half', 'letters']).optional(),
  speed: z.number().positive().max(1000).optional(),
  words: z.number().positive().max(10_000).nullable().optional(),
  shortest: ms.optional(),
  longest: ms.optional(),
  gap: z.union([z.strictObject({ frames: z.int().min(0).max(240) }), z.strictObject({ ms })]).optional(),
  chains: z
    .union([z.literal('half'), ms])
    .nullable()
    .optional(),
  oneRow: z.boolean().optional(),
  shots: z
    .union([z.literal('zones'), z.strictObject({ away: ms })])
    .nullable()
    .optional(),
  dual: z.strictObject({ both: z.boolean(), space: z.boolean() }).nullable().optional(),
  italics: z.boolean().optional(),
  ellipsis: z.enum(['…', '...', '⋯']).nullable().optional(),
  quotes: z
    .tuple([z.string().max(4), z.string().max(4)])
    .nullable()
    .optional(),
  brackets: z.enum(['[]', '()']).nullable().optional(),
  spellsNumbers: z.boolean().optional(),
  signsInCapitals: z.boolean().optional(),
  songs: z
    .strictObject({ italic: z.boolean(), bareEnds: z.boolean(), notes: z.boolean() })
    .nullable()
    .optional(),
  continues: ms.nullable().optional(),
  glyphs: z.boolean().optional(),
})
type Own = NonNullable<HouseStyle['own']> & { readonly title?: string; readonly clause?: string }

/** The profile that a house of one's own asks for, made from another. */
export function ownProfile(own: Own, base: Profile): Profile {
  const { name, by, why, title, clause, change } = own
  const said = Object.fromEntries(Object.entries(change).map(([field, now]) => [field, now ?? undefined]))
  const told = { title: title ?? name, clause: clause ?? `${title ?? name} (after ${base.clause})` }
  return { ...changed(base, name, said, by, why), ...told }
}

export const styleIn = (houses: readonly HouseStyle[], language: Language): HouseStyle =>
  houses.find(style => style.language === language) ?? { language, house: 'netflix', audience: 'adult' }

/** The profile that a style asks for, or what is wrong with it. */
export function readStyle({ language, house, audience, own }: HouseStyle): Profile | string {
  const base = profileOf(house, language, audience)
  if (!base) return `no house is called ${house}`
  if (!own) return base
  const { error } = houseChanges.safeParse(own.change)
  if (!error) return ownProfile(own, base)
  const [first] = error.issues
  return `${first?.path.join('.') || 'change'}: ${first?.message ?? 'is odd'}`
}

/** What a language's subtitles are held to. @throws Error for a style that nobody can follow: none is ever kept */
export function profileIn(houses: readonly HouseStyle[], language: Language): Profile {
  const profile = readStyle(styleIn(houses, language))
  if (typeof profile === 'string') throw new Error(`house style of ${language}: ${profile}`)
  return profile
}

export const heldTo = ({ title, audience, clause, changes }: Profile): HeldTo => ({
  house: title,
  audience,
  clause,
  changes,
})
