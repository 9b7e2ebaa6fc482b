/**
 * Bytes to text and back. A text that nobody changed is encoded to the very bytes it came from: rows whose bytes are
 * not what their text would be encoded as (damaged, or written in a second way) are remembered and stand again.
 */
import iconv from 'iconv-lite'
import { enough, guess } from './guess.ts'
import { decodeIso2022Jp, encodeIso2022Jp, isIso2022Jp } from './iso-2022-jp.ts'

export type Encoding = { readonly encoding: string; readonly bom: boolean }
export type OddRow = { readonly text: string; readonly bytes: string }
export type Decoded = Encoding & {
  readonly text: string
  readonly odd: readonly OddRow[]
  readonly sure: boolean
}

/** Byte order marks, the longer first: UTF-32LE begins as UTF-16LE does. */
const marks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** Never throws: what can't be told is read as windows-1252, in which every byte is a character. */
export function decode(bytes: Uint8Array): Decoded {
  const [marked, mark] = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte)) ?? []
  if (marked && mark) return decodeAs(bytes.subarray(mark.length), marked, true, true)
  const wide = wideOf(bytes)
  if (wide) return decodeAs(bytes, wide, false, true)
  if (isIso2022Jp(bytes)) return decodeAs(bytes, 'iso-2022-jp', false, false)
  const text = utf8(bytes)
  if (text !== undefined) return { text, encoding: 'utf-8', bom: false, odd: [], sure: true }
  if (mostlyUtf8(bytes)) return decodeAs(bytes, 'utf-8', false, false)
  return decodeAs(bytes, guess(bytes), false, false)
}

/** The bytes of `text`, with its byte order mark and with the rows that were odd as they came. */
export function encode(text: string, { encoding, bom }: Encoding, odd: readonly OddRow[] = []): Uint8Array {
  const coded = odd.length > 0 ? encodeRows(text, encoding, odd) : encodeText(text, encoding)
  const mark = bom ? marks.find(([name]) => name === encoding)?.[1] : undefined
  return mark ? Buffer.concat([Uint8Array.from(mark), coded]) : coded
}

/** Whether bytes can be written under this name. */
export const canEncode = (encoding: string): boolean =>
  encoding === 'utf-8' || encoding === 'iso-2022-jp' || iconv.encodingExists(encoding)

/** Characters of `text` that the encoding has no bytes for. */
export function unwritable(text: string, encoding: string): readonly string[] {
  if (encoding.startsWith('utf-')) return []
  const back = decodeText(encodeText(text, encoding), encoding)
  if (back === text) return []
  return [...new Set(text)].filter(char => decodeText(encodeText(char, encoding), encoding) !== char)
}

function encodeText(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  return encoding === 'iso-2022-jp' ? encodeIso2022Jp(text) : iconv.encode(text, encoding)
}
function decodeText(bytes: Buffer, encoding: string): string {
  if (encoding === 'utf-8') return bytes.toString('utf8')
  return encoding === 'iso-2022-jp'
    ? decodeIso2022Jp(bytes)
    : iconv.decode(bytes, encoding, { stripBOM: false })
}

function decodeAs(bytes: Uint8Array, encoding: string, bom: boolean, sure: boolean): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = decodeText(buffer, encoding)
  const whole = encodeText(text, encoding).equals(buffer)
  return { text, encoding, bom, odd: whole ? [] : oddRows(buffer, encoding), sure }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** UTF-16 or UTF-32 without a mark: text in any script has spaces, digits and newlines, whose other bytes are zero. */
function wideOf(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 4096 - (4096 % 4))
  if (head.length < 4 || !head.includes(0)) return undefined
  const zeros = [0, 0, 0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 4] = (zeros[i % 4] ?? 0) + 1
  const quarter = head.length / 4
  const [a = 0, b = 0, c = 0, d = 0] = zeros.map(count => count / quarter)
  if (bytes.length % 4 === 0 && a < 0.1 && c > 0.9 && d > 0.9) return 'utf-32le'
  if (bytes.length % 4 === 0 && d < 0.1 && a > 0.9 && b > 0.9) return 'utf-32be'
  const [even, uneven] = [(a + c) / 2, (b + d) / 2]
  if (uneven > 0.2 && even < 0.05) return 'utf-16le'
  if (even > 0.2 && uneven < 0.05) return 'utf-16be'
  return undefined
}

/** A UTF-8 file with a few broken bytes is still one: its valid multi-byte characters far outnumber what is broken. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.subarray(0, enough)).toString('utf8')
  const broken = sample.split('\ufffd').length - 1
  const good = sample.match(/[\u0080-\ufffc]/g)?.length ?? 0
  return good > broken * 10
}

/** Bytes cut behind every newline, where `cut` cuts their text. In wide encodings it is as wide as every character. */
function* cutRows(buffer: Buffer, encoding: string): Generator<Buffer> {
  const [lf, cr] = [encodeText('\n', encoding), encodeText('\r', encoding)]
  const next = (newline: Buffer, start: number): number => {
    let found = buffer.indexOf(newline, start)
    while (found >= 0 && (found - start) % newline.length !== 0) found = buffer.indexOf(newline, found + 1)
    return found < 0 ? buffer.length : found
  }
  let [feed, back] = [-1, -1]
  for (let start = 0; start < buffer.length; ) {
    if (feed < start) feed = next(lf, start)
    if (back < start) back = next(cr, start)
    const end = Math.min(buffer.length, (back + cr.length < feed ? back : feed) + lf.length)
    yield buffer.subarray(start, end)
    start = end
  }
}
const cut = /(?<=\n|\r(?!\n))/

function oddRows(buffer: Buffer, encoding: string): OddRow[] {
  const odd: OddRow[] = []
  for (const row of cutRows(buffer, encoding)) {
    const text = decodeText(row, encoding)
    if (!encodeText(text, encoding).equals(row)) odd.push({ text, bytes: row.toString('base64') })
  }
  return odd
}

function encodeRows(text: string, encoding: string, odd: readonly OddRow[]): Buffer {
  const kept = new Map<string, string[]>()
  for (const { text: row, bytes } of odd) kept.set(row, [...(kept.get(row) ?? []), bytes])
  const rows = text.split(cut).map(row => {
    const bytes = kept.get(row)
    // Of several odd rows that read alike the first is taken first; the last one stays for copies of it.
    const next = bytes && bytes.length > 1 ? bytes.shift() : bytes?.[0]
    return next === undefined ? encodeText(row, encoding) : Buffer.from(next, 'base64')
  })
  return Buffer.concat(rows)
}
