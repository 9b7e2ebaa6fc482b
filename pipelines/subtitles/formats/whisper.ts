/**
 * What speech recognizers hand out as JSON: openai-whisper and its API, whisper.cpp, faster-whisper, WhisperX, and the
 * chunks of Transformers. Segments are captions; words, where they are timed, are runs with their times. Only read.
 */
import type { Language } from '../../terms.ts'
import { type Caption, type Reading, textOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { brokenAt, elementsOf, placer } from './json-scan.ts'
import { originOf, rowsOf } from './rows.ts'
import { isFields, type Segment, segmentsOf } from './whisper-shapes.ts'
import { timedRuns } from './whisper-words.ts'

const complaints = {
  'json-broken': ['error', 'This is no JSON from here on: {}.', 'Nothing was read.'],
  'segments-missing': ['error', 'There is no list of segments in the file.', 'Nothing was read.'],
  'segment-odd': [
    'error',
    'The segment has no times or no text: {}.',
    'It was left out; it stays in the file.',
  ],
  'times-backward': ['error', 'The segment ends before it begins: {}.', 'Both times were kept as they are.'],
} as const satisfies Complaints<string>

function read(text: string): Reading {
  const { diagnostics, complain } = complaining(complaints)
  const rows = rowsOf(text)
  const origin = originOf('whisper', rows)
  const unread = { document: { captions: [], origin }, diagnostics }
  const place = placer(text)
  const told = parsed(text)
  if ('broken' in told) {
    if (text.trim() === '') return unread
    const at = brokenAt(text)
    complain('json-broken', ...place(at), text.slice(at, at + 40))
    return unread
  }
  const found = segmentsOf(told.value)
  if (!found) {
    complain('segments-missing', 1)
    return unread
  }
  let places: readonly { readonly from: number }[] | undefined
  const at = (index: number): readonly [number, number] => {
    places ??= found.key === '' ? elementsOf(`{"":${text}}`, '') : elementsOf(text, found.key)
    return place(Math.max(0, (places[index]?.from ?? 0) - (found.key === '' ? 4 : 0)))
  }
  const captions: Caption[] = []
  found.segments.forEach((segment, i) => {
    if (!segment) {
      complain('segment-odd', ...at(i), shown(found.raw[i]))
      return
    }
    if (segment.end < segment.start) complain('times-backward', ...at(i), `${segment.start} ${segment.end}`)
    if (segment.text.trim() !== '') captions.push(captionOf(segment, String(captions.length + 1)))
  })
  const language = languageOf(found.language)
  return { document: { captions, ...(language && { language }), origin }, diagnostics }
}

function parsed(text: string): { readonly value: unknown } | { readonly broken: true } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, ' ')) }
  } catch {
    return { broken: true }
  }
}
const shown = (value: unknown): string =>
  isFields(value) ? Object.keys(value).slice(0, 8).join(' ') : String(value).slice(0, 40)

function captionOf({ start, end, text, words, speaker, beside }: Segment, id: string): Caption {
  const runs = timedRuns(text.trim(), words, start, Math.max(start, end))
  const caption: Caption = { id, start, end, kind: isSong(textOf({ runs })) ? 'song' : 'dialogue', runs }
  return {
    ...caption,
    ...(speaker !== undefined && { speaker }),
    ...(beside && { beside }),
  }
}

/** Whisper's own languages, by ISO 639; some of its interfaces give their English names. */
const codes =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jv su yue fi'.split(
    ' ',
  )
let byName: ReadonlyMap<string, string> | undefined
function languageOf(written: string | undefined): Language | undefined {
  const lower = written?.trim().toLowerCase()
  if (lower === undefined || lower === '') return undefined
  if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(lower)) return written?.trim()
  const names = new Intl.DisplayNames('en', { type: 'language' })
  byName ??= new Map(codes.map(code => [(names.of(code) ?? code).toLowerCase(), code]))
  return byName.get(lower)
}

export const whisper: TextFormat = {
  kind: 'text',
  name: 'whisper',
  title: 'Whisper JSON',
  extensions: ['json'],
  type: 'application/json',
  looksLike: head => {
    if (!/^\s*\ufeff?[{[]/.test(head) || /"format"\s*:\s*"kotodama/.test(head)) return 0
    if (/"(?:segments|transcription|chunks)"\s*:\s*\[/.test(head)) return 0.9
    if (/^\s*\{\s*"(?:systeminfo|word_segments|task)"\s*:/.test(head)) return 0.9
    if (/^\s*\[\s*\{/.test(head) && /"(?:start|timestamps?)"\s*:/.test(head) && /"text"\s*:/.test(head))
      return 0.8
    return /^\s*\{\s*"text"\s*:\s*"/.test(head) ? 0.6 : 0
  },
  read,
}
