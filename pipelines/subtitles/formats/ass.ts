/**
 * Advanced SubStation Alpha and its older kin. Every section, comment and unknown row stays as it was; a line that was
 * edited keeps the fields nobody touched, and an edited text the override blocks around its words.
 */

import type { LineKind } from '../../terms.ts'
import type { Caption, Document, Named, Part, Reading } from '../document.ts'
import { kindOfStyle, styleOfKind } from '../kinds.ts'
import { printEdited, printLine } from './ass-print.ts'
import {
  clean,
  eventFormat,
  eventShapeOf,
  fieldsOf,
  readTime,
  type Shape,
  shapeOf,
  usualEvent,
} from './ass-rows.ts'
import { ourStyles, printStyle, readStyle, styleFormat, usualStyle } from './ass-styles.ts'
import { type Frame, readText, unsaid } from './ass-text.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { rowAt, rowsOf } from './rows.ts'

const complaints = {
  'events-missing': ['error', 'The file has no [Events].', 'There is nothing to show in it.'],
  'fields-missing': [
    'error',
    'The line has fewer fields than its format: {}.',
    'It was left out; it stays in the file.',
  ],
  'times-unreadable': ['error', 'These are no times: {}.', 'The line was left out; it stays in the file.'],
  'times-backward': ['warning', 'The line ends before it begins: {}.', 'It was kept; players never show it.'],
  'row-unknown': ['note', 'This row belongs to nothing: {}.', 'It stays in the file as it is.'],
  'brace-open': ['note', 'A brace is opened and never closed: {}.', 'It is shown as text.'],
  'style-unknown': ['note', 'No style is called {}.', 'Players show the line in the style Default.'],
} as const satisfies Complaints<string>

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const captions: Caption[] = []
  const parts: Part[] = []
  const styles: Named[] = []
  const known = new Set<string>(['Default'])
  const info = new Map<string, string>()
  let section = ''
  let shape: Shape = usualEvent
  let seen = false
  let from = 0
  let frame: Frame | undefined
  let line = lineReader(shape)
  for (let i = 0; i < rows.count; i++) {
    const row = rowAt(rows, i)
    const head = mayBeHead(row) ? /^[ \t\ufeff]*\[([^\]]{1,200})\]/.exec(row)?.[1] : undefined
    if (head !== undefined) {
      section = head.trim().toLowerCase()
      shape = section === 'events' ? usualEvent : usualStyle
      line = lineReader(shape)
      seen ||= section === 'events'
      continue
    }
    const colon = row.startsWith(';') ? -1 : row.indexOf(':')
    const key =
      colon === 8 && row.startsWith('Dialogue')
        ? 'dialogue'
        : colon < 0
          ? ''
          : row.slice(0, colon).trim().toLowerCase()
    // Some programs hand over lines without any section.
    if ((section === 'events' || section === '') && key === 'dialogue') {
      frame ??= frameOf(info)
      const caption = line(row, colon, String(captions.length + 1), frame)
      if (typeof caption === 'string') {
        complain(caption, i + 1, colon + 2, row)
        continue
      }
      if (caption.end < caption.start) complain('times-backward', i + 1, 1, row)
      // Which case Default is in, players don't mind.
      if (caption.style && !known.has(caption.style) && !/^default$/i.test(caption.style))
        complain('style-unknown', i + 1, 1, caption.style)
      const brace = row.lastIndexOf('{')
      if (brace >= 0 && row.indexOf('}', brace) < 0 && row.charAt(brace - 1) !== '\\')
        complain('brace-open', i + 1, brace + 1, row.slice(brace))
      captions.push(caption)
      if (i > from) parts.push({ raw: text.slice(rows.starts[from], rows.starts[i]) })
      parts.push({ raw: text.slice(rows.starts[i], rows.starts[i + 1]), caption })
      from = i + 1
    } else if (colon < 0) {
      if (section === 'events' && row.trim() !== '' && !row.startsWith(';'))
        complain('row-unknown', i + 1, 1, row)
    } else if (section === 'script info') info.set(key, row.slice(colon + 1).trim())
    else if (key === 'format') {
      const format = row.slice(colon + 1, colon + 2000)
      shape = section.endsWith('styles') ? shapeOf(format) : eventShapeOf(format)
      line = lineReader(shape)
    } else if (key === 'style' && /styles ?\+?$/.test(section)) {
      const style = readStyle(fieldsOf(row, colon, shape), shape, section === 'v4 styles')
      styles.push(style)
      known.add(style.name)
    }
  }
  if (!seen && (captions.length === 0 || section !== '')) complain('events-missing', Math.max(1, rows.count))
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

/** Most rows are told by their first character to be no head of a section. */
function mayBeHead(row: string): boolean {
  const code = row.charCodeAt(0)
  return code === 0x5b || code === 32 || code === 9 || code === 0xfeff
}

/** Reads the lines of one shape; a complaint when a row is none. */
function lineReader(shape: Shape) {
  const place = (...names: string[]) => shape.findIndex(name => names.includes(name))
  const [startAt, endAt, styleAt, nameAt, layerAt, effectAt, textAt] = [
    place('start'),
    place('end'),
    place('style'),
    place('name', 'actor'),
    place('layer'),
    place('effect'),
    place('text'),
  ]
  const kinds = new Map<string, LineKind>()
  const kindOf = (style: string): LineKind => {
    const known = kinds.get(style)
    if (known) return known
    const kind = kindOfStyle(style)
    kinds.set(style, kind)
    return kind
  }
  return (
    row: string,
    colon: number,
    id: string,
    frame: Frame,
  ): Caption | 'fields-missing' | 'times-unreadable' => {
    const fields = fieldsOf(row, colon, shape)
    const text = fields[textAt]
    if (text === undefined) return 'fields-missing'
    const [start, end] = [readTime(fields[startAt]), readTime(fields[endAt])]
    if (start === undefined || end === undefined) return 'times-unreadable'
    const named = (fields[styleAt] ?? '').trim()
    const style = named.startsWith('*') ? named.replace(/^\*+/, '') : named
    const speaker = (fields[nameAt] ?? '').trim()
    const layer = Number(fields[layerAt] ?? 0)
    const effect = (fields[effectAt] ?? '').trim()
    const { runs, place } = readText(text, Math.max(0, end - start), frame)
    const caption = { id, start, end, kind: kindOf(style), runs, style }
    if (speaker === '' && place === undefined && !(layer > 0 || layer < 0) && effect === '') return caption
    return {
      ...caption,
      ...(speaker !== '' && { speaker }),
      ...(place && { place }),
      ...(Number.isInteger(layer) && layer !== 0 && { layer }),
      ...(effect !== '' && { beside: { 'ass.effect': effect } }),
    }
  }
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

function write(document: Document): string {
  const { origin, captions, beside = {}, title, styles = [] } = document
  if (origin?.format === 'ass') {
    const frame = frameOf(
      new Map(Object.entries(beside).map(([key, value]) => [key.replace(/^ass\./, ''), value])),
    )
    const shape = shapeIn(origin.parts)
    return patch(document, origin, {
      caption: (caption, _, was) =>
        was?.caption
          ? printEdited(caption, { ...was, caption: was.caption }, shape, frame)
          : printLine(caption, shape, frame),
      between: '\n',
    })
  }
  const frame: Frame = { soft: '\n', size: { x: 1920, y: 1080 } }
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
    ...ourStyles,
    ...styles.map(printStyle),
    '',
    '[Events]',
    `Format: ${eventFormat}`,
    ...captions.map(caption => printLine({ ...caption, style: styleIn(styles, caption) }, usualEvent, frame)),
    '',
  ].join('\n')
}
const styleIn = (styles: readonly Named[], { style, kind }: Caption): string =>
  style !== undefined && styles.some(({ name }) => name === style) ? style : styleOfKind(kind)

/** The shape of the events a script holds. */
function shapeIn(parts: readonly Part[]): Shape {
  let shape = usualEvent
  for (const { raw, caption } of parts) {
    if (caption) break
    for (const found of raw.matchAll(/^[ \t]*format[ \t]*:(.{0,2000})/gim))
      shape = eventShapeOf(found[1] ?? '')
  }
  return shape.includes('start') ? shape : usualEvent
}

export const ass: TextFormat = {
  kind: 'text',
  name: 'ass',
  title: 'Advanced SubStation Alpha',
  extensions: ['ass', 'ssa'],
  type: 'text/x-ssa',
  unsaid,
  besides: { 'ass.effect': 'effect' },
  styled: true,
  looksLike: head =>
    /^[ \t\ufeff]*\[(?:Script Info|V4\+? Styles|Events)\]/im.test(head)
      ? 1
      : /^Dialogue:[ \t]*(?:Marked=)?\d+,/m.test(head)
        ? 0.8
        : 0,
  read,
  write,
}
