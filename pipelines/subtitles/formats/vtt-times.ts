import type { Ms, Span } from '../../terms.ts'

/** What a cue's row of times says; `settings` is what follows them, as written. */
export type Timing = Span & { readonly settings: string }
/** Why a row of times is none: where it stopped being one, counted from 0. */
export type Refused = { readonly at: number }

/** W3C WebVTT §6.3 "collect WebVTT cue timings and settings". Whitespace is HTML's: tab, LF, FF, CR, space. */
export function readTiming(row: string): Timing | Refused {
  const start = readTimestamp(row, skip(row, 0))
  if ('refused' in start) return { at: start.refused }
  const arrow = skip(row, start.after)
  if (!row.startsWith('-->', arrow)) return { at: arrow }
  const end = readTimestamp(row, skip(row, arrow + 3))
  if ('refused' in end) return { at: end.refused }
  return { start: start.ms, end: end.ms, settings: row.slice(end.after).replace(leading, '') }
}

/** Both times in full, as everybody writes them: hh:mm:ss.mmm --> hh:mm:ss.mmm, and settings or nothing behind a space. */
export function quickTiming(text: string, from: number, to: number): Timing | undefined {
  const length = to - from
  if (length < 29 || !text.startsWith(' --> ', from + 12)) return undefined
  if (length > 29 && text.charCodeAt(from + 29) !== 32) return undefined
  const [start, end] = [clock(text, from), clock(text, from + 17)]
  if (!(start >= 0 && end >= 0)) return undefined
  return { start, end, settings: length === 29 ? '' : text.slice(from + 29, to).replace(leading, '') }
}
const leading = /^[\t\f ]+/
/** −1 for anything else. */
function clock(text: string, at: number): Ms {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58 || text.charCodeAt(at + 8) !== 46)
    return -1
  const [hours, minutes, seconds] = [two(text, at), two(text, at + 3), two(text, at + 6)]
  const ms = two(text, at + 9) * 10 + digit(text, at + 11)
  return hours >= 0 && minutes < 60 && seconds < 60 && ms >= 0
    ? hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms
    : -1
}
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)

function skip(row: string, at: number): number {
  while (at < row.length && ' \t\f'.includes(row.charAt(at))) at++
  return at
}

type Stamp = { readonly ms: Ms; readonly after: number } | { readonly refused: number }

const shape = /(\d+):(\d{2})(?!\d)(?::(\d{2})(?!\d))?\.(\d{3})(?!\d)/y

/** W3C WebVTT §6.3 "collect a WebVTT timestamp": hours of any length, or minutes of exactly two digits. */
export function readTimestamp(row: string, at: number): Stamp {
  shape.lastIndex = at
  const found = shape.exec(row)
  if (!found) return { refused: at }
  const [written, first = '', second = '', third, thousandths] = found
  // Without a third part the first is minutes, unless it can't be: then it was hours, and a part is missing.
  if (third === undefined && (first.length !== 2 || Number(first) > 59)) return { refused: at }
  const [hours, minutes, seconds] =
    third === undefined ? [0, Number(first), Number(second)] : [Number(first), Number(second), Number(third)]
  if (minutes > 59 || seconds > 59 || hours > 1e9) return { refused: at }
  return {
    ms: hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + Number(thousandths),
    after: at + written.length,
  }
}

export function printTimestamp(instant: Ms): string {
  const ms = Math.max(0, Math.round(instant))
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60]
  return `${pad(hours)}:${pad(minutes)}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`
}
