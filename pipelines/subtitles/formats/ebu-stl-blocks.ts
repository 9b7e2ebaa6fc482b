/** The two kinds of blocks of EBU Tech 3264: one of general subtitle information, then one or more for each subtitle. */
import iconv from 'iconv-lite'
import type { Timecode } from '../timecode.ts'

export const gsiSize = 1024
export const ttiSize = 128
const textAt = 16
export const textSize = ttiSize - textAt

/** Where the fields of the first block stand, and how long they are. */
const fields = {
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
  UDA: [448, 576],
} as const
export type GsiField = keyof typeof fields
/** As they stand, spaces behind them included. */
export type Gsi = Readonly<Record<GsiField, string>>

/** Code pages that the standard allows for the first block; what names another is read as 850. */
export const codePages: readonly string[] = ['437', '850', '860', '863', '865']
const pageNamed = (number: string): string => `cp${codePages.includes(number) ? number : '850'}`
const pageOf = (bytes: Uint8Array): string => pageNamed(Buffer.from(bytes.subarray(0, 3)).toString('latin1'))

export function readGsi(bytes: Uint8Array): Gsi {
  const page = pageOf(bytes)
  const entries = Object.entries(fields).map(([name, [at, size]]) => {
    const field = Buffer.from(bytes.subarray(at, at + size))
    // User data is whatever its user wants it to be: bytes.
    return [name, name === 'UDA' ? field.toString('latin1') : iconv.decode(field, page)]
  })
  return Object.fromEntries(entries)
}

/** The block with some fields changed. A text too long for its field is cut. */
export function printGsi(before: Uint8Array, changes: Partial<Gsi>): Uint8Array {
  const block = Buffer.alloc(gsiSize, ' ')
  block.set(before.subarray(0, gsiSize))
  const page = changes.CPN === undefined ? pageOf(before) : pageNamed(changes.CPN)
  for (const [name, [at, size]] of Object.entries(fields)) {
    const value = Object.entries(changes).find(([own]) => own === name)?.[1]
    if (value === undefined) continue
    const coded = name === 'UDA' ? Buffer.from(value, 'latin1') : iconv.encode(value, page)
    block.fill(' ', at, at + size)
    block.set(coded.subarray(0, size), at)
  }
  return block
}

/** A block of text. `extension` FF is the last of its subtitle, FE holds user data, F0 to FD are reserved. */
export type Tti = {
  readonly group: number
  readonly number: number
  readonly extension: number
  /** 0 stands alone; 1, 2, 3 are the first, a next and the last of a cumulative set. */
  readonly cumulative: number
  readonly in: Timecode
  readonly out: Timecode
  /** The teletext row the first row of the text stands in. */
  readonly row: number
  /** 0 as typed, 1 left, 2 centred, 3 right. */
  readonly justification: number
  /** Not for transmission. */
  readonly comment: boolean
  readonly text: Uint8Array
}

const timecode = (bytes: Uint8Array, at: number): Timecode => [
  bytes[at] ?? 0,
  bytes[at + 1] ?? 0,
  bytes[at + 2] ?? 0,
  bytes[at + 3] ?? 0,
]

export const readTti = (bytes: Uint8Array): Tti => ({
  group: bytes[0] ?? 0,
  number: (bytes[1] ?? 0) + (bytes[2] ?? 0) * 256,
  extension: bytes[3] ?? 0,
  cumulative: bytes[4] ?? 0,
  in: timecode(bytes, 5),
  out: timecode(bytes, 9),
  row: bytes[13] ?? 0,
  justification: bytes[14] ?? 0,
  comment: bytes[15] === 1,
  text: bytes.subarray(textAt, ttiSize),
})

export function printTti(tti: Tti): Uint8Array {
  const block = Buffer.alloc(ttiSize, unused)
  const { group, number, extension, cumulative, row, justification, comment } = tti
  block.set([group, number % 256, number >> 8, extension, cumulative, ...tti.in, ...tti.out])
  block.set([row, justification, comment ? 1 : 0], 13)
  block.set(tti.text.subarray(0, textSize), textAt)
  return block
}

/** Fills what a text leaves of its block. */
export const unused = 0x8f
export const lastExtension = 0xff
export const userData = 0xfe
export const isText = ({ extension }: Tti): boolean => extension < 0xf0 || extension === lastExtension

export const isMain = (tti: Tti): boolean => isText(tti) && !tti.comment

/** The text of one subtitle: what its blocks hold one after another, user data and reserved blocks left out. */
export function textOfBlocks(blocks: readonly Tti[]): Uint8Array {
  return Buffer.concat(
    blocks.filter(isText).map(({ text }) => {
      const end = text.indexOf(unused)
      return end < 0 ? text : text.subarray(0, end)
    }),
  )
}

/** As many blocks as a text needs; the last always ends in an unused byte. Longer than 240 blocks it is cut. */
export function blocksFor(tti: Tti): readonly Tti[] {
  const { text } = tti
  const count = Math.min(240, Math.floor(text.length / textSize) + 1)
  return Array.from({ length: count }, (_, i) => ({
    ...tti,
    extension: i === count - 1 ? lastExtension : i,
    text: text.subarray(i * textSize, Math.min(text.length, (i + 1) * textSize)),
  }))
}
