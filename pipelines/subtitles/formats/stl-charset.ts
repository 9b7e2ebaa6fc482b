/** Character code tables of EBU Tech 3264: five for what is read on the screen, five DOS code pages for the header. */
import iconv from 'iconv-lite'

/** Names a table goes by in the header (CCT). 00 is Latin (ISO 6937), the others are ISO 8859's of their script. */
const parts: Readonly<Record<string, string>> = {
  '01': 'iso-8859-5',
  '02': 'iso-8859-6',
  '03': 'iso-8859-7',
  '04': 'iso-8859-8',
}

/** Combining marks stand before their letter in ISO 6937. */
const marks: Readonly<Record<number, string>> = {
  193: '\u0300',
  194: '\u0301',
  195: '\u0302',
  196: '\u0303',
  197: '\u0304',
  198: '\u0306',
  199: '\u0307',
  200: '\u0308',
  202: '\u030a',
  203: '\u0327',
  204: '\u0331',
  205: '\u030b',
  206: '\u0328',
  207: '\u030c',
}
/**
 * 0xa0 to 0xff of table 00; · is no character. EBU's own readers take the ordinals of 0xe3 and 0xeb for letters with a
 * dot below, which no language of this table has: `ordinals` says what they are.
 */
const latin =
  '\u00a0¡¢£$¥·§·‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿················―¹®©™♪¬¦····⅛⅜⅝⅞ΩÆĐạĦ·ĲĿŁØŒọÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u00ad'
const ordinals: Readonly<Record<string, string>> = { ạ: 'ª', ọ: 'º' }
export const withOrdinals = (text: string): string => text.replace(/[ạọ]/g, char => ordinals[char] ?? char)
const absent = '·'
/** 0xb7 is a true middle dot, and so told apart from what is absent. */
const middleDot = 0xb7

/** The character of a byte of table 00, marks apart. */
function latinOf(byte: number): string {
  if (byte === 0x24) return '¤'
  if (byte < 0x7f) return String.fromCharCode(byte)
  const char = latin.charAt(byte - 0xa0)
  return byte === middleDot ? '·' : char === absent ? '' : char
}

/** A stretch of bytes that are characters. Marks are joined to their letters, as NFC has them. */
export function decodeText(bytes: Uint8Array, table: string): string {
  const part = Object.hasOwn(parts, table) ? parts[table] : undefined
  if (part !== undefined) return iconv.decode(Buffer.from(bytes), part).replaceAll('\ufffd', '')
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    const mark = marks[byte]
    const letter = bytes[i + 1]
    if (mark === undefined) text += latinOf(byte)
    else if (letter !== undefined && letter > 0x20) {
      text += latinOf(letter) + mark
      i++
    }
  }
  return text.normalize('NFC')
}

const latinBytes = new Map<string, readonly number[]>()
for (let byte = 0x20; byte <= 0xff; byte++) {
  const char = byte > 0x7e && byte < 0xa0 ? '' : latinOf(byte)
  if (char !== '' && marks[byte] === undefined) latinBytes.set(char, [byte])
}
for (const [dotted, ordinal] of Object.entries(ordinals))
  latinBytes.set(ordinal, latinBytes.get(dotted) ?? [])
const markBytes = new Map(Object.entries(marks).map(([byte, mark]) => [mark, Number(byte)]))

/** The bytes of one character, or none where the table has none for it. */
export function encodeChar(char: string, table: string): readonly number[] | undefined {
  const part = Object.hasOwn(parts, table) ? parts[table] : undefined
  if (part !== undefined) {
    const bytes = iconv.encode(char, part)
    return iconv.decode(bytes, part) === char ? [...bytes] : undefined
  }
  const whole = latinBytes.get(char)
  if (whole) return whole
  const [letter = '', mark = '', ...more] = char.normalize('NFD')
  const [base, byte] = [latinBytes.get(letter), markBytes.get(mark)]
  return more.length === 0 && base && byte !== undefined ? [byte, ...base] : undefined
}

/** The first table that has every character of a text; 00 when none does. */
export const tableFor = (text: string): string =>
  ['00', ...Object.keys(parts)].find(table =>
    [...text].every(char => char === '\n' || encodeChar(char, table)),
  ) ?? '00'

const pages = new Set(['437', '850', '860', '863', '865'])
const pageOf = (number: string): string => (pages.has(number) ? `cp${number}` : 'cp850')
export const decodeHeader = (bytes: Uint8Array, page: string): string =>
  iconv.decode(Buffer.from(bytes), pageOf(page))
export const encodeHeader = (text: string, page: string): Uint8Array => iconv.encode(text, pageOf(page))
