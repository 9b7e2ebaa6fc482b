/**
 * SubRip. There is no standard: this reads what players read and writes what all of them understand. A caption begins
 * at a row of times; the row of digits before it is its number. Blank rows end it only where another caption follows.
 */
import { type Caption, type Document, type Part, plain, type Reading, type Run, runsOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { ninthOfPlace } from './place.ts'
import { endOf, isBlank, type Rows, rowAt, rowsOf, textBetween } from './rows.ts'
import { printText, readText, unsaid } from './srt-text.ts'
import { meantAsTimes, printTimes, readTimes, type Times } from './srt-times.ts'

const complaints = {
  'times-odd': [
    'note',
    'The times are not written as 00:00:00,000 --> 00:00:00,000: {}.',
    'They were read all the same.',
  ],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'times-negative': [
    'warning',
    'The time is before the beginning: {}.',
    'It was kept, and is written as zero.',
  ],
  'times-unreadable': [
    'error',
    'These can not be read as times: {}.',
    'The row was kept as text, with those under it.',
  ],
  'number-alone': [
    'warning',
    'The file ends with the number of a caption that is not there.',
    'It was left out; it stays in the file.',
  ],
  'number-missing': ['note', 'The caption has no number.', 'It was read without one.'],
  'blank-inside': [
    'warning',
    'There is a blank row inside the text.',
    'The rows after it were kept in the same caption.',
  ],
  'text-before': [
    'warning',
    'There is text before the first caption: {}.',
    'It was kept in the file, but in no caption.',
  ],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

/** Where a caption begins: `top` is its number's row or, without a number, `row`, the row of its times. */
type Head = {
  readonly top: number
  readonly row: number
  readonly times: Times
  readonly label: string | undefined
}

function read(text: string): Reading {
  const rows = rowsOf(text, true)
  const { diagnostics, complain } = complaining(complaints)
  const heads = findHeads(rows, i => complain('times-unreadable', i + 1, 1, rowAt(rows, i)))
  const captions: Caption[] = []
  const parts: Part[] = []
  const begin = heads[0]?.top ?? rows.count
  const stray = firstWords(rows, begin)
  if (stray !== undefined) complain('text-before', stray + 1, 1, rowAt(rows, stray))
  if (heads.length === 0 && text.trim() !== '') complain('no-captions', 1)
  if (begin > 0) parts.push({ raw: text.slice(0, rows.starts[begin]) })
  heads.forEach((head, index) => {
    const { row, times, top } = head
    const next = heads[index + 1]?.top ?? rows.count
    let last = next
    while (last > row + 1 && isBlank(rows, last - 1)) last--
    // The number of a caption that never came.
    if (
      next === rows.count &&
      last > row + 2 &&
      isBlank(rows, last - 2) &&
      follows(numberOf(rows, last - 1), head)
    ) {
      complain('number-alone', last)
      last--
      while (last > row + 1 && isBlank(rows, last - 1)) last--
    }
    for (let i = row + 1; i < last; i++)
      if (isBlank(rows, i)) {
        complain('blank-inside', i + 1)
        break
      }
    if (times.odd) complain('times-odd', row + 1, 1, rowAt(rows, row))
    if (times.end < times.start) complain('times-backward', row + 1, 1, rowAt(rows, row))
    if (times.start < 0 || times.end < 0) complain('times-negative', row + 1, 1, rowAt(rows, row))
    if (head.label === undefined) complain('number-missing', row + 1)
    const caption = captionOf(String(index + 1), head, bodyOf(rows, row + 1, last))
    captions.push(caption)
    parts.push({ raw: text.slice(rows.starts[top], rows.starts[next]), caption })
  })
  const origin = { format: 'srt', encoding: 'utf-8', bom: false, newline: rows.newline, parts }
  return { document: { captions, origin }, diagnostics }
}

const follows = (number: string | undefined, { label }: Head): boolean =>
  number !== undefined && label !== undefined && Number(number) === Number(label) + 1

function firstWords(rows: Rows, end: number): number | undefined {
  for (let i = 0; i < end; i++) if (!isBlank(rows, i)) return i
  return undefined
}

function findHeads(rows: Rows, unreadable: (row: number) => void): Head[] {
  const heads: Head[] = []
  let number: number | undefined
  let last = -1
  for (let i = 0; i < rows.count; i++) {
    const [from, to] = [rows.starts[i] ?? 0, endOf(rows, i)]
    const times = readTimes(rows.text, from, to)
    if (!times) {
      if (meantAsTimes(rows.text, from, to)) unreadable(i)
      continue
    }
    // Some programs leave a row between the number and its times.
    const gap = i >= 2 && i - 2 > last && isBlank(rows, i - 1) && (i === 2 || isBlank(rows, i - 3)) ? 1 : 0
    const at = i - 1 - gap
    const label = at > last ? numberOf(rows, at) : undefined
    // Digits that a blank row sets apart are a number. Those right under text ("agent / 007") are one only in sequence.
    const apart = at < 1 || last === at - 1 || isBlank(rows, at - 1)
    const counts = label !== undefined && (apart || (number !== undefined && Number(label) === number + 1))
    heads.push({ top: counts ? at : i, row: i, times, label: counts ? label : undefined })
    number = counts ? Number(label) : undefined
    last = i
  }
  return heads
}

/** The digits of a row that has nothing else. */
function numberOf(rows: Rows, i: number): string | undefined {
  const start = rows.starts[i] ?? 0
  const end = endOf(rows, i)
  if (end === start || end - start > 24) return undefined
  const code = rows.text.charCodeAt(start)
  return code > 57 && code < 0x660
    ? undefined
    : /^[ \t\ufeff]*[#"]?(\d{1,20})[ \t.):"]*$/.exec(rows.text.slice(start, end))?.[1]
}

/** A row of a single no-break space is how a blank row inside a text is written. */
function bodyOf(rows: Rows, from: number, to: number): string {
  const body = textBetween(rows, from, to)
  return body.includes('\u00a0') ? body.replace(/^\u00a0$/gm, '') : body
}

function captionOf(id: string, { times, label }: Head, body: string): Caption {
  const { start, end, rest } = times
  const kind = isSong(body) ? 'song' : 'dialogue'
  const tagged = /[<{]/.test(body)
  if (!tagged && rest === '' && label !== undefined)
    return { id, start, end, kind, runs: runsOf(body), label }
  const { runs, place } = tagged ? readText(body) : { runs: runsOf(body), place: undefined }
  return {
    id,
    start,
    end,
    kind,
    runs,
    ...(place && { place }),
    ...(label !== undefined && { label }),
    ...(rest !== '' && { beside: { 'srt.coordinates': rest } }),
  }
}

function printCaption(caption: Caption, index: number): string {
  const rest = caption.beside?.['srt.coordinates']
  const times = printTimes(caption) + (rest === undefined ? '' : ` ${rest}`)
  const body = printText(placed(caption))
  const label = caption.label !== undefined && /^\d+$/.test(caption.label) ? caption.label : index + 1
  return `${label}\n${times}\n${body === '' ? '' : `${body}\n`}`
}

/** Players know no other way to set an SRT caption elsewhere than ASS's own `{\an8}`. */
function placed({ runs, place }: Caption): readonly Run[] {
  const pad = place ? ninthOfPlace(place) : 2
  const kept = runs.flatMap(run => run.kept ?? []).join('')
  const said = /\\an?(\d+)/.exec(kept)?.[1]
  if (pad === Number(said ?? 2)) return runs
  const rest = runs.map(run =>
    run.kept ? { ...run, kept: run.kept.replace(/\\an?\d+/g, '').replaceAll('{}', '') } : run,
  )
  return pad === 2 ? rest : [{ text: '', marks: plain, kept: `{\\an${pad}}` }, ...rest]
}

function write(document: Document): string {
  const { origin, captions } = document
  if (origin?.format === 'srt') return patch(document, origin, { caption: printCaption, between: '\n\n' })
  return captions
    .map((caption, index) => printCaption({ ...caption, label: String(index + 1) }, index))
    .join('\n')
}

export const srt: TextFormat = {
  kind: 'text',
  name: 'srt',
  title: 'SubRip',
  extensions: ['srt'],
  type: 'application/x-subrip',
  unsaid,
  besides: { 'srt.coordinates': 'coordinates' },
  looksLike: head => {
    if (/^\s*WEBVTT/.test(head)) return 0
    if (/^[ \t]*\d+[ \t]*\r?[\n\r]+[ \t]*-?\d+:\d+:\d+[,.]\d+[ \t]*-+>/m.test(head)) return 0.95
    return /^[ \t]*-?(?:\d+[ \t]*:[ \t]*)?\d+[ \t]*:[ \t]*\d+(?:[ \t]*[,.:;][ \t]*\d+)?[ \t]*(?:[-=–—]{1,3}[ \t]?-?>|→)/m.test(
      head,
    )
      ? 0.6
      : 0
  },
  read,
  write,
}
