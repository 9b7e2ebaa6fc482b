import type { Phone, SpokenWord } from '../espeak/words.ts'
import type { Espeak } from '../espeak.ts'
import { base } from '../language.ts'
import type { Hint } from '../reading/ruby.ts'
import type { Language } from '../terms.ts'
import type { SaidWord, Way } from './forced.ts'
import { shapesOfWord } from './phones.ts'

export type Said = { readonly text: string; readonly language: Language; readonly hints?: readonly Hint[] }
export type SpelledWord = SaidWord & { readonly text: string }

/** In nats: who speaks with an accent does so clearly, a whispered vowel is half heard. */
const costs = { accent: 10, whispered: 1 }
/** Another accent of the same tongue, whose speakers may as well say the line. */
const accents: Record<string, Language> = {
  'en-us': 'en-GB',
  en: 'en-GB',
  'en-gb': 'en-US',
  es: 'es-419',
  'es-es': 'es-419',
  pt: 'pt-BR',
  'pt-pt': 'pt-BR',
}

/** The words of a text as the synthesizer would say them, in each of the accents it knows. Problems: those of `time`. */
export async function spell(
  said: Said,
  espeak: Pick<Espeak, 'time'>,
  signal?: AbortSignal,
): Promise<SpelledWord[]> {
  const other = accents[said.language.toLowerCase()]
  const one = await wordsIn(said, espeak, signal)
  const two = other ? await wordsIn({ ...said, language: other }, espeak, signal) : []
  return one.map(({ text, ways }, at) => ({
    text,
    ways: distinct([...ways, ...(two.length === one.length ? accented(two[at]) : [])]),
  }))
}

async function wordsIn(
  said: Said,
  espeak: Pick<Espeak, 'time'>,
  signal?: AbortSignal,
): Promise<SpelledWord[]> {
  const { words, phones } = await espeak.time(said, signal)
  return spelledBy(words, phones, said.language)
}

/** The words of what was spoken, each with the sounds that begin in it. */
export function spelledBy(
  words: readonly SpokenWord[],
  phones: readonly Phone[],
  language: Language,
): SpelledWord[] {
  const own: Phone[][] = words.map(() => [])
  let at = 0
  for (const phone of phones) {
    while (at < words.length - 1 && (words[at + 1]?.start ?? 0) <= phone.start + 1) at++
    own[at]?.push(phone)
  }
  return words.map(({ text }, index) => ({ text, ways: waysOf(own[index] ?? [], language) }))
}

const voiceless = /^(?:[ptkscfhɸçɕθʃ]|tɕ|ts|tʃ)/

const accented = (word: SpelledWord | undefined): Way[] =>
  (word?.ways ?? []).map(way => ({ ...way, cost: way.cost + costs.accent }))

/** As it is written in IPA; in Japanese also with the high vowels between voiceless sounds left out (です, した). */
function waysOf(phones: readonly Phone[], language: Language): Way[] {
  const full = { shapes: shapesIn(phones, language), cost: 0 }
  if (base(language) !== 'ja') return [full]
  const whispered = phones.filter(({ ipa }, at) => {
    const high = /^[iɯɨ]/.test(ipa) && !/ː/.test(ipa)
    const next = phones[at + 1]?.ipa
    return !(
      high &&
      voiceless.test(phones[at - 1]?.ipa ?? '') &&
      (next === undefined || voiceless.test(next))
    )
  })
  if (whispered.length === phones.length) return [full]
  return [full, { shapes: shapesIn(whispered, language), cost: costs.whispered }]
}

const shapesIn = (phones: readonly Phone[], language: Language) =>
  shapesOfWord(
    phones.map(({ ipa }) => ipa),
    language,
    phones.map(({ start, end }) => Math.max(10, end - start)),
  )

function distinct(ways: readonly Way[]): Way[] {
  const seen = new Set<string>()
  return ways.filter(({ shapes }) => {
    const key = shapes.map(shape => shape.viseme).join(' ')
    return seen.has(key) ? false : seen.add(key)
  })
}
