/** Character code tables of EBU Tech 3264, appendix 2: 00 is ISO 6937/2, the others are parts of ISO 8859. */
import iconv from 'iconv-lite'

/** Text of bytes and bytes of text. Undefined: the table has no such character. */
export type CodeTable = {
  readonly number: string
  readonly charOf: (byte: number) => string | undefined
  /** The mark that a byte sets on the character after it. */
  readonly accentOf: (byte: number) => string | undefined
  readonly bytesOf: (char: string) => readonly number[] | undefined
}

const latin = cells({
  160: '\u00a0¡¢£$¥#§¤‘“«←↑→↓',
  176: '°±²³×µ¶·÷’”»¼½¾¿',
  208: '―¹®©™♪¬¦',
  220: '⅛⅜⅝⅞',
  224: 'ΩÆĐạĦ\0ĲĿŁØŒọÞŦŊŉ',
  240: 'ĸæđðħıĳŀłøœßþŧŋ\u00ad',
})
const accents = cells({
  193: '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0308\u030a\u0327\u0331\u030b\u0328\u030c',
})
/**
 * The figure of the standard draws the ordinals as underlined letters, and EBU's own readers say so. No language of the
 * table has such letters.
 */
const ordinals: Readonly<Record<string, string>> = { ạ: 'ª', ọ: 'º' }
export const withOrdinals = (text: string): string => text.replace(/[ạọ]/g, char => ordinals[char] ?? char)

/** What stands in for characters that are not in the table. */
const instead: Readonly<Record<string, string>> = {
  ª: 'ạ',
  º: 'ọ',
  '–': '-',
  '—': '―',
  '‐': '-',
  '‑': '-',
  '…': '...',
  '„': '"',
  '‟': '"',
  '‚': "'",
  '\u2009': ' ',
  '\u202f': '\u00a0',
  '♫': '♪',
}

function cells(rows: Readonly<Record<number, string>>): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  for (const [start, chars] of Object.entries(rows))
    [...chars].forEach((char, i) => {
      if (char !== '\0') found.set(Number(start) + i, char)
    })
  return found
}

function tableOf(number: string, chars: ReadonlyMap<number, string>, marks: ReadonlyMap<number, string>) {
  // Of two bytes with one meaning the first is written: the second is deprecated.
  const bytes = new Map([...chars].toReversed().map(([byte, char]) => [char, byte]))
  const markBytes = new Map([...marks].toReversed().map(([byte, mark]) => [mark, byte]))
  const bytesOf = (char: string): readonly number[] | undefined => {
    const whole = bytes.get(char)
    if (whole !== undefined) return [whole]
    const [base = '', mark = '', more] = char.normalize('NFD')
    const [letter, accent] = [bytes.get(base), markBytes.get(mark)]
    if (more === undefined && letter !== undefined && accent !== undefined) return [accent, letter]
    const other = Object.hasOwn(instead, char) ? instead[char] : undefined
    return other === undefined ? undefined : [...other].flatMap(one => bytesOf(one) ?? [])
  }
  return {
    number,
    charOf: (byte: number) => chars.get(byte),
    accentOf: (byte: number) => marks.get(byte),
    bytesOf,
  }
}

const ascii = Array.from({ length: 95 }, (_, i) => [i + 32, String.fromCharCode(i + 32)] as const)
function isoTable(number: string, encoding: string): CodeTable {
  const high = Array.from({ length: 96 }, (_, i) => i + 160).flatMap(byte => {
    const char = iconv.decode(Buffer.from([byte]), encoding)
    return char === '\ufffd' ? [] : [[byte, char] as const]
  })
  return tableOf(number, new Map([...ascii, ...high]), new Map())
}

// ISO 6937/2 has the general currency sign where ASCII has the dollar.
const iso6937 = tableOf('00', new Map([...ascii, ...latin, [36, '¤'], [168, '¤']]), accents)

const tables: readonly CodeTable[] = [
  iso6937,
  isoTable('01', 'iso-8859-5'),
  isoTable('02', 'iso-8859-6'),
  isoTable('03', 'iso-8859-7'),
  isoTable('04', 'iso-8859-8'),
]

/** The table that a file's CCT field names. */
export const codeTable = (number: string): CodeTable | undefined =>
  tables.find(one => one.number === number.replace(' ', '0'))
export const latinTable: CodeTable = iso6937

/** The table that has most of a text's characters, Latin first. */
export function tableFor(text: string): CodeTable {
  const chars = [...new Set(text.normalize('NFC'))]
  const strange = (table: CodeTable) => chars.filter(char => !table.bytesOf(char)).length
  return tables.reduce((a, b) => (strange(b) < strange(a) ? b : a))
}
