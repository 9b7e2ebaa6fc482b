/**
 * LRC and enhanced LRC: sung words with the times of rows and, in angle brackets, of syllables. Nobody wrote a standard.
 * A caption lasts until the next one begins, or until a row without words; rows of one time are one caption.
 */
import type { Ms } from '../../terms.ts'
import { type Caption, type Document, type Part, plain, type Reading, type Run, tidy } from '../document.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { closed, printRows, printStamp, readStamps, readWords, wordsAlone } from './lrc-text.ts'
import { patch } from './patch.ts'
import { isBlank as isEmpty, rowAt, rowsOf } from './rows.ts'

const complaints = {
  'row-unknown': ['note', 'This row has no time: {}.', 'It stays in the file, in no caption.'],
  'offset-odd': ['warning', 'This is no offset: {}.', 'Times were taken as they are.'],
  'no-captions': ['error', 'There are no sung words in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

/** What stands behind the last time lasts as long as this when the file doesn't say how long it is. */
const usualLength: Ms = 5000

/** `from` and `to` are places in the file; rows without times that follow each other are one. */
type Row = ReturnType<typeof readStamps> & { readonly words: string; readonly from: number; to: number }
const timeless = { times: [], ends: [], words: '' } as const

function read(text: string): Reading {
  const { diagnostics, complain } = complaining(complaints)
  const rows = rowsOf(text)
  const tags = new Map<string, string>()
  const lines: Row[] = []
  let offsetAt = 1
  for (let i = 0; i < rows.count; i++) {
    const number = i + 1
    while (i + 1 < rows.count && isEmpty(rows, i + 1)) i++
    const row = rowAt(rows, number - 1)
    const [from, to] = [rows.starts[number - 1] ?? 0, rows.starts[i + 1] ?? text.length]
    const isStamped = row.includes('[')
    const stamps = isStamped ? readStamps(row) : timeless
    if (stamps.times.length > 0) {
      lines.push({ ...stamps, words: row.slice(stamps.ends.at(-1)), from, to })
      continue
    }
    const before = lines.at(-1)
    if (before?.times.length === 0) before.to = to
    else lines.push({ ...timeless, from, to })
    const [, name, value = ''] =
      (isStamped && /^\s*\[([a-z]{2,20}|#):([^\]]{0,400})\]\s*$/i.exec(row.slice(0, 500))) || []
    if (name !== undefined) {
      tags.set(name.toLowerCase(), value.trim())
      if (name.toLowerCase() === 'offset') offsetAt = number
    } else if (row.trim() !== '') complain('row-unknown', number, 1, row)
  }
  const offset = tags.get('offset')
  if (offset !== undefined && !/^[+-]?\d{1,9}$/.test(offset)) complain('offset-odd', offsetAt, 1, offset)
  const shift = shiftOf(offset)
  const parts = partsOf(text, lines, shift, lengthOf(tags.get('length')))
  const captions = parts.flatMap(({ caption, also = [] }) => (caption ? [caption, ...also] : []))
  if (captions.length === 0 && text.trim() !== '') complain('no-captions', 1)
  const [title, language] = [tags.get('ti'), tags.get('la')]
  const beside = [...tags].filter(([name]) => name !== 'ti' && name !== 'la')
  return {
    document: {
      captions,
      ...(title && { title }),
      ...(language && { language }),
      ...(beside.length > 0 && {
        beside: Object.fromEntries(beside.map(([name, value]) => [`lrc.${name}`, value])),
      }),
      origin: { format: 'lrc', encoding: 'utf-8', bom: false, newline: rows.newline, parts },
    },
    diagnostics,
  }
}

/** A positive offset lets words appear earlier. */
const shiftOf = (offset: string | undefined): Ms =>
  offset !== undefined && /^[+-]?\d{1,9}$/.test(offset) ? Number(offset) : 0

function lengthOf(written = ''): Ms | undefined {
  const found = /^(\d{1,4}):(\d{1,2})(?:\.(\d{1,3}))?$/.exec(written)
  if (!found) return undefined
  const [, minutes, seconds, fraction = ''] = found
  return Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
}

/** Rows of one time together, with the row without words that ends them. A row of several times is several captions. */
function partsOf(text: string, lines: readonly Row[], shift: Ms, length: Ms | undefined): readonly Part[] {
  const times = [...new Set(lines.flatMap(({ times }) => times))].sort((a, b) => a - b)
  const next = new Map(times.map((time, i) => [time, times[i + 1]]))
  const endOf = (at: Ms, runs: readonly Run[]): Ms => {
    const following = next.get(at)
    if (following !== undefined) return following - shift
    if (length !== undefined && length > at) return length - shift
    const sung = runs.findLast(({ marks }) => marks.sung)?.marks.sung?.end ?? 0
    return at - shift + (sung > 0 ? sung : usualLength)
  }
  const parts: Part[] = []
  let id = 0
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]
    const [time, ...others] = line?.times ?? []
    if (!line || time === undefined || isBlank(line)) {
      parts.push({ raw: text.slice(line?.from, line?.to) })
      i++
      continue
    }
    const group = [line]
    if (others.length === 0)
      for (let other = lines[++i]; other && isNext(other, time); other = lines[++i]) group.push(other)
    else i++
    const clear = lines[i]
    const clears =
      others.length === 0 && clear?.times.length === 1 && isBlank(clear) && clear.times[0] === next.get(time)
    if (clears) i++
    const raw = text.slice(line.from, lines[i - 1]?.to)
    const bodies = group.map(({ words }) => words.replace(/^\u00a0$/, ''))
    // Syllables are timed in the first place a row is sung at.
    const again = others.length > 0 ? runsOf(bodies.map(wordsAlone), 0, 0) : []
    const [caption, ...also] = line.times.map((at, index): Caption => {
      const runs = index === 0 ? runsOf(bodies, at - shift, shift) : again
      const [start, end] = [at - shift, endOf(at, runs)]
      return { id: String(++id), start, end, kind: 'song', runs: closed(runs, end - start) }
    })
    if (caption) parts.push({ raw, caption, ...(also.length > 0 && { also }) })
  }
  return parts
}
const isBlank = ({ words }: Row): boolean => /^[ \t]*$/.test(words)
const isNext = (row: Row, time: Ms): boolean =>
  row.times.length === 1 && row.times[0] === time && !isBlank(row)

const runsOf = (bodies: readonly string[], start: Ms, shift: Ms): readonly Run[] =>
  tidy(
    bodies.flatMap((words, i): readonly Run[] => {
      const row = readWords(words, start, shift)
      return i === 0 ? row : [{ text: '\n', marks: plain }, ...row]
    }),
  )

function write(document: Document): string {
  const { origin, captions, title, language, beside = {} } = document
  const shift = shiftOf(beside['lrc.offset'])
  const clears = (origin?.format === 'lrc' ? origin.parts : []).flatMap(({ raw }) =>
    clearsIn(raw).map(time => time - shift),
  )
  const times = [...new Set([...captions.map(({ start }) => start), ...clears])].sort((a, b) => a - b)
  const next = new Map(times.map((time, i) => [time, times[i + 1]]))
  // Asked for every caption of a row that is sung many times.
  const clearing = new Map<Part, boolean>()
  const print = (caption: Caption, was?: Part) => {
    const own = was !== undefined && (clearing.get(was) ?? clearsIn(was.raw).length > 0)
    if (was) clearing.set(was, own)
    return printCaption(caption, own ? undefined : next.get(caption.start), shift)
  }
  if (origin?.format === 'lrc')
    return patch(document, origin, { caption: (caption, _, was) => print(caption, was), between: '\n' })
  const tags = [
    ...(title ? [['ti', title] as const] : []),
    ...(language ? [['la', language] as const] : []),
    ...Object.entries(beside).flatMap(([key, value]) =>
      key.startsWith('lrc.') ? [[key.slice(4), value] as const] : [],
    ),
  ]
  const head = tags.map(([name, value]) => `[${name}:${value.replace(/[\]\r\n]/g, ' ')}]\n`)
  return [...head, ...captions.map(caption => print(caption))].join('')
}

/** The times of rows without words. */
const clearsIn = (raw: string): readonly Ms[] =>
  raw.split(/[\r\n]+/).flatMap(row => {
    const { times, ends } = readStamps(row)
    return row.slice(ends.at(-1)).trim() === '' ? times : []
  })

function printCaption({ start, end, runs }: Caption, next: Ms | undefined, shift: Ms): string {
  const stamp = (at: Ms) => `[${printStamp(at + shift)}]`
  const rows = printRows(runs, start + shift).map(
    row => `${stamp(start)}${row.replace(/^(?=[ \t]*\[\d)/, '\u2060')}\n`,
  )
  return rows.join('') + (next !== undefined && end >= next ? '' : `${stamp(end)}\n`)
}

export const lrc: TextFormat = {
  kind: 'text',
  name: 'lrc',
  title: 'LRC',
  extensions: ['lrc', 'elrc'],
  type: 'text/x-lrc',
  looksLike: head => {
    const first = head
      .split(/[\r\n]+/)
      .find(row => row.trim() !== '' && !/^\ufeff?\s*\[(?:[a-z]{2,20}|#):[^\]]*\]\s*$/i.test(row))
    return first !== undefined && readStamps(first.replace('\ufeff', '')).times.length > 0 ? 0.8 : 0
  },
  read,
  write,
}
