/** Whose style files are held against: a house by its name, or a file that says what one's own changes of it. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Language } from '../../terms.ts'
import { houseNames, profileOf } from '../check/houses.ts'
import { houseChanges, ownProfile } from '../check/own.ts'
import { audiences, type Profile } from '../check/profile.ts'
import type { Scene } from '../check/rule.ts'
import type { Document } from '../document.ts'
import { oneOf, rateOf, type Values } from './options.ts'
import { refuse, type World } from './world.ts'

/** A house's own file. `of` is the house it is made from; `by` and `why` are written down beside every change. */
export const houseShape = z.strictObject({
  name: z.string().min(1).max(100),
  of: z.enum(['netflix', ...houseNames.filter(name => name !== 'netflix')]).default('netflix'),
  title: z.string().max(200).optional(),
  clause: z.string().max(200).optional(),
  by: z.string().min(1).max(200),
  why: z.string().min(1).max(2000),
  change: houseChanges,
})
export type HouseFile = z.infer<typeof houseShape>

/** Gives a profile for each language; a house's file is read once. @throws Problem for a house nobody knows */
export async function houseOf(values: Values, world: World): Promise<(language: Language) => Profile> {
  const house = values.house ?? 'netflix'
  const audience = oneOf('audience', audiences, values.audience ?? 'adult')
  const named = (name: string, language: Language): Profile => {
    const profile = profileOf(name, language, audience)
    if (!profile)
      throw refuse(
        `No house is called ${name}`,
        `Choose one of: ${houseNames.join(', ')}; or name a .json file.`,
      )
    return profile
  }
  if (!/\.json$/i.test(house)) {
    named(house, 'und')
    return language => named(house, language)
  }
  const file = await houseFile(house, world)
  return language => ownProfile(file, named(file.of, language))
}

async function houseFile(name: string, world: World): Promise<HouseFile> {
  let read: unknown
  try {
    read = JSON.parse(await readFile(resolve(world.folder, name), 'utf8'))
  } catch {
    throw refuse(`${name} is no JSON file that can be read`, 'See docs/subtitles.md for what a house writes.')
  }
  const file = houseShape.safeParse(read)
  if (file.success) return file.data
  const [first] = file.error.issues
  const where = first?.path.join('.') || 'the file'
  throw refuse(
    `${name}: ${where}: ${first?.message ?? 'is odd'}`,
    'See docs/subtitles.md for what a house writes.',
  )
}

/** The language that was asked for, that the file says, that its name ends on; undefined when none of them does. */
export function languageOf(name: string, document: Document, values: Values): Language | undefined {
  const tag = /[._-]([a-z]{2,3}(?:-(?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3}))?)\.\w+$/.exec(name)?.[1]
  const told =
    values.language ?? document.language ?? (tag !== undefined && isLanguage(tag) ? tag : undefined)
  return told === undefined ? undefined : shortest(told)
}
const called = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const isLanguage = (tag: string): boolean => called.of(tag) !== undefined
/** `eng` is `en`. */
function shortest(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag
  } catch {
    throw refuse(`${tag} is no language tag`, 'Write it as in BCP 47: en, pt-BR, es-419, ja.')
  }
}

/** Film's rate, where nothing says another. */
const film = { num: 24, den: 1 }

/**
 * What is known of the picture and the sound. The asked-for rate stands over the film's, and that over the file's.
 * `guessed`: nobody knows the rate, so that no time can be said to be off its frames.
 */
export async function scenesOf(
  values: Values,
  world: World,
): Promise<(document: Document) => { readonly scene: Scene; readonly guessed: boolean }> {
  const asked = values.fps === undefined ? undefined : rateOf(values.fps)
  const heard =
    values.media === undefined
      ? undefined
      : await world.listen(resolve(world.folder, values.media), { pictures: true })
  return ({ rate }) => {
    const known = asked ?? heard?.rate ?? rate
    const sounds = heard && { speech: heard.speech }
    return {
      scene: { rate: known ?? film, shots: heard?.shots ?? [], ...(rate && { counted: rate }), ...sounds },
      guessed: known === undefined,
    }
  }
}
