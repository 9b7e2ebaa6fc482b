/** Which legacy encoding a file is in: what the detector proposes, held against how words look in it. */
import { createRequire } from 'node:module'
import iconv from 'iconv-lite'

/** What the detector calls otherwise than the coder does, or calls narrower than what people write under that name. */
const aliases: Readonly<Record<string, string>> = {
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  shift_jis: 'cp932',
  'shift-jis': 'cp932',
  'euc-jis-2004': 'euc-jp',
  'euc-kr': 'cp949',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'tis-620': 'windows-874',
  'iso-8859-9': 'windows-1254',
}
/** More of a file says no more about its encoding. */
export const enough = 64 * 1024

/**
 * Arabic as DOS shaped it, letter by letter: the detector takes the Windows page for it. And pages that hardly held a
 * file when they were new, which win where a row has one letter that is not ASCII.
 */
const nobodys =
  /^(?:(?:cp|ibm)?(?:720|775|86[0134589])|iso-?8859-(?:3|4|10|14|16)|mac(?:iceland|turkish|croatian|romania|greek|thai))$/

/** Loaded when it is asked: its tables are more than all else here, and most files are UTF-8. */
const jschardet = (): typeof import('jschardet') => createRequire(import.meta.url)('jschardet')

type Candidate = { readonly coder: string; readonly confidence: number }

/** The coder's name of the likeliest encoding; windows-1252, in which every byte is a character, when nothing can be told. */
export function guess(bytes: Uint8Array): string {
  const sample = Buffer.from(foreignRows(bytes))
  const japanese = ['cp932', 'euc-jp'].find(coder => isKana(iconv.decode(sample, coder)))
  if (japanese !== undefined) return japanese
  const candidates = jschardet()
    .detectAll(sample)
    .flatMap(({ encoding, confidence }): Candidate[] => {
      const name = encoding?.toLowerCase() ?? ''
      const coder = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name
      return name !== '' && !nobodys.test(coder) && iconv.encodingExists(coder) ? [{ coder, confidence }] : []
    })
  const [best] = candidates
  if (!best) return 'windows-1252'
  if (multibyte.test(best.coder)) return best.coder
  // Short texts leave near ties. What is far behind is asked only where words look strange in all of those.
  for (const share of [0.95, 0.4]) {
    const likely = candidates.filter(({ confidence }) => confidence >= best.confidence * share)
    const chosen = leastStrange(likely, sample)
    if (chosen && chosen.strange < 0.25) return turkishOr(chosen.coder, sample)
  }
  return leastStrange([...candidates, { coder: 'windows-1252', confidence: 0 }], sample)?.coder ?? best.coder
}

/** Mostly kana, and no byte that means nothing: no other language's bytes come out so. The detector misses short rows. */
function isKana(text: string): boolean {
  const foreign = text.match(/[^\u0000-\u007f]/g)?.length ?? 0
  const kana = text.match(/[ぁ-ゖァ-ヺ]/g)?.length ?? 0
  return kana >= 2 && kana * 2 > foreign && !text.includes('\ufffd')
}

/** ş, ğ and ı stand where Icelandic has þ, ð and ý; but that has vowels with accents in nearly every word. */
function turkishOr(coder: string, sample: Buffer): string {
  if (coder !== 'windows-1252') return coder
  const text = iconv.decode(sample, coder)
  return /[þðýÞÐÝ]/.test(text) && !/[áéíóúæ]/i.test(text) ? 'windows-1254' : coder
}

/** Rows that hold anything but ASCII, so that a long English head hides nothing. */
function foreignRows(bytes: Uint8Array): Uint8Array {
  const rows: Uint8Array[] = []
  let size = 0
  for (let start = 0; start < bytes.length && size < enough; ) {
    const found = bytes.indexOf(10, start)
    const end = found < 0 ? bytes.length : found + 1
    const row = bytes.subarray(start, Math.min(end, start + enough))
    if (row.some(byte => byte > 0x7f || byte === 0x1b)) {
      rows.push(row)
      size += row.length
    }
    start = end
  }
  return Buffer.concat(rows)
}

const multibyte = /^(?:cp932|cp949|euc|gb|big5|iso-?2022|utf|hz|shift)/
/** Hardly anybody makes subtitles on an old Macintosh or under DOS, or uses what the Windows pages replaced. */
const isRare = ({ coder }: Candidate): boolean =>
  /^(?:mac|cp\d|ibm|hp|ptcp|kz|koi8-t|iso-?8859-(?:3|4|6|10|14|16)$)/.test(coder)

function leastStrange(candidates: readonly Candidate[], sample: Buffer) {
  const ordered = [...candidates.filter(one => !isRare(one)), ...candidates.filter(isRare)]
  const judged = ordered.map(({ coder }) => ({ coder, ...strangeness(iconv.decode(sample, coder)) }))
  return judged.reduce<(typeof judged)[number] | undefined>(
    (least, one) =>
      !least ||
      one.strange < least.strange - 0.02 ||
      (one.strange <= least.strange + 0.02 && one.capitals > least.capitals * 1.2)
        ? one
        : least,
    undefined,
  )
}

const otherAlphabet =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}]/u
/** A symbol, a control character or a mark of a price in the middle of a word. */
const symbolInside = /\p{L}[\p{S}\p{Cc}\p{No}«»“”„…†‡‰•¿¡§¶]\p{L}|[\u0080-\u009f\ufffd]/u
const symbolBeside = /[\p{Sm}¬¤¦§¶†‡][\p{L}]/u

/**
 * Of the words that are not ASCII, how many look as no word does in any language: of two alphabets, small letters before
 * capitals, symbols inside. `capitals` counts rows that begin with one.
 */
function strangeness(text: string): { readonly strange: number; readonly capitals: number } {
  let [words, strange] = [0, 0]
  for (const [word] of text.matchAll(/[^\s\u0021-\u0040\u005b-\u0060\u007b-\u007e]{1,60}/g)) {
    if (/^[\u0000-\u007f]*$/.test(word)) continue
    words++
    const mixed = /[A-Za-z]/.test(word) && otherAlphabet.test(word)
    if (mixed || /\p{Ll}\p{Lu}/u.test(word) || symbolInside.test(word) || symbolBeside.test(word)) strange++
  }
  return {
    strange: words === 0 ? 0 : strange / words,
    capitals: text.match(/^[^\p{L}\n]*\p{Lu}/gmu)?.length ?? 0,
  }
}
