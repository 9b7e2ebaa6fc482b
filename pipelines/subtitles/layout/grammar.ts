/** Where a row of text may end, and how gladly. Lower is better; what must not be parted costs most. */
import {
  loadDefaultJapaneseParser,
  loadDefaultSimplifiedChineseParser,
  loadDefaultThaiParser,
  loadDefaultTraditionalChineseParser,
} from 'budoux'
import type { Language } from '../../terms.ts'

/** A place to break: the text before `at`, and from `next` on what comes after (spaces between belong to neither). */
export type Opening = { readonly at: number; readonly next: number; readonly cost: number }

/** `stray`: what likes to begin a row ends one. */
export const costs = { sentence: 0, clause: 2, joint: 4, plain: 8, stray: 16, bound: 30 } as const

type Words = { readonly bound: ReadonlySet<string>; readonly joint: ReadonlySet<string> }
const set = (words: string) => new Set(words.split(' '))

/**
 * Per language, words that are never the last of a row (articles, possessives, prepositions, auxiliaries, subject
 * pronouns: what follows belongs to them) and words that like to be the first (conjunctions, prepositions).
 */
const grammar: Readonly<Record<string, Words>> = {
  en: {
    bound: set(
      "a an the my your his her its our their this that these those no every each some any i you he she we they of to in on at by for with from into about is are was were be been am has have had do does did will would can could shall should may might must not don't doesn't didn't isn't aren't won't can't mr mrs ms dr very too so i'm you're he's she's it's we're they're i'll you'll i've you've",
    ),
    joint: set(
      'and but or nor so yet because that which who whom whose where when while if unless until although though since as than before after of to in on at by for with from into about',
    ),
  },
  es: {
    bound: set(
      'el la los las un una unos unas mi tu su mis tus sus nuestro nuestra este esta ese esa yo tú él ella usted nosotros ellos ellas me te se le lo les nos de del a al en con por para sin sobre no ha he has han había es son está están muy más que',
    ),
    joint: set(
      'y e o u pero sino porque que cuando donde si aunque como mientras pues para con de a en por sin sobre',
    ),
  },
  fr: {
    bound: set(
      "le la les l' un une des du de d' au aux mon ma mes ton ta tes son sa ses notre votre leur leurs ce cet cette ces je tu il elle on nous vous ils elles me te se ne n' en y à dans par pour avec sans sur sous ai as a est sont suis es très plus qui que",
    ),
    joint: set(
      'et ou mais donc or ni car que qui dont où quand si comme lorsque puisque parce pour avec dans de à sans sur',
    ),
  },
  de: {
    bound: set(
      'der die das den dem des ein eine einen einem einer eines kein keine mein dein sein ihr unser euer ich du er sie es wir in im an am auf aus bei mit nach von vom zu zum zur für über unter vor bin bist ist sind war hat habe haben wird nicht sehr',
    ),
    joint: set(
      'und oder aber denn sondern weil dass wenn als ob obwohl damit bevor nachdem während wo wer was der die das in an auf aus bei mit nach von zu für',
    ),
  },
  pt: {
    bound: set(
      'o a os as um uma uns umas meu minha teu tua seu sua nosso nossa este esta esse essa eu tu ele ela você nós eles elas me te se lhe de do da dos das em no na nos nas por pelo pela para com sem não é são está foi muito mais que',
    ),
    joint: set('e ou mas porém porque que quando onde se embora como enquanto pois para com de em por sem'),
  },
  it: {
    bound: set(
      "il lo la i gli le un uno una l' un' mio mia tuo tua suo sua nostro questo questa quel quella io tu lui lei noi voi loro mi ti si ci vi ne di del della a al alla da dal in nel nella con su per tra fra non è sono ha ho molto più che",
    ),
    joint: set('e o ma però perché che quando dove se anche come mentre per con di a da in su'),
  },
}
const none: Words = { bound: new Set(), joint: new Set() }

/** Scripts written without spaces: where their phrases end is a question for a trained segmenter. */
const segmenters: Readonly<Record<string, () => { parse: (text: string) => string[] }>> = {
  ja: once(loadDefaultJapaneseParser),
  zh: once(loadDefaultSimplifiedChineseParser),
  'zh-hant': once(loadDefaultTraditionalChineseParser),
  th: once(loadDefaultThaiParser),
}
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
function segmenterOf(language: Language) {
  const tag = language.toLowerCase()
  const name = /^zh-(?:hant|tw|hk|mo)/.test(tag) ? 'zh-hant' : (tag.split('-')[0] ?? '')
  return Object.hasOwn(segmenters, name) ? segmenters[name] : undefined
}
/** Whether two rows of this language are joined again with a space between. */
export const spaced = (language: Language): boolean => !/^(?:ja|zh|th)\b/i.test(language)

const sentenceEnd = /[.!?…。！？♪»”"’)）」』][»”"’)）」』]*$/u
const clauseEnd = /[,;:،、，；：–—-]$/u

/** How far grammar looks to either side of a place. */
const reach = 60

/** Every place a text may be broken at, in order. */
export function openingsOf(text: string, language: Language): readonly Opening[] {
  return segmenterOf(language) ? phraseOpenings(text, language) : spaceOpenings(text, language)
}

/** How gladly a row ends at `at` and the next begins at `next`; what no phrase ends at is bound. */
export function costAt(text: string, at: number, next: number, language: Language): number {
  if (segmenterOf(language)) return openingsOf(text, language).find(one => one.at === at)?.cost ?? costs.bound
  const { bound, joint } = wordsOf(language)
  return costBetween(text.slice(Math.max(0, at - reach), at), text.slice(next, next + reach), bound, joint)
}

function phraseOpenings(text: string, language: Language): Opening[] {
  const openings: Opening[] = []
  let at = 0
  for (const phrase of segmenterOf(language)?.().parse(text) ?? []) {
    at += phrase.length
    if (at >= text.length) break
    const before = text.slice(Math.max(0, at - reach), at).trimEnd()
    const next = at + (/^[ \u3000]+/.exec(text.slice(at, at + reach))?.[0].length ?? 0)
    // Kinsoku: what may not begin a row does not, however the phrases fall (JIS X 4051).
    const forbidden =
      /^[、。，．！？!?)）」』】〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ・：；…]/u.test(
        text.slice(next),
      ) || /[（「『【〈《(]$/u.test(before)
    if (!forbidden)
      openings.push({
        at: at - (Math.min(at, reach) - before.length),
        next,
        cost: costAfter(before) ?? costs.plain,
      })
  }
  return openings
}

function spaceOpenings(text: string, language: Language): Opening[] {
  const { bound, joint } = wordsOf(language)
  const openings: Opening[] = []
  for (const { index, 0: space } of text.matchAll(/[ \n\t\u3000]+/g)) {
    const next = index + space.length
    if (index === 0 || next >= text.length) continue
    openings.push({
      at: index,
      next,
      cost: costBetween(
        text.slice(Math.max(0, index - reach), index),
        text.slice(next, next + reach),
        bound,
        joint,
      ),
    })
  }
  return openings
}
function wordsOf(language: Language): Words {
  const base = language.split('-')[0]?.toLowerCase() ?? ''
  return Object.hasOwn(grammar, base) ? (grammar[base] ?? none) : none
}

function costBetween(
  before: string,
  after: string,
  bound: ReadonlySet<string>,
  joint: ReadonlySet<string>,
): number {
  const punctuated = costAfter(before)
  if (punctuated !== undefined) return punctuated
  const last = /[^\s]+$/u.exec(before)?.[0] ?? ''
  const first = /^[^\s]+/u.exec(after)?.[0] ?? ''
  const word = bare(last)
  if (bound.has(word)) return costs.bound
  // First and last name: two words with capitals, the first not the beginning of a sentence.
  const named = /^\p{Lu}\p{Ll}/u.test(first) && /^\p{Lu}\p{Ll}/u.test(last) && /[^.!?…]\s+\S+$/u.test(before)
  if (named) return costs.bound
  if (joint.has(word)) return costs.stray
  return joint.has(bare(first)) ? costs.joint : costs.plain
}
const bare = (word: string) =>
  word
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}']+$/gu, '')
    .replace('’', "'")

function costAfter(before: string): number | undefined {
  const tail = before.slice(-4)
  if (/\b(?:mr|mrs|ms|dr|st|sr|sra)\.$/i.test(before.slice(-5))) return costs.bound
  return sentenceEnd.test(tail) ? costs.sentence : clauseEnd.test(tail) ? costs.clause : undefined
}
