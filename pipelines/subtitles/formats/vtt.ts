/** WebVTT: W3C's parsing algorithm (§6.1–6.3) to the letter, on rows. What it drops is told, and stays in the file. */
import type { Ms } from '../../terms.ts'
import type { Beside, Caption, Document, Named, Part, Reading } from '../document.ts'
import { plain, same } from '../document.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { type Rows, rowAt, rowsOf } from './rows.ts'
import { placeOf, printPlace, printRegion, type Region, readRegion, readSettings } from './vtt-settings.ts'
import { printText, readText } from './vtt-text.ts'
import { printTimestamp, readTiming } from './vtt-times.ts'

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
  'late-style': [
    'warning',
    'STYLE and REGION count only before the first cue.',
    'It was left out; it stays in the file.',
  ],
  'setting-unknown': ['warning', 'These settings are not all WebVTT: {}.', 'What is none was passed over.'],
} as const satisfies Complaints<string>

type Block = {
  readonly from: number
  readonly to: number
  /** The row of its times. */
  readonly arrow?: number
  readonly kind: 'cue' | 'style' | 'region' | 'other'
  /** First row of its text. */
  readonly body: number
}

function read(text: string): Reading {
  const rows = rowsOf(text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text)
  const { diagnostics, complain } = complaining(complaints)
  const parts: Part[] = []
  const captions: Caption[] = []
  const regions: Region[] = []
  const sheets: string[] = []
  const known = new Set<string>()
  const raw = (from: number, to: number) => text.slice(rows.starts[from], rows.starts[to])
  const header = headerOf(rows)
  if (!header.signed) complain('signature-missing', 1, 1)
  parts.push({ raw: raw(0, header.to) })
  for (const block of blocksOf(rows, header.to)) {
    const caption = block.kind === 'cue' ? cueOf(rows, block, captions.length, known, complain) : undefined
    if (caption) captions.push(caption)
    else if (block.kind === 'cue') parts.push({ raw: raw(block.from, block.to) })
    else {
      const body = bodyOf(rows, block)
      if (block.kind === 'other' && !/^NOTE(?:[ \t]|$)/.test(rowAt(rows, block.from)))
        complain(
          /^(?:STYLE|REGION)\s*$/.test(rowAt(rows, block.from)) ? 'late-style' : 'block-unknown',
          block.from + 1,
          1,
          rowAt(rows, block.from),
        )
      if (block.kind === 'style') sheets.push(body)
      if (block.kind === 'region') {
        const region = readRegion(body)
        regions.push(region)
        known.add(region.id)
      }
      parts.push({ raw: raw(block.from, block.to) })
    }
    if (caption) parts.push({ raw: raw(block.from, block.to), caption })
  }
  const beside: Beside = {
    ...(header.words !== '' && { 'vtt.header': header.words }),
    ...(sheets.length > 0 && { 'vtt.style': sheets.join('\n\n') }),
  }
  const named = regions.map(
    (region): Named => ({ name: region.id, marks: plain, beside: { 'vtt.region': printRegion(region) } }),
  )
  const offset = offsetOf(header.words)
  const document: Document = {
    captions,
    ...(named.length > 0 && { regions: named }),
    ...(Object.keys(beside).length > 0 && { beside }),
    ...(offset !== undefined && { offset }),
    origin: { format: 'vtt', encoding: 'utf-8', bom: false, newline: rows.newline, parts },
  }
  return { document, diagnostics }
}

/** The signature's row, what belongs to it, and the blank rows behind. */
function headerOf(rows: Rows): { to: number; words: string; signed: boolean } {
  const signed = /^\ufeff?WEBVTT(?:[ \t]|$)/.test(rowAt(rows, 0)) && rows.count > 0
  if (!signed) return { to: 0, words: '', signed }
  let to = 1
  // In the header a row of times ends it, and is looked at again.
  while (to < rows.count && rowAt(rows, to) !== '' && !rowAt(rows, to).includes('-->')) to++
  const words = rows.text.slice(rows.starts[0], rows.starts[to]).replace(/^\ufeff?WEBVTT[ \t]?/, '')
  while (to < rows.count && rowAt(rows, to) === '') to++
  return { to, words: words.replace(/\r\n?/g, '\n').trimEnd(), signed }
}

/** §6.1 "collect a WebVTT block", once for the whole file. Trailing blank rows belong to the block before them. */
function* blocksOf(rows: Rows, from: number): Generator<Block> {
  let seenCue = false
  for (let i = from; i < rows.count; ) {
    const begin = i
    let arrow: number | undefined
    let kind: Block['kind'] = 'other'
    let body = begin
    let line = 0
    for (; i < rows.count; i++) {
      const row = rowAt(rows, i)
      line++
      if (row.includes('-->')) {
        if (line !== 1 && !(line === 2 && arrow === undefined)) break
        arrow = i
        kind = 'cue'
        body = i + 1
        seenCue = seenCue || !('at' in readTiming(row))
      } else if (row === '') break
      else if (line === 2 && !seenCue && arrow === undefined) {
        const first = /^(STYLE|REGION)[ \t\f]*$/.exec(rowAt(rows, begin))?.[1]
        if (first) {
          kind = first === 'STYLE' ? 'style' : 'region'
          body = i
        }
      }
    }
    const last = i
    while (i < rows.count && rowAt(rows, i) === '') i++
    if (last > begin || i > begin)
      yield { from: begin, to: i, kind, body, ...(arrow !== undefined && { arrow }) }
  }
}

function bodyOf(rows: Rows, block: Block): string {
  let to = block.to
  while (to > block.body && rowAt(rows, to - 1) === '') to--
  const body: string[] = []
  for (let i = block.body; i < to; i++) body.push(rowAt(rows, i))
  return body.join('\n')
}

type Complain = (code: keyof typeof complaints, line: number, column?: number, found?: string) => void

function cueOf(
  rows: Rows,
  block: Block,
  index: number,
  regions: ReadonlySet<string>,
  complain: Complain,
): Caption | undefined {
  const at = block.arrow ?? block.from
  const row = rowAt(rows, at)
  const timing = readTiming(row)
  if ('at' in timing) {
    complain('times-unreadable', at + 1, timing.at + 1, row)
    return undefined
  }
  const { start, end, settings } = timing
  if (end <= start) complain('times-backward', at + 1, 1, row)
  const label = at > block.from ? rowAt(rows, block.from) : ''
  const runs = readText(bodyOf(rows, block), start, end - start)
  const place = settings === '' ? undefined : placeOf(readSettings(settings, regions))
  if (settings !== '' && !/^(?:(?:region|vertical|line|position|size|align):\S+[ \t]*)*$/.test(settings))
    complain('setting-unknown', at + 1, row.length - settings.length + 1, settings)
  const speaker = runs.find(run => run.marks.voice)?.marks.voice
  return {
    id: String(index + 1),
    start,
    end,
    kind: /^[♪♫♬]/.test(runs[0]?.text ?? '') ? 'song' : 'dialogue',
    runs,
    ...(speaker !== undefined && { speaker }),
    ...(place && { place }),
    ...(label !== '' && { label }),
    ...(settings !== '' && { beside: { 'vtt.settings': settings } }),
  }
}

/** HLS: which moment of the transport stream (90 kHz) this file's clock shows when. RFC 8216 §3.5. */
function offsetOf(header: string): Ms | undefined {
  const map = /^X-TIMESTAMP-MAP=(.*)$/m.exec(header)?.[1] ?? ''
  const local = /LOCAL:(\d+):(\d\d):(\d\d)\.(\d{3})/.exec(map)
  const ticks = /MPEGTS:(\d{1,15})/.exec(map)?.[1]
  if (!local || ticks === undefined) return undefined
  const [hours, minutes, seconds, ms] = local.slice(1).map(Number)
  const clock = (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000 + (ms ?? 0)
  return Math.round(Number(ticks) / 90) - clock
}

function printCaption(caption: Caption, regions: ReadonlySet<string>): string {
  const { start, end, label, place } = caption
  const kept = caption.beside?.['vtt.settings']
  const settings =
    kept !== undefined && same(placeOf(readSettings(kept, regions)), place)
      ? kept
      : place
        ? printPlace(place)
        : ''
  const name = label === undefined ? '' : `${label.replace(/[\r\n]+/g, ' ').replaceAll('-->', '→')}\n`
  const times = `${printTimestamp(start)} --> ${printTimestamp(end)}${settings === '' ? '' : ` ${settings}`}`
  const spoken = caption.speaker !== undefined && caption.runs.every(run => run.marks.voice === undefined)
  const runs = spoken
    ? caption.runs.map(run => ({ ...run, marks: { ...run.marks, voice: caption.speaker ?? '' } }))
    : caption.runs
  const body = printText(runs, start)
  return `${name}${times}\n${body === '' ? '' : `${body}\n`}`
}

function write(document: Document): string {
  const { origin, captions, regions = [], beside } = document
  const known = new Set(regions.map(region => region.name))
  const caption = (one: Caption) => printCaption(one, known)
  if (origin?.format === 'vtt') return patch(document, origin, { caption, between: '\n' })
  const sheet = beside?.['vtt.style']
  const head = [
    'WEBVTT\n',
    ...regions.flatMap(region => region.beside?.['vtt.region'] ?? []).map(region => `REGION\n${region}\n`),
    ...(sheet === undefined ? [] : [`STYLE\n${sheet}\n`]),
  ]
  return [...head, ...captions.map(caption)].join('\n')
}

export const vtt: TextFormat = {
  kind: 'text',
  name: 'vtt',
  title: 'WebVTT',
  extensions: ['vtt', 'webvtt'],
  type: 'text/vtt',
  carries: {
    marks: ['bold', 'italic', 'underline', 'voice', 'language', 'classes', 'ruby', 'sung'],
    place: ['block', 'inline', 'vertical', 'point', 'region'],
    also: ['speaker', 'label', 'regions'],
  },
  looksLike: head => (/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(head) ? 1 : 0),
  read,
  write,
}
