import { readFileSync } from 'node:fs'
import { base } from '../language.ts'
import type { Language, Ms, Viseme } from '../terms.ts'

/** In the order in which the model tells them, which is that of OVR and OpenXR. */
export const visemes: readonly Viseme[] = [
  'sil',
  'PP',
  'FF',
  'TH',
  'DD',
  'kk',
  'CH',
  'SS',
  'nn',
  'RR',
  'aa',
  'E',
  'ih',
  'oh',
  'ou',
]
/** The class after them: a mouth that is open and says nothing. */
export const breath = visemes.length

export type Shape = {
  readonly viseme: Viseme
  readonly openness: number
  /** How long the synthesizer takes for it, where that is known. */
  readonly lasts?: Ms
}

type Table = {
  /** Signs of IPA that look like it. */
  readonly visemes: Readonly<Record<string, string>>
  /** Where a language means another sound by a sign. */
  readonly languages: Readonly<Record<string, Readonly<Record<string, Viseme>>>>
  /** Sounds of the throat: the lips are already at the next sound. */
  readonly borrow: string
  readonly openness: Readonly<Record<Viseme, number>>
  /** Openness of single sounds, where it is not that of their viseme. */
  readonly fine: Readonly<Record<string, number>>
}
/** The table that the model was trained by. */
const table = JSON.parse(readFileSync(new URL('./phones.json', import.meta.url), 'utf8')) as Table

const shapeOf = new Map<string, Viseme>(
  Object.entries(table.visemes).flatMap(([viseme, signs]) =>
    signs.split(' ').map((sign): [string, Viseme] => [sign, viseme as Viseme]),
  ),
)
const borrowing = new Set(table.borrow.split(' '))
const longest = Math.max(...[...shapeOf.keys()].map(sign => sign.length))

const glides: ReadonlySet<Viseme> = new Set(['ih', 'ou'])
const gliding = 0.7

/** A phone without length, stress, tone and other marks. */
const bare = (ipa: string): string =>
  ipa
    .normalize('NFD')
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{Ll}\p{Lu}\p{Lo}ᵊ]/gu, '')

/** The shapes of one phone, three at most: one, or those of a diphthong. `borrow`: its neighbour's. */
export function shapesOf(ipa: string, language: Language): (Shape | 'borrow')[] {
  const own = table.languages[language.toLowerCase()] ?? table.languages[base(language)] ?? {}
  const text = bare(ipa)
  const found: (Shape | 'borrow')[] = []
  for (let at = 0; at < text.length; ) {
    const size = [3, 2, 1].find(
      length => length <= longest && at + length <= text.length && known(text.slice(at, at + length)),
    )
    const sign = text.slice(at, at + (size ?? 1))
    const viseme = own[sign] ?? shapeOf.get(sign)
    const last = found.at(-1)
    if (viseme) {
      if (last === undefined || last === 'borrow' || last.viseme !== viseme)
        found.push({
          viseme,
          openness: table.fine[text.slice(at, at + 2)] ?? table.fine[sign] ?? table.openness[viseme],
        })
    } else if (size && last !== 'borrow') found.push('borrow')
    at += size ?? 1
  }
  const [first, second] = found
  // The jaw is already on its way: no diphthong opens as wide as a vowel that stays (nor does Rhubarb draw one so).
  if (
    first &&
    second &&
    first !== 'borrow' &&
    second !== 'borrow' &&
    first.viseme === 'aa' &&
    glides.has(second.viseme)
  )
    found[0] = { ...first, openness: Math.min(first.openness, gliding) }
  return found.slice(0, 3)

  function known(sign: string): boolean {
    return sign in own || shapeOf.has(sign) || borrowing.has(sign)
  }
}

/** The shapes of a word said so, its throat sounds shaped like what follows them, else like what is before. */
export function shapesOfWord(
  phones: readonly string[],
  language: Language,
  lengths: readonly Ms[] = [],
): Shape[] {
  const all = phones.flatMap((ipa, at) => {
    const own = shapesOf(ipa, language)
    const length = lengths[at]
    const lasts = length === undefined ? {} : { lasts: length / own.length }
    return own.map(shape => ({ shape, lasts }))
  })
  return all.flatMap(({ shape, lasts }, at) => {
    if (shape !== 'borrow') return [{ ...shape, ...lasts }]
    const next = all.slice(at + 1).find(other => other.shape !== 'borrow')?.shape
    const before = all.slice(0, at).findLast(other => other.shape !== 'borrow')?.shape
    const lent = next ?? before
    return lent && lent !== 'borrow' ? [{ ...lent, openness: Math.max(0.3, lent.openness), ...lasts }] : []
  })
}
