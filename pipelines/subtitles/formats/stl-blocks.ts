/** EBU Tech 3264: a header of 1024 bytes (GSI), then blocks of 128 (TTI). */
import { decodeHeader, decodeText } from './stl-charset.ts'

export const headerSize = 1024
export const blockSize = 128

/** Fields of the header: name, first byte, length. */
export const headerFields = {
  CPN: [0, 3],
  DFC: [3, 8],
  DSC: [11, 1],
  CCT: [12, 2],
  LC: [14, 2],
  OPT: [16, 32],
  OET: [48, 32],
  TPT: [80, 32],
  TET: [112, 32],
  TN: [144, 32],
  TCD: [176, 32],
  SLR: [208, 16],
  CD: [224, 6],
  RD: [230, 6],
  RN: [236, 2],
  TNB: [238, 5],
  TNS: [243, 5],
  TNG: [248, 3],
  MNC: [251, 2],
  MNR: [253, 2],
  TCS: [255, 1],
  TCP: [256, 8],
  TCF: [264, 8],
  TND: [272, 1],
  DSN: [273, 1],
  CO: [274, 3],
  PUB: [277, 32],
  EN: [309, 32],
  ECD: [341, 32],
} as const satisfies Record<string, readonly [number, number]>
export const userData = [448, 576] as const
export type Header = Readonly<Record<keyof typeof headerFields, string>> & { readonly UDA: Uint8Array }

export function readHeader(bytes: Uint8Array): Header {
  const page = String.fromCharCode(...bytes.subarray(0, 3))
  const entries = Object.entries(headerFields).map(([name, [at, size]]) => [
    name,
    decodeHeader(bytes.subarray(at, at + size), page),
  ])
  return { ...Object.fromEntries(entries), UDA: bytes.subarray(userData[0], headerSize) }
}

/** What a byte of a text field is, besides a character. */
const codes: Readonly<Record<number, string>> = Object.fromEntries(
  [
    'AlphaBlack AlphaRed AlphaGreen AlphaYellow AlphaBlue AlphaMagenta AlphaCyan AlphaWhite Flash Steady EndBox StartBox NormalHeight DoubleHeight DoubleWidth DoubleSize MosaicBlack MosaicRed MosaicGreen MosaicYellow MosaicBlue MosaicMagenta MosaicCyan MosaicWhite Conceal ContiguousMosaic SeparatedMosaic Reserved BlackBackground NewBackground HoldMosaic ReleaseMosaic'
      .split(' ')
      .map((name, code) => [code, name]),
    'ItalicsOn ItalicsOff UnderlineOn UnderlineOff BoxingOn BoxingOff'
      .split(' ')
      .map((name, i) => [0x80 + i, name]),
    [
      [0x8a, 'newline'],
      [0x20, 'space'],
      [0xa0, 'space'],
    ],
  ].flat(),
)
const unused = 0x8f

export type Token = { readonly code: string } | { readonly text: string }

/** Text fields end with their first unused byte, and so do their blocks. */
export function tokensOf(field: Uint8Array, table: string): readonly Token[] {
  const tokens: Token[] = []
  let from = 0
  const flush = (to: number) => {
    const text = to > from ? decodeText(field.subarray(from, to), table) : ''
    if (text !== '') tokens.push({ text })
  }
  let at = 0
  for (; at < field.length && field[at] !== unused; at++) {
    const code = codes[field[at] ?? 0]
    // A mark before a space is no character, and bytes that are nothing are passed over.
    if (code === undefined && !((field[at] ?? 0) > 0x85 && (field[at] ?? 0) < 0xa0)) continue
    flush(at)
    if (code !== undefined) tokens.push({ code })
    from = at + 1
  }
  flush(at)
  return tokens
}

export type Block = {
  readonly group: number
  readonly number: number
  /** 0xff ends a subtitle, 0xfe is user data, up to 0xef it goes on in the next block, the rest is reserved. */
  readonly extension: number
  /** 0 none, 1 first, 2 intermediate, 3 last of a set that is built up on the screen. */
  readonly cumulative: number
  readonly from: Uint8Array
  readonly to: Uint8Array
  readonly row: number
  /** 0 as it is, 1 left, 2 centred, 3 right. */
  readonly justify: number
  readonly comment: boolean
  readonly field: Uint8Array
}

export const readBlock = (bytes: Uint8Array): Block => ({
  group: bytes[0] ?? 0,
  number: (bytes[1] ?? 0) + 256 * (bytes[2] ?? 0),
  extension: bytes[3] ?? 0,
  cumulative: bytes[4] ?? 0,
  from: bytes.subarray(5, 9),
  to: bytes.subarray(9, 13),
  row: bytes[13] ?? 0,
  justify: bytes[14] ?? 0,
  comment: (bytes[15] ?? 0) === 1,
  field: bytes.subarray(16, blockSize),
})

/** Blocks of one subtitle as one; its field has those of all of them, up to their unused bytes. */
export function joinBlocks(blocks: readonly Block[]): Block | undefined {
  const [first, ...rest] = blocks
  if (!first || rest.length === 0) return first
  const used = ({ field }: Block) => {
    const end = field.indexOf(unused)
    return end < 0 ? field : field.subarray(0, end)
  }
  return { ...first, extension: 0xff, field: Buffer.concat(blocks.map(used)) }
}
