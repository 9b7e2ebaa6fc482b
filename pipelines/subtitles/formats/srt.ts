/**
 * SubRip. There is no standard: this reads what players read and writes what all of them understand. A caption begins
 * at a row of times; the row of digits before it is its number. Blank rows end it only where another caption follows.
 */
import { type Caption, type Document, type Part, plain, type Reading, type Run, runsOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { ninthOfPlace } from './place.ts'
import { isBlank, type Rows, rowAt, rowsOf, textBetween } from './rows.ts'
import { headAfter, numberOf } from './srt-heads.ts'
import { printText, readText, unsaid } from './srt-text.ts'
import { printTimes, type Times } from './srt-times.ts'

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

function read(text: string): Reading {
  const rows = rowsOf(text, true)
  const { diagnostics, complain } = complaining(complaints)
  const unreadable = (row: number) => complain('times-unreadable', row + 1, 1, rowAt(rows, row))
  const captions: Caption[] = []
  const parts: Part[] = []
  let head = headAfter(rows, undefined, unreadable)
  const begin = head?.top ?? rows.count
  const stray = firstWords(rows, begin)
  if (stray !== undefined) complain('text-before', stray + 1, 1, rowAt(rows, stray))
  if (!head && text.trim() !== '') complain('no-captions', 1)
  if (begin > 0) parts.push({ raw: text.slice(0, rows.starts[begin]) })
  while (head) {
    const { top, row, times, label } = head
    const next = headAfter(rows, head, unreadable)
    const to = next?.top ?? rows.count
    let last = wordsEnd(rows, row + 1, to)
    // The number of a caption that never came.
    if (!next && last > row + 2 && isBlank(rows, last - 2) && follows(numberOf(rows, last - 1), label)) {
      complain('number-alone', last)
      last = wordsEnd(rows, row + 1, last - 1)
    }
    const first = wordsBegin(rows, row + 1, last)
    const blank = blankRowIn(rows, first, last)
    if (blank !== undefined) complain('blank-inside', blank + 1)
    if (times.odd) complain('times-odd', row + 1, 1, rowAt(rows, row))
    if (times.end < times.start) complain('times-backward', row + 1, 1, rowAt(rows, row))
    if (times.start < 0 || times.end < 0) complain('times-negative', row + 1, 1, rowAt(rows, row))
    if (label === undefined) complain('number-missing', row + 1)
    const body = textBetween(rows, first, last)
    const words = body.includes(blankRow) ? body.replace(blankRows, '') : body
    const caption = captionOf(String(captions.length + 1), times, label, words)
    captions.push(caption)
    parts.push({ raw: text.slice(rows.starts[top], rows.starts[to]), caption })
    head = next
  }
  const origin = { format: 'srt', encoding: 'utf-8', bom: false, newline: rows.newline, parts }
  return { document: { captions, origin }, diagnostics }
}

/** A row of a single no-break space is how a blank row inside a text is written. */
const blankRow = '\u00a0'
const blankRows = /^\u00a0$/gm

const follows = (number: string | undefined, label: string | undefined): boolean =>
  number !== undefined && label !== undefined && Number(number) === Number(label) + 1

function firstWords(rows: Rows, end: number): number | undefined {
  for (let i = 0; i < end; i++) if (!isBlank(rows, i)) return i
  return undefined
}

/** The first row of `from` to `to` that isn't blank, or `to`. */
function wordsBegin(rows: Rows, from: number, to: number): number {
  let begin = from
  while (begin < to && isBlank(rows, begin)) begin++
  return begin
}

/** Behind the last row of `from` to `to` that isn't blank. */
function wordsEnd(rows: Rows, from: number, to: number): number {
  let end = to
  while (end > from && isBlank(rows, end - 1)) end--
  return end
}

function blankRowIn(rows: Rows, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) if (isBlank(rows, i)) return i
  return undefined
}

function captionOf(
  id: string,
  { start, end, rest }: Times,
  label: string | undefined,
  body: string,
): Caption {
  const kind = isSong(body) ? 'song' : 'dialogue'
  const tagged = body.includes('<') || body.includes('{')
  const { runs, place } = tagged ? readText(body) : { runs: runsOf(body), place: undefined }
  // Most files count as we do: one string for both is less to keep.
  if (!place && rest === '' && label !== undefined)
    return { id, start, end, kind, runs, label: label === id ? id : label }
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
