/** A WebVTT file as its header and blocks: W3C WebVTT §6.1, on rows, so that every block knows where it stands. */
import { endOf, type Rows, rowAt } from './rows.ts'
import { readTiming } from './vtt-times.ts'

/** Rows `from` to `to`, the blank ones behind it included. */
export type Block = {
  readonly from: number
  readonly to: number
  readonly kind: 'cue' | 'style' | 'region' | 'other'
  /** The row of a cue's times. */
  readonly arrow: number
  /** First row of its text. */
  readonly body: number
  /** Behind the last. */
  readonly end: number
}
export type Header = { readonly to: number; readonly words: string; readonly signed: boolean }

/** The signature's row, what belongs to it, and the blank rows behind. */
export function headerOf(rows: Rows): Header {
  const signed = rows.count > 0 && /^\ufeff?WEBVTT(?:[ \t]|$)/.test(rowAt(rows, 0))
  if (!signed) return { to: 0, words: '', signed }
  let to = 1
  // A row of times ends the header, and begins the first block.
  while (to < rows.count && rowAt(rows, to) !== '' && !rowAt(rows, to).includes('-->')) to++
  const words = rows.text.slice(rows.starts[0], rows.starts[to]).replace(/^\ufeff?WEBVTT[ \t]?/, '')
  while (to < rows.count && rowAt(rows, to) === '') to++
  return { to, words: words.replace(/\r\n?/g, '\n').trimEnd(), signed }
}

/** "Collect a WebVTT block", once for the whole file. */
export function* blocksOf(rows: Rows, from: number): Generator<Block> {
  const { text, starts } = rows
  let seenCue = false
  let arrowAt = -1
  /** Whether a row holds an arrow: the next one in the file is looked for once. */
  const hasArrow = (i: number): boolean => {
    const start = starts[i] ?? 0
    if (arrowAt < start) arrowAt = indexOrEnd(text, '-->', start)
    return arrowAt < endOf(rows, i)
  }
  for (let i = from; i < rows.count; ) {
    const begin = i
    let arrow = -1
    let kind: Block['kind'] = 'other'
    let body = begin
    for (; i < rows.count; i++) {
      if (hasArrow(i)) {
        if (i > begin + 1 || arrow >= 0) break
        arrow = i
        kind = 'cue'
        body = i + 1
        seenCue ||= !('at' in readTiming(rowAt(rows, i)))
      } else if (isEmpty(rows, i)) break
      else if (i === begin + 1 && !seenCue && arrow < 0) {
        const first = /^(STYLE|REGION)[ \t\f]*$/.exec(rowAt(rows, begin))?.[1]
        if (first) {
          kind = first === 'STYLE' ? 'style' : 'region'
          body = i
        }
      }
    }
    const end = i
    while (i < rows.count && isEmpty(rows, i)) i++
    yield { from: begin, to: i, kind, arrow, body, end }
  }
}
const isEmpty = (rows: Rows, i: number): boolean => endOf(rows, i) === rows.starts[i]
function indexOrEnd(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found
}
