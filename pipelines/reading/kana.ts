import { digitsOf, sayCounted, sayNumber } from './numbers.ts'
import type { Hint } from './ruby.ts'

/** What a dictionary knows of one word: how it sounds in katakana (absent when unknown) and what it is (in Japanese). */
export type Token = {
  readonly text: string
  readonly sound?: string
  readonly kind: string
  readonly detail: string
}
export type Tokenize = (text: string) => readonly Token[]

/** A stretch of the text and the stretch of the kana that says it, in UTF-16 units. */
export type Part = {
  readonly at: number
  readonly length: number
  readonly kanaAt: number
  readonly kanaLength: number
}
/** Katakana with a space between phrases and 、。！？ for the pauses; where its pieces come from; words without one. */
export type Reading = {
  readonly kana: string
  readonly parts: readonly Part[]
  readonly unread: readonly string[]
}

type Placed = Token & { readonly at: number }

/** The reading of a Japanese text. Hints win over the dictionary. */
export function readingOf(text: string, hints: readonly Hint[], tokenize: Tokenize): Reading {
  const parts: Part[] = []
  const unread: string[] = []
  let kana = ''
  for (const { at, text: written, kind, detail, sound } of counted(placed(text, hints, tokenize))) {
    const said = soundOf(written, sound)
    if (said === undefined) unread.push(written)
    if (!said) continue
    const sign = '、。！？'.includes(said)
    if (sign) {
      if (kana !== '' && !/[、。！？]$/.test(kana)) kana += said
      continue
    }
    const leans = /^助/.test(kind) || detail === '接尾' || detail === '非自立'
    if (kana !== '' && (!leans || /[、。！？]$/.test(kana))) kana += ' '
    const long = lengthened(said, kana)
    parts.push({ at, length: written.length, kanaAt: kana.length, kanaLength: long.length })
    kana += long
  }
  return { kana, parts, unread }
}

/** The hints in their places, and the dictionary's words of what lies between. */
function* placed(text: string, hints: readonly Hint[], tokenize: Tokenize): Generator<Placed> {
  let at = 0
  const between = function* (end: number): Generator<Placed> {
    for (const token of at < end ? tokenize(text.slice(at, end)) : []) {
      yield { ...token, at }
      at += token.text.length
    }
    at = Math.max(at, end)
  }
  for (const hint of [...hints].sort((a, b) => a.at - b.at)) {
    if (hint.at < at) continue
    yield* between(hint.at)
    const written = text.slice(at, at + hint.length)
    yield { at, text: written, sound: katakana(hint.kana), kind: '名詞', detail: 'ルビ' }
    at += hint.length
  }
  yield* between(text.length)
}

/** Puts the digits of a number together, and a number with what it counts. */
function* counted(tokens: Iterable<Placed>): Generator<Placed> {
  let number: Placed | undefined
  for (const token of tokens) {
    const digits = number && digitsOf(number.text)
    if (number && (token.detail === '数' || (/^[.,．，]$/.test(token.text) && digits)))
      number = { ...number, text: number.text + token.text }
    else if (number && digits && token.sound && (token.detail === '接尾' || token.text === '月')) {
      const sound = sayCounted(digits, token.text, token.sound)
      yield { ...number, text: number.text + token.text, sound }
      number = undefined
    } else {
      if (number) yield spoken(number)
      number = token.detail === '数' ? token : undefined
      if (!number) yield token
    }
  }
  if (number) yield spoken(number)
}

function spoken(number: Placed): Placed {
  const digits = digitsOf(number.text)
  return digits ? { ...number, sound: sayNumber(digits) } : number
}

const letters =
  'エイ ビー シー ディー イー エフ ジー エイチ アイ ジェイ ケイ エル エム エヌ オー ピー キュー アール エス ティー ユー ブイ ダブリュー エックス ワイ ズィー'.split(
    ' ',
  )

/** Katakana, a pause sign, nothing for what makes no sound, or undefined for what has no reading. */
function soundOf(written: string, sound: string | undefined): string | undefined {
  if (/^[、，,…‥・—―\-:：;；]+$/.test(written)) return '、'
  if (/^[。．.]+$/.test(written)) return '。'
  if (/^[！!‼]+$/.test(written)) return '！'
  if (/[？?]/.test(written) && !/[\p{L}\p{N}]/u.test(written)) return '？'
  if (sound && /[ァ-ヴ]/.test(sound)) return sound
  const plain = written.normalize('NFKC')
  if (/^[A-Za-z]+$/.test(plain))
    return [...plain.toLowerCase()].map(letter => letters[letter.charCodeAt(0) - 97]).join('')
  const kana = katakana(plain)
  if (/^[ァ-ヶー〜～]+$/.test(kana)) return kana
  return /[\p{L}\p{N}]/u.test(plain) ? undefined : ''
}

/** Hiragana as katakana. */
export const katakana = (text: string): string =>
  text.normalize('NFKC').replace(/[ぁ-ゖ]/g, kana => String.fromCharCode(kana.charCodeAt(0) + 0x60))

const vowels: readonly [row: RegExp, vowel: string][] = [
  [/[アカサタナハマヤラワガザダバパァャヮヵ]/, 'ア'],
  [/[イキシチニヒミリギジヂビピィ]/, 'イ'],
  [/[ウクスツヌフムユルグズヅブプヴゥュ]/, 'ウ'],
  [/[エケセテネヘメレゲゼデベペェヶ]/, 'エ'],
  [/[オコソトノホモヨロヲゴゾドボポォョ]/, 'オ'],
  [/ン/, 'ン'],
]

/** Writes long vowels out: the synthesizer takes ー for a Japanese letter to be named, unless it knows the syllable. */
function lengthened(kana: string, before: string): string {
  let out = ''
  for (const sign of kana.replace(/[〜～]/g, 'ー')) {
    const last = out.at(-1) ?? before.at(-1) ?? ''
    out += sign === 'ー' ? (vowels.find(([row]) => row.test(last))?.[1] ?? '') : sign
  }
  return out
}
