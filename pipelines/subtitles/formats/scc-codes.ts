/** The characters and codes of CEA-608 (line 21), first data channel. Codes are two bytes of seven bits; the eighth is odd parity. */

/** Where the basic set is not ASCII. */
const basic: Readonly<Record<number, string>> = {
  39: '’',
  42: 'á',
  92: 'é',
  94: 'í',
  95: 'ó',
  96: 'ú',
  123: 'ç',
  124: '÷',
  125: 'Ñ',
  126: 'ñ',
  127: '█',
}
/** 0x11 0x30–0x3f. The tenth is a space that shows what is behind it. */
const special = [...'®°½¿™¢£♪à\u00a0èâêîôû']
/** 0x12 and 0x13, 0x20–0x3f: each takes the place of the character before it, which older decoders show instead. */
const extended: readonly (readonly string[])[] = [
  [..."ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»"],
  [...'ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘'],
]

export const basicChar = (code: number): string | undefined =>
  code < 0x20 || code > 0x7f ? undefined : (basic[code] ?? String.fromCharCode(code))
export const specialChar = (second: number): string | undefined => special[second - 0x30]
export const extendedChar = (first: number, second: number): string | undefined =>
  extended[first - 0x12]?.[second - 0x20]

/** How a character is sent: one byte, or a code of two, with what stands in its place where that is not known. */
export type Sent =
  | { readonly byte: number }
  | { readonly code: readonly [number, number]; readonly instead?: number }
const sent = new Map<string, Sent>()
for (let code = 0x20; code <= 0x7f; code++) sent.set(basicChar(code) ?? '', { byte: code })
special.forEach((char, i) => {
  sent.set(char, { code: [0x11, 0x30 + i] })
})
const likeness: Readonly<Record<string, string>> = {
  "'": '’',
  '‘': '’',
  '“': '"',
  '”': '"',
  '—': '-',
  '«': '"',
  '»': '"',
  '¡': '!',
  '{': '(',
  '}': ')',
  '\\': '/',
  _: '-',
  '|': '!',
}
extended.forEach((chars, set) => {
  chars.forEach((char, i) => {
    const base = likeness[char] ?? char.normalize('NFD').charAt(0)
    const instead = sent.get(base)
    sent.set(char, {
      code: [0x12 + set, 0x20 + i],
      instead: instead && 'byte' in instead ? instead.byte : 0x20,
    })
  })
})

/** What people write that line 21 has no character for, in those it has. */
const spelled: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '―': '—',
  '‐': '-',
  '‑': '-',
  '♫': '♪',
  '\u3000': ' ',
  '\t': ' ',
}

/** The characters as they can be sent; what can't is its letter without accents, or a question mark. */
export function sendable(text: string): readonly string[] {
  return [...text.normalize('NFC')].flatMap(char => {
    if (sent.has(char)) return char
    const other = Object.hasOwn(spelled, char) ? spelled[char] : undefined
    if (other !== undefined) return [...other]
    const [base = ''] = char.normalize('NFKD')
    return sent.has(base) ? base : '?'
  })
}
export const sentAs = (char: string): Sent => sent.get(char) ?? { byte: 0x3f }

/** In the order of the codes; white is what nobody names. */
export const palette = ['#ffffff', '#00ff00', '#0000ff', '#00ffff', '#ff0000', '#ffff00', '#ff00ff'] as const
export const colorOf = (index: number): string | undefined => (index === 0 ? undefined : palette[index])

/** The nearest of the seven. */
export function colorIndex(color: string | undefined): number {
  const [, ...parts] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(color ?? '') ?? []
  if (parts.length === 0) return 0
  const wanted = parts.map(part => Number.parseInt(part, 16))
  const far = palette.map(one =>
    [1, 3, 5].reduce(
      (sum, at, i) => sum + (Number.parseInt(one.slice(at, at + 2), 16) - (wanted[i] ?? 0)) ** 2,
      0,
    ),
  )
  return far.indexOf(Math.min(...far))
}

/** Which row a preamble's first byte begins; with bit 5 of its second the next one. Row 11 stands alone. */
const rowsOfFirst: readonly number[] = [11, 1, 3, 12, 14, 5, 7, 9]
export const rowOfCode = (first: number, second: number): number =>
  (rowsOfFirst[first & 7] ?? 1) + (second & 0x20 ? 1 : 0)

/** The preamble of a row: `attribute` is a colour's index, 7 for italics, or 8 and more for an indent of four columns each. */
export function preamble(row: number, attribute: number, underline: boolean): readonly [number, number] {
  const group = rowsOfFirst.findIndex(one => one === row || (one === row - 1 && one !== 11))
  const lower = rowsOfFirst[group] === row ? 0x40 : 0x60
  return [0x10 + group, lower + attribute * 2 + (underline ? 1 : 0)]
}

/** Odd parity in the eighth bit. */
export function withParity(byte: number): number {
  let ones = 0
  for (let rest = byte & 0x7f; rest > 0; rest >>= 1) ones += rest & 1
  return ones % 2 === 0 ? byte | 0x80 : byte & 0x7f
}
export const wordOf = (first: number, second: number): string =>
  ((withParity(first) << 8) | withParity(second)).toString(16).padStart(4, '0')
