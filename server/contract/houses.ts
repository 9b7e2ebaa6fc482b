/** The wire of house styles: whose style the subtitles of a series follow, by language. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { leads, watchers } from './words.ts'

const audience = z.enum(['adult', 'child', 'sdh-adult', 'sdh-child'])
const short = z.string().trim().min(1)
/** A house of one's own, made from another: the fields it changes, and why. Who said so, the server writes down. */
const OwnShape = z.strictObject({
  name: short.max(100),
  why: short.max(2000),
  change: z.record(z.string().max(20), z.unknown()),
})
export const HouseChoice = z.strictObject({ house: short.max(40), audience, own: OwnShape.optional() })
export type HouseChoice = z.infer<typeof HouseChoice>

/** What a house asks for, as far as people choose by it. Milliseconds; frames are of the picture's own rate. */
export const HouseFigures = z.object({
  row: z.number(),
  rows: z.number(),
  speed: z.number(),
  shortest: z.number(),
  longest: z.number(),
  gap: z.union([z.object({ frames: z.number() }), z.object({ ms: z.number() })]),
  oneRow: z.boolean(),
  italics: z.boolean(),
  spellsNumbers: z.boolean(),
  signsInCapitals: z.boolean(),
  glyphs: z.boolean(),
})
export type HouseFigures = z.infer<typeof HouseFigures>

/** One language of a series: what its subtitles are held to, and what else they could be. */
export const HouseView = HouseChoice.extend({
  language: z.string(),
  title: z.string(),
  clause: z.string(),
  figures: HouseFigures,
  changes: z.array(
    z.object({ field: z.string(), was: z.unknown(), now: z.unknown(), by: z.string(), why: z.string() }),
  ),
  choices: z.array(
    z.object({
      house: z.string(),
      title: z.string(),
      clause: z.string(),
      figures: z.record(audience, HouseFigures),
    }),
  ),
})
export type HouseView = z.infer<typeof HouseView>

export const houseRoutes = {
  houses: {
    method: 'get',
    path: '/api/series/:series/houses',
    says: 'Whose style the subtitles of each language follow, and what could be chosen',
    may: watchers,
    answer: z.array(HouseView),
  },
  chooseHouse: {
    method: 'put',
    path: '/api/series/:series/houses/:language',
    says: 'Choose the house style of a language. What is made already is laid out and checked by it anew',
    may: leads,
    body: HouseChoice,
    answer: HouseView,
  },
} as const
