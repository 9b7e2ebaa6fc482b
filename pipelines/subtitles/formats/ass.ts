/**
 * Advanced SubStation Alpha and its older kin. Every section, comment and unknown row stays as it was; a line that was
 * edited keeps the fields nobody touched, and an edited text the override blocks around its words.
 */
import type { Ms } from '../../terms.ts'
import { type Caption, type Document, type Named, type Part, type Reading, same } from '../document.ts'
import { kindOfStyle, styleOfKind } from '../kinds.ts'
import { ourStyles, readStyle, styleFormat } from './ass-styles.ts'
import { type Frame, printText, readText } from './ass-text.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { padOfPlace } from './place.ts'
import { type Rows, rowAt, rowsOf } from './rows.ts'

const complaints = {
  'section-missing': ['error', 'The file has no [Events].', 'There is nothing to show in it.'],
  'fields-missing': [
    'error',
    'The line has fewer fields than its format: {}.',
    'It was left out; it stays in the file.',
  ],
  'times-unreadable': ['error', 'These are no times: {}.', 'The line was left out; it stays in the file.'],
  'times-backward': ['warning', 'The line ends before it begins: {}.', 'It was kept; players never show it.'],
  'row-unknown': ['note', 'This row belongs to nothing: {}.', 'It stays in the file as it is.'],
  'brace-open': ['note', 'A brace is opened and never closed: {}.', 'It is shown as text.'],
} as const satisfies Complaints<string>

export const eventFormat = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'
const fieldNames = (format: string): readonly string[] =>
  format.split(',').map(name => name.trim().toLowerCase())
const usualEvent = fieldNames(eventFormat)
const usualStyle = fieldNames(styleFormat)

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const captions: Caption[] = []
  const parts: Part[] = []
  const styles: Named[] = []
  const info = new Map<string, string>()
  const unseen = new Map<string, Named>()
  let [section, names, seen, from] = ['', usualEvent, false, 0]
  let frame: Frame | undefined
  for (let i = 0; i < rows.count; i++) {
    const row = rowAt(rows, i)
    const head = /^[ \t\ufeff]*\[([^\]]+)\]/.exec(row)?.[1]
    if (head !== undefined) {
      section = head.trim().toLowerCase()
      names = section === 'events' ? usualEvent : usualStyle
      seen ||= section === 'events'
      continue
    }
    const colon = row.indexOf(':')
    if (colon < 0 || row.startsWith(';')) {
      if (section === 'events' && row.trim() !== '' && !row.startsWith(';'))
        complain('row-unknown', i + 1, 1, row)
      continue
    }
    const key = row.slice(0, colon).trim().toLowerCase()
    if (section === 'script info') info.set(key, row.slice(colon + 1).trim())
    else if (key === 'format') names = fieldNames(row.slice(colon + 1))
    else if (key === 'style' && section.endsWith('styles')) {
      const style = readStyle(fieldsOf(row, colon, names), section === 'v4 styles')
      styles.push(style)
      unseen.set(style.name, style)
    } else if (key === 'dialogue' && section === 'events') {
      frame ??= frameOf(info)
      const caption = captionOf(rows, i, colon, names, frame, captions.length, complain)
      if (!caption) continue
      captions.push(caption)
      if (i > from) parts.push({ raw: text.slice(rows.starts[from], rows.starts[i]) })
      parts.push({ raw: text.slice(rows.starts[i], rows.starts[i + 1]), caption })
      from = i + 1
    }
  }
  if (!seen) complain('section-missing', rows.count || 1)
  if (from < rows.count) parts.push({ raw: text.slice(rows.starts[from]) })
  const title = info.get('title')
  const document: Document = {
    captions,
    styles,
    ...(title && { title }),
    beside: Object.fromEntries([...info].map(([key, value]) => [`ass.${key}`, value])),
    origin: { format: 'ass', encoding: 'utf-8', bom: false, newline: rows.newline, parts },
  }
  return { document, diagnostics }
}

/** PlayRes: 384×288 where neither is given; else 4:3 of the given one, 1280 by 1024 apart. (Aegisub and libass.) */
function frameOf(info: ReadonlyMap<string, string>): Frame {
  const number = (key: string) => Math.max(0, Number.parseInt(info.get(key) ?? '', 10) || 0)
  let [x, y] = [number('playresx'), number('playresy')]
  if (x === 0 && y === 0) [x, y] = [384, 288]
  else if (y === 0) y = x === 1280 ? 1024 : Math.max(1, Math.floor((x * 3) / 4))
  else if (x === 0) x = y === 1024 ? 1280 : Math.max(1, Math.floor((y * 4) / 3))
  return { soft: number('wrapstyle') === 2 ? '\n' : ' ', size: { x, y } }
}

/** The fields of a row by name; the last takes all that remains, commas included. */
function fieldsOf(row: string, colon: number, names: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  let from = colon + 1
  while (from < row.length && row.charAt(from) === ' ') from++
  for (let i = 0; i < names.length && from <= row.length; i++) {
    const comma = i === names.length - 1 ? -1 : row.indexOf(',', from)
    const end = comma < 0 ? row.length : comma
    fields.set(names[i] ?? '', row.slice(from, end))
    from = end + 1
  }
  return fields
}

type Complain = (code: keyof typeof complaints, line: number, column?: number, found?: string) => void

function captionOf(
  rows: Rows,
  i: number,
  colon: number,
  names: readonly string[],
  frame: Frame,
  index: number,
  complain: Complain,
): Caption | undefined {
  const row = rowAt(rows, i)
  const fields = fieldsOf(row, colon, names)
  const text = fields.get('text')
  if (text === undefined) {
    complain('fields-missing', i + 1, 1, row)
    return undefined
  }
  const [start, end] = [readTime(fields.get('start')), readTime(fields.get('end'))]
  if (start === undefined || end === undefined) {
    complain('times-unreadable', i + 1, colon + 1, row)
    return undefined
  }
  if (end < start) complain('times-backward', i + 1, 1, row)
  if (text.lastIndexOf('{') > text.lastIndexOf('}'))
    complain('brace-open', i + 1, row.length - text.length + text.lastIndexOf('{') + 1, text)
  const { runs, place } = readText(text, Math.max(0, end - start), frame)
  const style = fields.get('style')?.trim().replace(/^\*+/, '') ?? ''
  const [speaker, layer] = [
    (fields.get('name') ?? fields.get('actor') ?? '').trim(),
    Number(fields.get('layer') ?? 0),
  ]
  return {
    id: String(index + 1),
    start,
    end,
    kind: kindOfStyle(style),
    runs,
    ...(speaker !== '' && { speaker }),
    ...(place && { place }),
    ...(style !== '' && { style }),
    ...(Number.isInteger(layer) && layer !== 0 && { layer }),
  }
}

/** h:mm:ss.cc, as lenient as libass: any widths, one to three digits of a fraction, spaces around. */
export function readTime(written = ''): Ms | undefined {
  const found = /^\s*(-?\d{1,9}):(\d{1,4}):(\d{1,4})(?:[.:,](\d{1,9}))?\s*$/.exec(written)
  if (!found) return undefined
  const [, hours, minutes, seconds, fraction = ''] = found
  return (
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Number(seconds) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, '0'))
  )
}
export function printTime(instant: Ms): string {
  const cs = Math.max(0, Math.round(instant / 10))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(cs / 360_000)}:${pad(Math.floor(cs / 6000) % 60)}:${pad(Math.floor(cs / 100) % 60)}.${pad(cs % 100)}`
}

const clean = (field: string): string => field.replace(/[,\r\n]+/g, ' ')

/** What a caption says in each field of a row. */
function wordsOf(caption: Caption, frame: Frame): Readonly<Record<string, string>> {
  const { start, end, style, speaker, layer, kind, place, runs } = caption
  const text = printText(runs, end - start, frame)
  const pad = place ? padOfPlace(place) : 2
  const placed = place && !/\\(?:an|a\d|pos|move)/.test(text)
  const point =
    placed && place.point
      ? `\\pos(${Math.round((place.point.x * frame.size.x) / 100)},${Math.round((place.point.y * frame.size.y) / 100)})`
      : ''
  const at = placed && (pad !== 2 || point) ? `{\\an${pad}${point}}` : ''
  return {
    layer: String(layer ?? 0),
    marked: 'Marked=0',
    start: printTime(start),
    end: printTime(end),
    style: clean(style ?? styleOfKind(kind)),
    name: clean(speaker ?? ''),
    actor: clean(speaker ?? ''),
    marginl: '0',
    marginr: '0',
    marginv: '0',
    effect: '',
    text: at + text,
  }
}

/** A row again, with only those fields changed whose words changed. */
function printEdited(caption: Caption, was: Part, names: readonly string[], frame: Frame): string {
  const row = was.raw.replace(/[\r\n]+$/, '')
  const colon = row.indexOf(':')
  const fields = fieldsOf(row, colon, names)
  const [now, before] = [wordsOf(caption, frame), wordsOf(was.caption ?? caption, frame)]
  for (const name of names) {
    const word = now[name]
    if (
      word !== undefined &&
      (name === 'text'
        ? !same(caption.runs, was.caption?.runs) || word !== before[name]
        : word !== before[name])
    )
      fields.set(name, word)
  }
  const lead = /^[^:]*:[ ]*/.exec(row)?.[0] ?? 'Dialogue: '
  return lead + names.map(name => fields.get(name) ?? '').join(',')
}

function write(document: Document): string {
  const { origin, captions, beside = {}, title } = document
  const info = new Map(
    Object.entries(beside)
      .filter(([key]) => key.startsWith('ass.'))
      .map(([key, value]) => [key.slice(4), value]),
  )
  if (origin?.format === 'ass') {
    const frame = frameOf(info)
    const names = eventNames(origin.parts)
    const print = (caption: Caption, was?: Part) =>
      was ? printEdited(caption, was, names, frame) : printNew(caption, names, frame)
    return patch(document, origin, { caption: (caption, _, was) => print(caption, was), between: '\n' })
  }
  const frame: Frame = { soft: ' ', size: { x: 1920, y: 1080 } }
  return [
    '[Script Info]',
    `Title: ${clean(title ?? 'Kotodama')}`,
    'ScriptType: v4.00+',
    'PlayResX: 1920',
    'PlayResY: 1080',
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    `Format: ${styleFormat}`,
    ourStyles,
    '',
    '[Events]',
    `Format: ${eventFormat}`,
    ...captions.map(caption => printNew({ ...caption, style: styleOfKind(caption.kind) }, usualEvent, frame)),
    '',
  ].join('\n')
}

const printNew = (caption: Caption, names: readonly string[], frame: Frame): string => {
  const words = wordsOf(caption, frame)
  return `Dialogue: ${names.map(name => words[name] ?? '').join(',')}`
}

function eventNames(parts: readonly Part[]): readonly string[] {
  let names = usualEvent
  for (const { raw, caption } of parts) {
    if (caption) break
    for (const found of raw.matchAll(/^[ \t]*format[ \t]*:(.*)$/gim)) names = fieldNames(found[1] ?? '')
  }
  return names.includes('text') ? names : usualEvent
}

export const ass: TextFormat = {
  kind: 'text',
  name: 'ass',
  title: 'Advanced SubStation Alpha',
  extensions: ['ass', 'ssa'],
  type: 'text/x-ssa',
  carries: {
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'outline',
      'background',
      'font',
      'size',
      'sung',
    ],
    place: ['block', 'inline', 'point'],
    also: ['kind', 'speaker', 'style', 'layer', 'styles', 'title'],
  },
  looksLike: head =>
    /^[ \t\ufeff]*\[Script Info\]/im.test(head)
      ? 1
      : /^Dialogue:[ \t]*(?:Marked=)?\d+,/m.test(head)
        ? 0.8
        : 0,
  read,
  write,
}
