import type { Origin } from '../document.ts'

/** A text cut into rows at LF, CRLF and CR, by position, so that nothing is copied. Rows count from 0. */
export type Rows = {
  readonly text: string
  readonly count: number
  /** Where row `i` begins; one more entry than rows: the last is the end of the text. */
  readonly starts: Uint32Array
  readonly newline: '\n' | '\r\n' | '\r'
  /** No row ends in anything but LF. */
  readonly simple: boolean
  /** Every newline is CR CR LF, as programs leave it that made CRLF of CRLF. */
  readonly doubled: boolean
}

/** `mayDouble`: CR CR LF is one newline where the first of the file is one; else it is two. */
export function rowsOf(text: string, mayDouble = false): Rows {
  const doubled = mayDouble && /^[^\r\n]*\r\r\n/.test(text)
  let starts = new Uint32Array(Math.max(16, text.length >> 4))
  let count = 0
  let [lf, cr] = [text.indexOf('\n'), text.indexOf('\r')]
  const simple = cr < 0
  for (let start = 0; start < text.length; ) {
    if (count + 1 >= starts.length) starts = grown(starts)
    starts[count++] = start
    if (lf >= 0 && lf < start) lf = text.indexOf('\n', start)
    if (cr >= 0 && cr < start) cr = text.indexOf('\r', start)
    if (cr >= 0 && (lf < 0 || cr < lf)) start = cr + 1 === lf || (doubled && cr + 2 === lf) ? lf + 1 : cr + 1
    else start = lf < 0 ? text.length : lf + 1
  }
  starts[count] = text.length
  return { text, count, starts, newline: doubled ? '\r\n' : newlineOf(text), simple, doubled }
}

const grown = (starts: Uint32Array): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(starts.length * 2)
  larger.set(starts)
  return larger
}

function newlineOf(text: string): Rows['newline'] {
  const first = text.search(/[\r\n]/)
  if (first < 0 || text[first] === '\n') return '\n'
  return text[first + 1] === '\n' ? '\r\n' : '\r'
}

/** Where row `i` ends, its newline not counted. */
export function endOf({ text, starts, simple, doubled }: Rows, i: number): number {
  let end = starts[i + 1] ?? text.length
  const start = starts[i] ?? 0
  if (end > start && text.charCodeAt(end - 1) === 10) end--
  if (simple) return end
  if (end > start && text.charCodeAt(end - 1) === 13) end--
  if (doubled && end > start && text.charCodeAt(end - 1) === 13) end--
  return end
}

export const rowAt = (rows: Rows, i: number): string => rows.text.slice(rows.starts[i], endOf(rows, i))

/** NUL, tab, both feeds, DOS's end of a file, space. */
const unseen = new Set([0, 9, 11, 12, 26, 32])
/** Only spaces, tabs and what nobody sees, byte order marks too, or nothing. */
export function isBlank(rows: Rows, i: number): boolean {
  for (let at = rows.starts[i] ?? 0, end = endOf(rows, i); at < end; at++) {
    const code = rows.text.charCodeAt(at)
    if (code > 32 ? code !== 0xfeff : !unseen.has(code)) return false
  }
  return true
}

/** Rows `from` to `to` with \n between them and none at the end. */
export function textBetween(rows: Rows, from: number, to: number): string {
  if (to <= from) return ''
  const text = rows.text.slice(rows.starts[from], endOf(rows, to - 1))
  return rows.simple ? text : text.replace(rows.doubled ? /\r{0,2}\n|\r/g : /\r\n?/g, '\n')
}

/** The row a place in the text is in. */
export function rowOf({ starts, count }: Rows, at: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/** The origin of what is only read: the whole file in one part. */
export const originOf = (format: string, { text, newline }: Rows): Origin => ({
  format,
  encoding: 'utf-8',
  bom: false,
  newline,
  parts: text === '' ? [] : [{ raw: text }],
})
