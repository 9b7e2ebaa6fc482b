/** EBU-STL (EBU Tech 3264), as broadcasters exchange it. Bytes are kept as latin1 text, one part a subtitle. */
import type { Rate } from '../../terms.ts'
import {
  type Caption,
  type Document,
  type Part,
  type Place,
  type Reading,
  same,
  textOf,
} from '../document.ts'
import { frameAt, instantOf } from '../frames.ts'
import { isSong } from '../kinds.ts'
import { type ByteFormat, type Complaints, complaining } from './format.ts'
import { patch } from './patch.ts'
import {
  type Block,
  blockSize,
  type Header,
  headerFields,
  headerSize,
  joinBlocks,
  readBlock,
  readHeader,
  tokensOf,
} from './stl-blocks.ts'
import { encodeHeader, tableFor } from './stl-charset.ts'
import { codeOf, languageOf } from './stl-languages.ts'
import { isTeletextColor, printField, readTokens } from './stl-text.ts'

const complaints = {
  'header-short': ['error', 'The file ends inside its header.', 'Nothing was read.'],
  'block-short': ['warning', 'The last block is cut off.', 'It was left out; it stays in the file.'],
  'rate-unknown': [
    'warning',
    'The header names no frame rate that is known: {}.',
    'It was read as 25 frames a second.',
  ],
  'table-unknown': [
    'warning',
    'The header names no character table that is known: {}.',
    'It was read as Latin.',
  ],
  'times-odd': ['warning', 'A time code is out of range.', 'It was counted on.'],
  'times-backward': ['warning', 'The subtitle ends before it begins.', 'It was kept.'],
  'start-odd': ['note', 'Subtitles begin before the programme does.', 'Times are counted from zero.'],
  'block-reserved': ['note', 'The block has a reserved number.', 'It was left out; it stays in the file.'],
} as const satisfies Complaints<string>

/** Bytes of the file before block `i`, for diagnostics: a row is a block, the header the first. */
const rowOf = (i: number): number => i + 2

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const rates: Readonly<Record<string, Rate>> = {
  STL23: { num: 24_000, den: 1001 },
  STL24: { num: 24, den: 1 },
  STL25: { num: 25, den: 1 },
  STL29: { num: 30_000, den: 1001 },
  STL30: { num: 30, den: 1 },
  STL50: { num: 50, den: 1 },
}
const fallback: Rate = { num: 25, den: 1 }
const rateOf = (code: string): Rate | undefined =>
  Object.hasOwn(rates, code.slice(0, 5)) ? rates[code.slice(0, 5)] : undefined
/** Time codes count whole frames a second: 30 for 29.97. */
const counted = ({ num, den }: Rate): number => Math.ceil(num / den)

function framesOfCode(
  [hours = 0, minutes = 0, seconds = 0, frames = 0]: Uint8Array | readonly number[],
  rate: Rate,
): number {
  return ((hours * 60 + minutes) * 60 + seconds) * counted(rate) + frames
}
function codeOfFrames(frames: number, rate: Rate): readonly [number, number, number, number] {
  const [second, whole] = [counted(rate), Math.max(0, frames)]
  return [
    Math.floor(whole / second / 3600),
    Math.floor(whole / second / 60) % 60,
    Math.floor(whole / second) % 60,
    whole % second,
  ]
}
/** Time codes of 30 frames a second are clock time, whatever the true rate: they would drop frames to stay so. */
const clockRate = (rate: Rate): Rate => ({ num: counted(rate), den: 1 })

function read(bytes: Uint8Array): Reading {
  const { diagnostics, complain } = complaining(complaints)
  if (bytes.length < headerSize) {
    complain('header-short', 1)
    return { document: { captions: [], origin: originOf([{ raw: latin1(bytes) }]) }, diagnostics }
  }
  const header = readHeader(bytes)
  const rate = rateOf(header.DFC)
  if (!rate) complain('rate-unknown', 1, 4, header.DFC)
  if (!/^0[0-4]$/.test(header.CCT)) complain('table-unknown', 1, 13, header.CCT)
  const clock = clockRate(rate ?? fallback)
  const groups = groupsOf(bytes, complain)
  const shown = groups.flatMap(({ block }) => block ?? [])
  const first = Math.min(...shown.map(({ from }) => framesOfCode(from, clock)))
  const declared = framesOfCode((header.TCP.match(/\d\d/g) ?? []).map(Number), clock)
  const zero = declared <= first ? declared : 0
  if (zero !== declared) complain('start-odd', 1, 257)
  const captions: Caption[] = []
  const parts: Part[] = [{ raw: latin1(bytes.subarray(0, headerSize)) }]
  for (const { block, raw, row } of groups) {
    const caption = block && captionOf(block, String(captions.length + 1), header, clock, zero)
    if (block && caption) {
      if (
        [block.from, block.to].some(
          ([, minutes = 0, seconds = 0, frames = 0]) => minutes > 59 || seconds > 59 || frames >= clock.num,
        )
      )
        complain('times-odd', row)
      if (caption.end < caption.start) complain('times-backward', row)
      captions.push(caption)
    }
    parts.push(caption ? { raw, caption } : { raw })
  }
  const title = header.OPT.trim()
  const language = languageOf(header.LC)
  const document: Document = {
    captions,
    rate: rate ?? fallback,
    ...(zero > 0 && { offset: instantOf(zero, clock) }),
    ...(title !== '' && { title }),
    ...(language !== undefined && { language }),
    beside: Object.fromEntries(
      Object.keys(headerFields).flatMap(name => {
        const value = Object.entries(header).find(([own]) => own === name)?.[1]
        return typeof value === 'string' && value.trim() !== '' ? [[`stl.${name}`, value.trimEnd()]] : []
      }),
    ),
    origin: originOf(parts),
  }
  return { document, diagnostics }
}
const originOf = (parts: readonly Part[]) => ({
  format: 'stl',
  encoding: 'binary',
  bom: false,
  newline: '\n' as const,
  parts,
})

type Group = { readonly block?: Block; readonly raw: string; readonly row: number }
type Complain = (code: keyof typeof complaints, line: number, column?: number, found?: string) => void

/** Blocks of one subtitle together; user data and reserved blocks between them stand alone, in front. */
function groupsOf(bytes: Uint8Array, complain: Complain): readonly Group[] {
  const groups: Group[] = []
  let open: { blocks: Block[]; raw: string; row: number } | undefined
  const close = () => {
    const block = open && joinBlocks(open.blocks)
    if (open && block) groups.push({ block, raw: open.raw, row: open.row })
    open = undefined
  }
  const whole = Math.floor((bytes.length - headerSize) / blockSize)
  for (let i = 0; i < whole; i++) {
    const slice = bytes.subarray(headerSize + i * blockSize, headerSize + (i + 1) * blockSize)
    const [block, raw] = [readBlock(slice), latin1(slice)]
    if (block.extension >= 0xf0 && block.extension !== 0xff) {
      if (block.extension !== 0xfe) complain('block-reserved', rowOf(i))
      if (open) open.raw += raw
      else groups.push({ raw, row: rowOf(i) })
      continue
    }
    if (open && (open.blocks[0]?.number !== block.number || open.blocks[0]?.group !== block.group)) close()
    open = open ? { ...open, raw: open.raw + raw } : { blocks: [], raw, row: rowOf(i) }
    open.blocks.push(block)
    if (block.extension === 0xff) close()
  }
  close()
  const rest = bytes.subarray(headerSize + whole * blockSize)
  if (rest.length > 0) {
    complain('block-short', rowOf(whole))
    groups.push({ raw: latin1(rest), row: rowOf(whole) })
  }
  return groups
}

const inlines = [undefined, 'left', 'center', 'right'] as const

function captionOf(block: Block, id: string, header: Header, clock: Rate, zero: number): Caption {
  const runs = readTokens(tokensOf(block.field, header.CCT), header.DSC === '1' || header.DSC === '2')
  const inline = inlines[block.justify]
  const rows = Math.max(1, Number.parseInt(header.MNR, 10) || 23)
  const at = block.row / rows
  const place: Place = {
    ...(at < 0.34 ? { block: 'top' } : at < 0.6 ? { block: 'middle' } : {}),
    ...(inline && inline !== 'center' && { inline }),
  }
  return {
    id,
    start: instantOf(framesOfCode(block.from, clock) - zero, clock),
    end: instantOf(framesOfCode(block.to, clock) - zero, clock),
    kind: block.comment ? 'note' : isSong(textOf({ runs })) ? 'song' : 'dialogue',
    runs,
    label: String(block.number),
    ...(Object.keys(place).length > 0 && { place }),
    ...(block.cumulative > 0 && { beside: { 'stl.cumulative': String(block.cumulative) } }),
  }
}

type Settings = {
  readonly clock: Rate
  readonly zero: number
  readonly table: string
  readonly teletext: boolean
  readonly rows: number
}

/** The blocks of a caption: one, or as many as its text needs. */
function printBlocks(caption: Caption, number: number, settings: Settings, group: number): string {
  const field = printField(caption.runs, settings.table, settings.teletext)
  const count = Math.max(1, Math.ceil(field.length / 112))
  const [from, to] = [caption.start, caption.end].map(at =>
    codeOfFrames(frameAt(at, settings.clock) + settings.zero, settings.clock),
  )
  const blocks = Array.from({ length: count }, (_, i) => {
    const block = Buffer.alloc(blockSize, 0x8f)
    const extension = i === count - 1 ? 0xff : Math.min(i, 0xef)
    block.set([
      group,
      number & 255,
      (number >> 8) & 255,
      extension,
      Number(caption.beside?.['stl.cumulative'] ?? 0) & 3,
      ...(from ?? []),
      ...(to ?? []),
    ])
    block.set(
      [
        rowFor(caption, settings),
        Math.max(0, inlines.indexOf(justified(caption))),
        caption.kind === 'note' ? 1 : 0,
      ],
      13,
    )
    block.set(field.subarray(i * 112, (i + 1) * 112), 16)
    return block
  })
  return latin1(Buffer.concat(blocks))
}
function justified({ place }: Caption): 'left' | 'center' | 'right' {
  const { inline = 'center' } = place ?? {}
  return inline === 'start' ? 'left' : inline === 'end' ? 'right' : inline
}
/** The first row it stands on: double-height rows take two, and the last is left free. */
function rowFor({ place, runs }: Caption, { rows, teletext }: Settings): number {
  const height = textOf({ runs }).split('\n').length * (teletext ? 2 : 1)
  if (place?.block === 'top') return 2
  if (place?.block === 'middle') return Math.max(Math.ceil(rows * 0.34), Math.floor((rows - height) / 2))
  return Math.max(Math.ceil(rows * 0.6), rows - height + (teletext ? 1 : 0))
}

function write(document: Document): Uint8Array {
  const { origin, captions, beside = {} } = document
  const text = captions.map(textOf).join('\n')
  const teletext = captions.some(({ runs }) =>
    runs.some(({ marks }) => marks.color !== undefined && isTeletextColor(marks.color)),
  )
  if (origin?.format === 'stl') {
    const clock = clockRate(document.rate ?? fallback)
    const own = ['1', '2'].includes(beside['stl.DSC'] ?? '')
    const zero = document.offset === undefined ? 0 : frameAt(document.offset, clock)
    const settings = {
      clock,
      zero,
      table: beside['stl.CCT'] ?? '00',
      teletext: own,
      rows: Math.max(1, Number.parseInt(beside['stl.MNR'] ?? '', 10) || 23),
    }
    const file = patch(document, origin, {
      caption: (caption, index, was) => printEdited(caption, index, settings, was),
      between: '',
    })
    return recounted(
      Buffer.from(file, 'latin1'),
      captions.length,
      origin.parts.flatMap(({ caption }) => caption ?? []).length,
    )
  }
  const rate = document.rate && counted(document.rate) === 30 ? { num: 30, den: 1 } : fallback
  const zero = document.offset === undefined ? 0 : frameAt(document.offset, rate)
  const settings = { clock: rate, zero, table: tableFor(text), teletext, rows: 23 }
  const blocks = captions.map((caption, index) => printBlocks(caption, index + 1, settings, 0)).join('')
  const header = printHeader(document, settings, blocks.length / blockSize)
  return Buffer.concat([header, Buffer.from(blocks, 'latin1')])
}
/** Blocks again: times and places nobody edited keep the bytes they had. */
function printEdited(caption: Caption, index: number, settings: Settings, was?: Part): string {
  const printed = printBlocks(caption, numberOf(caption, index), settings, was?.raw.charCodeAt(0) ?? 0)
  if (!was?.caption) return printed
  const blocks = Buffer.from(printed, 'latin1')
  const keep = (from: number, to: number) => {
    for (let at = 0; at < blocks.length; at += blockSize)
      blocks.write(was.raw.slice(from, to), at + from, 'latin1')
  }
  if (same(caption.place, was.caption.place)) keep(13, 15)
  if (caption.start === was.caption.start) keep(5, 9)
  if (caption.end === was.caption.end) keep(9, 13)
  return latin1(blocks)
}
const numberOf = ({ label }: Caption, index: number): number =>
  label !== undefined && /^\d{1,5}$/.test(label) ? Number(label) : index + 1

/** The header's counts, when subtitles were put in or taken out. */
function recounted(file: Buffer, now: number, before: number): Buffer {
  if (now === before || file.length < headerSize) return file
  const put = (name: 'TNB' | 'TNS', count: number) =>
    file.write(String(count).padStart(5, '0').slice(-5), headerFields[name][0], 'latin1')
  put('TNB', Math.floor((file.length - headerSize) / blockSize))
  put('TNS', now)
  return file
}

function printHeader(
  document: Document,
  { clock, zero, table, teletext, rows }: Settings,
  blocks: number,
): Uint8Array {
  const header = Buffer.alloc(headerSize, 0x20)
  const code = (frames: number) =>
    codeOfFrames(frames, clock)
      .map(part => String(part).padStart(2, '0'))
      .join('')
  const count = (value: number, width: number) =>
    String(Math.min(value, 10 ** width - 1)).padStart(width, '0')
  const first = document.captions[0]
  const values: Partial<Record<keyof typeof headerFields, string>> = {
    CPN: '850',
    DFC: clock.num === 30 ? 'STL30.01' : 'STL25.01',
    DSC: teletext ? '1' : '0',
    CCT: table,
    LC: codeOf(document.language),
    OPT: document.title ?? '',
    CD: '000101',
    RD: '000101',
    RN: '00',
    TNB: count(blocks, 5),
    TNS: count(document.captions.length, 5),
    TNG: '001',
    MNC: '40',
    MNR: count(rows, 2),
    TCS: '1',
    TCP: code(zero),
    TCF: code(zero + (first ? frameAt(first.start, clock) : 0)),
    TND: '1',
    DSN: '1',
    CO: 'ZZZ',
  }
  for (const [name, [at, size]] of Object.entries(headerFields)) {
    const value = Object.entries(values).find(([own]) => own === name)?.[1] ?? ''
    header.set(encodeHeader(value, '850').subarray(0, size), at)
  }
  return header
}

export const stl: ByteFormat = {
  kind: 'bytes',
  name: 'stl',
  title: 'EBU-STL',
  extensions: ['stl'],
  type: 'application/x-ebu-stl',
  besides: { 'stl.cumulative': 'cumulative set' },
  looksLike: head =>
    head.length > 11 && /^[\s\S]{3}STL\d\d\.\d\d/.test(latin1(head.subarray(0, 11))) ? 1 : 0,
  read,
  write,
}
