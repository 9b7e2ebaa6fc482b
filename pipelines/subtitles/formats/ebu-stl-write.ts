import type { Ms } from '../../terms.ts'
import { type Caption, type Document, runsOf, same, textOf } from '../document.ts'
import { nominal, type Timecode, timecodeAt } from '../timecode.ts'
import {
  blocksFor,
  type Gsi,
  type GsiField,
  gsiSize,
  isMain,
  isText,
  lastExtension,
  printGsi,
  printTti,
  readGsi,
  readTti,
  type Tti,
  textOfBlocks,
  ttiSize,
} from './ebu-stl-blocks.ts'
import { tableFor } from './ebu-stl-codes.ts'
import { fieldsOf, type Head, headOf, usualRate } from './ebu-stl-head.ts'
import { heightOf, justificationOf, rowOf } from './ebu-stl-place.ts'
import { cutRows, type Look, lookOf, printText } from './ebu-stl-text.ts'
import { patch } from './patch.ts'

export function write(document: Document): Uint8Array {
  const { origin } = document
  // A file that breaks off in its first block holds nothing to rewrite.
  if (
    origin?.format === 'ebu-stl' &&
    document.captions.length === 0 &&
    (origin.parts[0]?.raw.length ?? gsiSize) < gsiSize
  )
    return bytesOf(origin.parts.map(({ raw }) => raw).join(''))
  const own = origin?.format === 'ebu-stl' && (origin.parts[0]?.raw.length ?? 0) === gsiSize
  return own ? rewrite(document, origin) : writeNew(document)
}

const bytesOf = (raw: string): Uint8Array => Buffer.from(raw, 'latin1')
const join = (blocks: readonly Tti[]): string => Buffer.concat(blocks.map(printTti)).toString('latin1')

function rewrite(document: Document, origin: NonNullable<Document['origin']>): Uint8Array {
  const raw = bytesOf(origin.parts[0]?.raw ?? '')
  const before = readGsi(raw)
  const head = { ...headOf(before), start: document.offset ?? 0 }
  const printed = patch(document, origin, {
    caption: (caption, index, was) =>
      was?.caption ? printEdited(caption, was.raw, was.caption, head) : printCaption(caption, index, head),
    between: '',
  })
  const known = new Set(origin.parts.flatMap(({ caption }) => caption?.id ?? []))
  const blocks = bytesOf(printed.slice(gsiSize))
  if (document.captions.some(({ id }) => !known.has(id))) renumber(blocks)
  const grown = blocks.length + gsiSize !== origin.parts.reduce((sum, part) => sum + part.raw.length, 0)
  const changes = { ...changed(document, before), ...(grown && countsOf(blocks)) }
  return Buffer.concat([Object.keys(changes).length > 0 ? printGsi(raw, changes) : raw, blocks])
}

/** Fields of the first block that people edited. */
function changed(document: Document, before: Gsi): Partial<Gsi> {
  const now = Object.entries(fieldsOf(document)) as [GsiField, string][]
  return Object.fromEntries(
    now.filter(([field, value]) => value !== before[field].trimEnd() && !(field === 'LC' && value === '00')),
  )
}

function countsOf(blocks: Uint8Array): Partial<Gsi> {
  const all = ttisOf(blocks)
  const subtitles = new Set(all.filter(isMain).map(({ number }) => number)).size
  const digits = (value: number) => String(Math.min(value, 99_999)).padStart(5, '0')
  return { TNB: digits(all.length), TNS: digits(subtitles) }
}

const ttisOf = (blocks: Uint8Array): Tti[] =>
  Array.from({ length: Math.floor(blocks.length / ttiSize) }, (_, i) =>
    readTti(blocks.subarray(i * ttiSize, (i + 1) * ttiSize)),
  )

/** Subtitles are numbered without gaps: one put in moves the numbers of all behind it. */
function renumber(blocks: Uint8Array): void {
  const all = ttisOf(blocks)
  let [number, begins] = [(all[0]?.number ?? 1) - 1, true]
  all.forEach((tti, i) => {
    if (begins && isMain(tti)) number++
    if (isText(tti)) begins = tti.extension === lastExtension
    blocks.set([number % 256, (number >> 8) % 256], i * ttiSize + 1)
  })
}

/** Only what changed of a subtitle changes in its blocks. */
function printEdited(caption: Caption, raw: string, was: Caption, head: Head): string {
  const all = ttisOf(bytesOf(raw))
  const main = all.filter(isMain)
  const [first] = main
  if (!first) return raw
  const old = textOfBlocks(main)
  const look = lookOf(old, head.teletext)
  const moved =
    !same(caption.place, was.place) ||
    caption.beside?.['stl.row'] !== was.beside?.['stl.row'] ||
    heightOf(caption, look) !== heightOf(was, look)
  const changes: Partial<Tti> = {
    ...(caption.start !== was.start && { in: timecode(caption.start, head) }),
    ...(caption.end !== was.end && { out: timecode(caption.end, head) }),
    ...(moved && placed(caption, look, head)),
    ...(caption.label !== was.label && { number: numberOf(caption.label, first.number) }),
  }
  const now = same(caption.runs, was.runs)
    ? main.map(tti => ({ ...tti, ...changes }))
    : blocksFor({ ...first, ...changes, text: printText(caption.runs, head.table, look) })
  const note = caption.beside?.['stl.comment']
  const comments = all.filter(tti => isText(tti) && tti.comment)
  const noted =
    note === was.beside?.['stl.comment']
      ? comments.map(tti => ({ ...tti, ...changes }))
      : commentBlocks(note ?? '', { ...first, ...changes }, head)
  return join(inPlaces(inPlaces(all, main, now), comments, noted))
}

/** Blocks of one kind give way to others, each in its place; what is more of them stands behind the last. */
function inPlaces(all: readonly Tti[], old: readonly Tti[], now: readonly Tti[]): readonly Tti[] {
  if (old.length === 0) return [...all, ...now]
  const places = new Map(old.map((tti, i) => [tti, i]))
  return all.flatMap(tti => {
    const place = places.get(tti)
    if (place === undefined) return [tti]
    return now.slice(place, place === old.length - 1 ? undefined : place + 1)
  })
}

const commentBlocks = (note: string, fields: Tti, head: Head): readonly Tti[] => {
  const text = printText(runsOf(note), head.table, { teletext: head.teletext, tall: false, boxed: false })
  return note === '' ? [] : blocksFor({ ...fields, comment: true, text })
}

const numberOf = (label: string | undefined, usual: number): number =>
  label !== undefined && /^\d{1,5}$/.test(label) && Number(label) < 65_536 ? Number(label) : usual

/** Tapes begin again after a day. */
function timecode(ms: Ms, head: Head): Timecode {
  const [h, m, s, f] = timecodeAt(ms + head.start, { rate: head.rate, drop: false })
  return [h % 24, m, s, f]
}

function placed(caption: Caption, look: Look, head: Head): Pick<Tti, 'row' | 'justification'> {
  const { place = {}, beside } = caption
  const [row, justification] = [Number(beside?.['stl.row']), Number(beside?.['stl.justification'])]
  return {
    row: row >= 0 && row < 256 ? row : rowOf(place, heightOf(caption, look), head.rows),
    justification:
      justification >= 0 && justification < 256 && place.inline === undefined
        ? justification
        : justificationOf(place),
  }
}

function printCaption(caption: Caption, index: number, head: Head): string {
  const look: Look = { teletext: head.teletext, tall: head.teletext, boxed: head.teletext }
  const small = (value: string | undefined) => Math.min(255, Math.max(0, Math.floor(Number(value ?? 0)) || 0))
  const tti: Tti = {
    group: small(caption.beside?.['stl.group']),
    number: (index % 65_535) + 1,
    extension: 0xff,
    cumulative: small(caption.beside?.['stl.cumulative']),
    in: timecode(caption.start, head),
    out: timecode(caption.end, head),
    ...placed(caption, look, head),
    comment: false,
    text: printText(caption.runs, head.table, look),
  }
  return join([...blocksFor(tti), ...commentBlocks(caption.beside?.['stl.comment'] ?? '', tti, head)])
}

/** Cells of a teletext row that double height, two box codes and their ends leave. */
const teletextCells = 36

/** Open subtitling has slant and underline and long rows, teletext has colours: what keeps more is written. */
function isTeletext(captions: readonly Caption[]): boolean {
  const [slanted, colored] = [
    captions.filter(({ runs }) => runs.some(({ marks }) => marks.italic || marks.underline)).length,
    captions.filter(({ runs }) => runs.some(({ marks }) => marks.color ?? marks.background)).length,
  ]
  return colored >= slanted && longestRow(captions) <= teletextCells
}
function longestRow(captions: readonly Caption[]): number {
  let most = 0
  for (const { runs } of captions)
    for (const row of cutRows(runs))
      most = Math.max(
        most,
        row.reduce((sum, { text }) => sum + text.length, 0),
      )
  return most
}

function writeNew(document: Document): Uint8Array {
  const { captions, rate, language } = document
  const teletext = isTeletext(captions)
  const thirty = rate !== undefined && nominal(rate) % 30 === 0
  const table = tableFor(captions.map(textOf).join(''))
  const clock = thirty ? { num: 30, den: 1 } : usualRate
  const head: Head = { rate: clock, start: document.offset ?? 0, table, teletext, rows: 23, language }
  const blocks = bytesOf(captions.map((caption, i) => printCaption(caption, i, head)).join(''))
  const digits = (code: Timecode) => code.map(value => String(value).padStart(2, '0')).join('')
  const fields: Partial<Gsi> = {
    CPN: '850',
    DFC: thirty ? 'STL30.01' : 'STL25.01',
    DSC: teletext ? '1' : '0',
    CCT: table.number,
    RN: '00',
    ...fieldsOf(document),
    ...countsOf(blocks),
    TNG: '001',
    MNC: teletext ? '40' : String(Math.min(99, Math.max(40, longestRow(captions)))),
    MNR: '23',
    TCS: '1',
    TCP: digits(timecode(0, head)),
    TCF: digits(timecode(captions[0]?.start ?? 0, head)),
    TND: '1',
    DSN: '1',
  }
  return Buffer.concat([printGsi(Buffer.alloc(gsiSize, ' '), fields), blocks])
}
