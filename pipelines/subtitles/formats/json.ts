/**
 * Our own JSON: the whole document, one caption a row, and with it the file it was read from, so that a document goes
 * through JSON and back into its format without losing a byte. What was changed by hand is an edit of that file.
 */
import type { z } from 'zod'
import { type Caption, type Document, type Origin, type Part, type Reading, same } from '../document.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { brokenAt, elementsOf, placer } from './json-scan.ts'
import { captionShape, headShape } from './json-shape.ts'

const name = 'json'
const mark = 'kotodama-subtitles'

const complaints = {
  'json-broken': ['error', 'This is no JSON from here on: {}.', 'Nothing was read.'],
  'format-missing': [
    'note',
    'The file does not say that it is subtitles of ours.',
    'It was read as if it did.',
  ],
  'captions-missing': ['error', 'The file has no list of captions.', 'Nothing was read.'],
  'field-odd': ['warning', 'This is not as it must be: {}.', 'What stands beside the captions was left out.'],
  'caption-odd': [
    'error',
    'This caption is not as it must be: {}.',
    'It was left out; it stays in the file.',
  ],
  'captions-odd': [
    'error',
    'More than {} captions are not as they must be.',
    'From here on nothing was read; it stays in the file.',
  ],
  'id-twice': ['warning', 'Two captions are called {}.', 'The second was given another name.'],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'origin-old': [
    'note',
    'The file was changed since it was written.',
    'The file that the captions came from was left out.',
  ],
} as const satisfies Complaints<string>

/** To say what is wrong with a value takes a hundred times as long as to say that nothing is. */
const mostOdd = 1000

function read(text: string): Reading {
  const { diagnostics, complain } = complaining(complaints)
  const place = placer(text)
  const at = (code: keyof typeof complaints, from: number, found: string) =>
    complain(code, ...place(from), found)
  const unread = () => ({
    document: { captions: [], origin: originOf(text, [{ raw: text }]) },
    diagnostics,
  })
  const told = parsed(text)
  if (told === undefined) {
    const broken = brokenAt(text)
    at('json-broken', broken, text.slice(broken, broken + 40))
    return unread()
  }
  if (told.format !== mark) complain('format-missing', 1)
  const list: unknown = told.captions
  if (!Array.isArray(list)) {
    complain('captions-missing', 1)
    const { document } = unread()
    const { origin: _, ...said } = headOf(document.origin?.parts ?? [])
    return { document: { ...said, ...document }, diagnostics }
  }
  const { format: _, version: __, captions: ___, ...fields } = told
  const head = checked(headShape, fields)
  if ('reason' in head) complain('field-odd', 1, 1, head.reason)
  const ranges = elementsOf(text, 'captions')
  const parts: Part[] = []
  const ids = new Set<string>()
  let from = 0
  let odd = 0
  ranges.forEach((range, i) => {
    if (odd > mostOdd) return
    const one = checked(captionShape, list[i])
    if ('reason' in one) {
      at('caption-odd', range.from, one.reason)
      if (++odd > mostOdd) at('captions-odd', range.from, String(mostOdd))
      return
    }
    const { id, start, end } = one.value
    if (ids.has(id)) at('id-twice', range.from, id)
    if (end < start) at('times-backward', range.from, `${start} ${end}`)
    const caption = ids.has(id) ? { ...one.value, id: otherThan(id, i, ids) } : one.value
    ids.add(caption.id)
    if (range.from > from) parts.push({ raw: text.slice(from, range.from) })
    parts.push({ raw: text.slice(range.from, range.to), caption })
    from = range.to
  })
  if (from < text.length) parts.push({ raw: text.slice(from) })
  const { origin, ...rest }: Omit<Document, 'captions'> = 'value' in head ? head.value : {}
  const whole: Document = { ...rest, captions: parts.flatMap(({ caption }) => caption ?? []) }
  if (origin && print({ ...whole, origin }) === text) return { document: { ...whole, origin }, diagnostics }
  if (origin) complain('origin-old', 1)
  return { document: { ...whole, origin: originOf(text, parts) }, diagnostics }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ' '))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return undefined
  }
}
/** The value itself, when it has the shape. */
function checked<T>(shape: z.ZodType<T>, value: unknown): { value: T } | { reason: string } {
  const { error } = shape.safeParse(value)
  if (!error) return { value: value as T }
  const [issue] = error.issues
  return { reason: issue ? `${issue.path.map(String).join('.')} ${issue.message}` : '' }
}
function otherThan(id: string, i: number, ids: ReadonlySet<string>): string {
  let other = `${id}.${i + 1}`
  while (ids.has(other)) other += '.'
  return other
}
const originOf = (text: string, parts: readonly Part[]): Origin => ({
  format: name,
  encoding: 'utf-8',
  bom: false,
  newline: text.includes('\r\n') ? '\r\n' : '\n',
  parts,
})

function print(document: Document): string {
  const { captions, origin, ...head } = document
  const rows = Object.entries({ format: mark, version: 1, ...head })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  const list = captions.length === 0 ? '[]' : `[\n${captions.map(one => JSON.stringify(one)).join(',\n')}\n]`
  const source = origin && origin.format !== name ? [`"origin":${JSON.stringify(origin)}`] : []
  return `{${[...rows, `"captions":${list}`, ...source].join(',\n')}}\n`
}

function write(document: Document): string {
  const { origin, captions } = document
  if (origin?.format !== name) return print(document)
  const was = headOf(origin.parts)
  const { captions: _, origin: __, ...head } = document
  if (!same(head, was)) return print(document)
  const raws = new Map(
    origin.parts.flatMap(({ raw, caption }) => (caption ? [[caption.id, { raw, caption }]] : [])),
  )
  const printed = (caption: Caption) => {
    const found = raws.get(caption.id)
    return found && same(found.caption, caption) ? found.raw : JSON.stringify(caption)
  }
  const ids = origin.parts.flatMap(({ caption }) => caption?.id ?? [])
  if (ids.length === captions.length && ids.every((id, i) => id === captions[i]?.id)) {
    let next = 0
    return origin.parts
      .map(({ raw, caption }) => {
        const now = caption && captions[next++]
        return now ? printed(now) : raw
      })
      .join('')
  }
  return print(document)
}

/** What the file says beside its captions. */
function headOf(parts: readonly Part[]): Omit<Document, 'captions'> {
  const {
    format: _,
    version: __,
    captions: ___,
    origin: ____,
    ...fields
  } = parsed(parts.map(({ raw }) => raw).join('')) ?? {}
  const head = checked(headShape, fields)
  return 'value' in head ? head.value : {}
}

export const json: TextFormat = {
  kind: 'text',
  name,
  title: 'Kotodama JSON',
  extensions: ['json'],
  type: 'application/json',
  styled: true,
  keeps: true,
  looksLike: head =>
    /^\ufeff?\s*\{/.test(head) && new RegExp(String.raw`"format"\s*:\s*"${mark}"`).test(head)
      ? 1
      : /^\ufeff?\s*\{\s*"captions"\s*:/.test(head)
        ? 0.5
        : 0,
  read,
  write,
}
