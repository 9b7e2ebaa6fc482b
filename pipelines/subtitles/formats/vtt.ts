/** WebVTT, by W3C's parsing algorithm to the letter. What it drops is told, and stays in the file. */
import type { Ms } from '../../terms.ts'
import {
  type Beside,
  type Caption,
  type Document,
  type Named,
  type Part,
  type Place,
  plain,
  type Reading,
  same,
} from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { endOf, type Rows, rowAt, rowsOf, textBetween } from './rows.ts'
import { type Block, blocksOf, headerOf } from './vtt-blocks.ts'
import { classesOf, readSheet, type Sheet, sheetOf } from './vtt-css.ts'
import { placeOf, printPlace, printRegion, readRegion, readSettings } from './vtt-settings.ts'
import { printText, readText } from './vtt-text.ts'
import { printTimestamp, quickTiming, readTiming } from './vtt-times.ts'

const complaints = {
  'signature-missing': [
    'error',
    'The file does not begin with WEBVTT.',
    'It was read as if it did; browsers show nothing of it.',
  ],
  'times-unreadable': [
    'error',
    'These are no times of a cue: {}.',
    'The cue was left out, as browsers do; it stays in the file.',
  ],
  'times-backward': [
    'warning',
    'The cue ends before it begins, or at once: {}.',
    'It was kept; browsers never show it.',
  ],
  'block-unknown': [
    'warning',
    'This is neither a cue nor a NOTE, STYLE or REGION: {}.',
    'It was left out; it stays in the file.',
  ],
  'block-late': [
    'warning',
    'STYLE and REGION count only before the first cue.',
    'It was left out; it stays in the file.',
  ],
  'setting-unknown': ['warning', 'These settings are not all WebVTT: {}.', 'What is none was passed over.'],
} as const satisfies Complaints<string>
type Complain = (code: keyof typeof complaints, line: number, column?: number, found?: string) => void

function read(text: string): Reading {
  const rows = rowsOf(text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text)
  const { diagnostics, complain } = complaining(complaints)
  const parts: Part[] = []
  const captions: Caption[] = []
  const regions: Named[] = []
  const sheets: string[] = []
  const known = new Set<string>()
  const header = headerOf(rows)
  if (!header.signed && text.trim() !== '') complain('signature-missing', 1)
  if (header.to > 0) parts.push({ raw: text.slice(0, rows.starts[header.to]) })
  let file: Known | undefined
  for (const block of blocksOf(rows, header.to)) {
    const raw = text.slice(rows.starts[block.from], rows.starts[block.to])
    const cue = block.kind === 'cue'
    if (cue) file ??= { sheet: readSheet(sheets.join('\n')), regions: known, places: new Map() }
    const caption = cue && file ? cueOf(rows, block, String(captions.length + 1), file, complain) : undefined
    parts.push(caption ? { raw, caption } : { raw })
    if (caption) captions.push(caption)
    else if (block.kind === 'style') sheets.push(textBetween(rows, block.body, block.end))
    else if (block.kind === 'region') {
      const region = readRegion(textBetween(rows, block.body, block.end))
      regions.push({ name: region.id, marks: plain, beside: { 'vtt.region': printRegion(region) } })
      known.add(region.id)
    } else if (block.kind === 'other' && block.end > block.from) {
      const row = rowAt(rows, block.from)
      if (/^(?:STYLE|REGION)\s*$/.test(row)) complain('block-late', block.from + 1, 1, row)
      else if (!/^NOTE(?:[ \t]|$)/.test(row)) complain('block-unknown', block.from + 1, 1, row)
    }
  }
  const beside: Beside = {
    ...(header.words !== '' && { 'vtt.header': header.words }),
    ...(sheets.length > 0 && { 'vtt.style': sheets.join('\n') }),
  }
  const offset = offsetOf(header.words)
  const document: Document = {
    captions,
    ...(regions.length > 0 && { regions }),
    ...(Object.keys(beside).length > 0 && { beside }),
    ...(offset !== undefined && { offset }),
    origin: { format: 'vtt', encoding: 'utf-8', bom: false, newline: rows.newline, parts },
  }
  return { document, diagnostics }
}

/** What a file says before its cues, and the place each of the settings it uses means: most cues share a few. */
type Known = {
  readonly sheet: Sheet
  readonly regions: ReadonlySet<string>
  readonly places: Map<string, Place | undefined>
}

function cueOf(
  rows: Rows,
  { from, arrow, body, end: last }: Block,
  id: string,
  file: Known,
  complain: Complain,
): Caption | undefined {
  const [begin, stop] = [rows.starts[arrow] ?? 0, endOf(rows, arrow)]
  const timing = quickTiming(rows.text, begin, stop) ?? readTiming(rowAt(rows, arrow))
  if ('at' in timing) {
    complain('times-unreadable', arrow + 1, timing.at + 1, rowAt(rows, arrow))
    return undefined
  }
  const { start, end, settings } = timing
  if (end <= start) complain('times-backward', arrow + 1, 1, rows.text.slice(begin, stop))
  const text = textBetween(rows, body, last)
  const runs = readText(text, start, end - start, file.sheet)
  const kind = isSong(text) ? 'song' : 'dialogue'
  const label = arrow > from ? rowAt(rows, from) : undefined
  const speaker = text.includes('<') ? speakerIn(runs) : undefined
  if (settings === '' && speaker === undefined && label !== undefined)
    return { id, start, end, kind, runs, label: label === id ? id : label }
  const place = settings === '' ? undefined : placeSaid(settings, file)
  if (settings !== '' && !/^(?:(?:region|vertical|line|position|size|align):[^\s:]+[ \t]*)*$/.test(settings))
    complain('setting-unknown', arrow + 1, stop - begin - settings.length + 1, settings)
  return {
    id,
    start,
    end,
    kind,
    runs,
    ...(speaker !== undefined && { speaker }),
    ...(place && { place }),
    ...(label !== undefined && { label }),
    ...(settings !== '' && { beside: { 'vtt.settings': settings } }),
  }
}

function placeSaid(settings: string, { regions, places }: Known): Place | undefined {
  if (!places.has(settings)) places.set(settings, placeOf(readSettings(settings, regions)))
  return places.get(settings)
}

function speakerIn(runs: Caption['runs']): string | undefined {
  for (const { marks } of runs) if (marks.voice) return marks.voice
  return undefined
}

/** HLS: which moment of the transport stream (90 kHz) this file's clock shows when. RFC 8216 §3.5. */
function offsetOf(header: string): Ms | undefined {
  const map = /^X-TIMESTAMP-MAP=(.{1,200})$/m.exec(header)?.[1] ?? ''
  const local = /LOCAL:((?:\d+:)?\d\d:\d\d\.\d{3})/.exec(map)?.[1]
  const ticks = /MPEGTS:(\d{1,15})/.exec(map)?.[1]
  const clock = local === undefined ? undefined : readTiming(`${local} --> ${local}`)
  return clock && 'start' in clock && ticks !== undefined
    ? Math.round(Number(ticks) / 90) - clock.start
    : undefined
}

function printCaption(caption: Caption, regions: ReadonlySet<string>, sheet: Sheet): string {
  const { start, end, label, place, speaker } = caption
  const kept = caption.beside?.['vtt.settings']
  const settings =
    kept !== undefined && same(placeOf(readSettings(kept, regions)), place)
      ? kept
      : place
        ? printPlace(place)
        : ''
  const name =
    label === undefined || label.trim() === ''
      ? ''
      : `${label.replace(/[\r\n]+/g, ' ').replaceAll('-->', '→')}\n`
  const times = `${printTimestamp(start)} --> ${printTimestamp(end)}${settings === '' ? '' : ` ${settings}`}`
  const unspoken = speaker !== undefined && caption.runs.every(({ marks }) => marks.voice === undefined)
  const runs = unspoken
    ? caption.runs.map(run => ({ ...run, marks: { ...run.marks, voice: speaker } }))
    : caption.runs
  const text = printText(runs, start, sheet)
  return `${name}${times}\n${text === '' ? '' : `${text}\n`}`
}

function write(document: Document): string {
  const { origin, captions, regions = [], beside } = document
  const known = new Set(
    regions.flatMap(({ name, beside }) => (beside?.['vtt.region'] === undefined ? [] : name)),
  )
  const own = origin?.format === 'vtt'
  const css = beside?.['vtt.style'] ?? ''
  const ours = own
    ? ''
    : sheetOf(captions.flatMap(({ runs }) => runs.flatMap(({ marks }) => classesOf(marks))))
  const sheet = readSheet(css)
  const caption = (one: Caption) => printCaption(one, known, sheet)
  if (own) return patch(document, origin, { caption, between: '\n\n' })
  const style = [css, ours].filter(rules => rules !== '').join('\n')
  const head = [
    'WEBVTT\n',
    ...regions.flatMap(region => region.beside?.['vtt.region'] ?? []).map(region => `REGION\n${region}\n`),
    ...(style === '' ? [] : [`STYLE\n${style}\n`]),
  ]
  return [...head, ...captions.map(caption)].join('\n')
}

export const vtt: TextFormat = {
  kind: 'text',
  name: 'vtt',
  title: 'WebVTT',
  extensions: ['vtt', 'webvtt'],
  type: 'text/vtt',
  besides: { 'vtt.style': 'style sheet', 'vtt.header': 'header' },
  looksLike: head => (/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(head) ? 1 : 0),
  read,
  write,
}
