/**
 * SubRip. There is no standard: this reads what players read and writes what all of them understand. A caption begins
 * at a row of times; the row of digits before it is its number. Blank rows end it only where another caption follows.
 */
import { type Caption, type Document, type Part, plain, type Reading, type Run, runsOf } from '../document.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { padOfPlace } from './place.ts'
import { endOf, isBlank, type Rows, rowAt, rowsOf } from './rows.ts'
import { printText, readText } from './srt-text.ts'
import { printTimes, readTimes, type Times } from './srt-times.ts'

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
} as const satisfies Complaints<string>

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const heads = findHeads(rows)
  const captions: Caption[] = []
  const parts: Part[] = []
  const first = heads[0]
  if (!first || first.top > 0) {
    const end = first ? first.top : rows.count
    for (let i = 0; i < end; i++)
      if (!isBlank(rows, i)) {
        complain('text-before', i + 1, 1, rowAt(rows, i))
        break
      }
    if (end > 0) parts.push({ raw: text.slice(0, rows.starts[end]) })
  }
  heads.forEach((head, index) => {
    const next = heads[index + 1]?.top ?? rows.count
    let last = next
    while (last > head.row + 1 && isBlank(rows, last - 1)) last--
    for (let i = head.row + 1; i < last; i++)
      if (isBlank(rows, i)) {
        complain('blank-inside', i + 1)
        break
      }
    const { times } = head
    const written = () => rowAt(rows, head.row)
    if (times.odd) complain('times-odd', head.row + 1, 1, written())
    if (times.end < times.start) complain('times-backward', head.row + 1, 1, written())
    if (times.start < 0 || times.end < 0) complain('times-negative', head.row + 1, 1, written())
    if (head.label === undefined) complain('number-missing', head.row + 1)
    const caption = captionOf(String(index + 1), head, bodyOf(rows, head.row + 1, last))
    captions.push(caption)
    parts.push({ raw: text.slice(rows.starts[head.top], rows.starts[next]), caption })
  })
  const origin = { format: 'srt', encoding: 'utf-8', bom: false, newline: rows.newline, parts }
  return { document: { captions, origin }, diagnostics }
}

/** Where a caption begins: `top` is its number's row or, without a number, `row`, the row of its times. */
type Head = { readonly top: number; readonly row: number; readonly times: Times; readonly label?: string }

function findHeads(rows: Rows): Head[] {
  const heads: Head[] = []
  let number: number | undefined
  for (let i = 0; i < rows.count; i++) {
    const times = readTimes(rows.text, rows.starts[i] ?? 0, endOf(rows, i))
    if (!times) continue
    const label = i > 0 && i - 1 > (heads.at(-1)?.row ?? -1) ? numberOf(rows, i - 1) : undefined
    // Digits that a blank row sets apart are a number. Those right under text ("agent / 007") are one only in sequence.
    const apart = i < 2 || isBlank(rows, i - 2) || (heads.at(-1)?.row ?? -1) === i - 2
    const counts = label !== undefined && (apart || (number !== undefined && Number(label) === number + 1))
    heads.push(counts ? { top: i - 1, row: i, times, label } : { top: i, row: i, times })
    number = counts ? Number(label) : undefined
  }
  return heads
}

function numberOf(rows: Rows, i: number): string | undefined {
  const start = rows.starts[i] ?? 0
  if (endOf(rows, i) - start > 24) return undefined
  return /^[ \t]*(\d{1,12})[ \t.]*$/.exec(rowAt(rows, i))?.[1]
}

/** A row of a single no-break space is how a blank row inside a text is written. */
function bodyOf(rows: Rows, from: number, to: number): string {
  if (to <= from) return ''
  if (to === from + 1) return rowAt(rows, from)
  const body: string[] = []
  for (let i = from; i < to; i++) {
    const row = rowAt(rows, i)
    body.push(row === '\u00a0' ? '' : row)
  }
  return body.join('\n')
}

function captionOf(id: string, { times, label }: Head, body: string): Caption {
  const { runs, place } = /[<{]/.test(body) ? readText(body) : { runs: runsOf(body), place: undefined }
  return {
    id,
    start: times.start,
    end: times.end,
    kind: kindOf(body),
    runs,
    ...(place && { place }),
    ...(label !== undefined && { label }),
    ...(times.rest !== '' && { beside: { 'srt.coordinates': times.rest } }),
  }
}
const kindOf = (body: string) => (/^[^\p{L}\p{N}\n]{0,12}[♪♫♬]/u.test(body) ? 'song' : 'dialogue')

function printCaption(caption: Caption, index: number): string {
  const rest = caption.beside?.['srt.coordinates']
  const times = printTimes(caption) + (rest === undefined ? '' : ` ${rest}`)
  const body = printText(placed(caption))
  return `${caption.label ?? index + 1}\n${times}\n${body === '' ? '' : `${body}\n`}`
}

/** Players know no other way to set an SRT caption elsewhere than ASS's own `{\an8}`. */
function placed({ runs, place }: Caption): readonly Run[] {
  if (!place || runs.some(run => run.kept?.includes('\\a'))) return runs
  const pad = padOfPlace(place)
  return pad === 2 ? runs : [{ text: '', marks: runs[0]?.marks ?? plain, kept: `{\\an${pad}}` }, ...runs]
}

function write(document: Document): string {
  const { origin, captions } = document
  if (origin?.format === 'srt') return patch(document, origin, { caption: printCaption, between: '\n' })
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
  carries: {
    marks: ['bold', 'italic', 'underline', 'strike', 'color', 'font', 'size'],
    place: ['block', 'inline'],
    also: ['label'],
  },
  looksLike: head => {
    if (/^\s*WEBVTT/.test(head)) return 0
    if (/^[ \t]*\d+[ \t]*\r?[\n\r]+[ \t]*-?\d+:\d+:\d+[,.]\d+[ \t]*-+>/m.test(head)) return 0.95
    return /^[ \t]*-?(?:\d+:)?\d+:\d+(?:[,.:]\d+)?[ \t]*[-=—]+>/m.test(head) ? 0.6 : 0
  },
  read,
  write,
}
