import type { Ms, Span } from '../../terms.ts'

/** `rest` is what follows the times on their row (coordinates, X1:… Y2:…); `odd` when they are written unusually. */
export type Times = Span & { readonly rest: string; readonly odd: boolean }

const [zero, nine, colon, comma, minus, greater] = [48, 57, 58, 44, 45, 62]
/** A row of times is never longer than this; what is, is text. */
const longest = 200

/** The times on a row, or nothing when it is no row of times. */
export function readTimes(text: string, from: number, to: number): Times | undefined {
  if (to - from === 29) {
    const start = clock(text, from)
    if (start >= 0 && arrow(text, from + 12)) {
      const end = clock(text, from + 17)
      if (end >= 0) return { start, end, rest: '', odd: false }
    }
  }
  if (to - from < 7 || to - from > longest || isWord(text.charCodeAt(from))) return undefined
  return leniently(text, from, to)
}

/**
 * No row of times begins with it: a Latin letter but those that reading machines take for digits (I, O, l, o), `<`, kana,
 * Chinese characters. Most rows are told from times by their first.
 */
const isWord = (code: number): boolean =>
  (code > 58 && code < 0x80 && code !== 73 && code !== 79 && code !== 108 && code !== 111) ||
  (code > 0x3000 && code < 0xff00 && code !== 0xfeff)

/** hh:mm:ss,mmm as everybody writes it; -1 for anything else. */
function clock(text: string, at: number): Ms {
  if (
    text.charCodeAt(at + 2) !== colon ||
    text.charCodeAt(at + 5) !== colon ||
    text.charCodeAt(at + 8) !== comma
  )
    return -1
  const [hours, minutes, seconds] = [two(text, at), two(text, at + 3), two(text, at + 6)]
  const ms = two(text, at + 9) * 10 + digit(text, at + 11)
  if (!(hours >= 0 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60 && ms >= 0)) return -1
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + ms
}
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= zero && code <= nine ? code - zero : Number.NaN
}
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)
const arrow = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 32 &&
  text.charCodeAt(at + 1) === minus &&
  text.charCodeAt(at + 2) === minus &&
  text.charCodeAt(at + 3) === greater &&
  text.charCodeAt(at + 4) === 32

/** Hours may be missing, the fraction too or be as long as it likes, with any mark between; the arrow may be short. */
const instant = String.raw`(-)? ?(?:(\d{1,9}) ?: ?)?(\d{1,9}) ?: ?(-)?(\d{1,9})(?: ?[,.:;'’،，．]{1,2} ?(\d{1,12}))?`
const row = new RegExp(
  String.raw`^(?:\d{1,9} )?${instant} ?(?:[-=–—]{1,3} ?[-=–—]?(?:>|&gt;)|→) ?${instant}(?![\d:]) ?(.*)$`,
  'u',
)
/** What somebody meant as times, whether or not they can be read. */
export const meantAsTimes = (text: string, from: number, to: number): boolean =>
  to - from <= longest &&
  // Most rows are words, and are told from times by their first character.
  text.charCodeAt(from) <= nine &&
  hasArrow(text, from, to) &&
  /^[ \t-]*\d{1,2}:\d.*(?:--?>|→)/.test(text.slice(from, to))
const usual = /^\d{2,}:[0-5]\d:[0-5]\d,\d{3} --> \d{2,}:[0-5]\d:[0-5]\d,\d{3}(?: |$)/

function leniently(text: string, from: number, to: number): Times | undefined {
  if (!hasArrow(text, from, to)) return undefined
  const written = text.slice(from, to)
  const found = row.exec(digitsOf(narrow(written)))
  if (!found) return undefined
  const rest = found[13] ?? ''
  return {
    start: instantOf(found, 1),
    end: instantOf(found, 7),
    rest: rest.trimEnd(),
    odd: !usual.test(written),
  }
}
function hasArrow(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (
      code === greater ||
      code === 0x2192 ||
      code === 0xff1e ||
      (code === 38 && text.startsWith('&gt;', at))
    )
      return true
  }
  return false
}
/** Full-width digits and marks, as a Japanese keyboard makes them, Arabic digits, other spaces, and what nobody sees. */
export const narrow = (written: string): string =>
  written
    .replace(/[０-９：＞－]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[٠-٩۰-۹]/g, char => String(char.charCodeAt(0) & 15))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[ \t\u00a0\u2000-\u200a\u202f\u3000]+/g, ' ')
    .replaceAll('\u2212', '-')
    .trim()
/** Letters that reading machines take for digits. */
const digitsOf = (written: string): string =>
  written.replace(/[OoIl]+(?=[\d:.,])|(?<=[\d:.,])[OoIl]+/g, letters =>
    letters.replace(/[Oo]/g, '0').replace(/[Il]/g, '1'),
  )

/** A fraction is one of a second however long it is written: ",5" is half of one. */
function instantOf(found: RegExpExecArray, at: number): Ms {
  const [sign, hours = '0', minutes = '0', inner, seconds = '0', fraction = ''] = found.slice(at, at + 6)
  const whole = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
  const ms = whole + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return sign || inner ? -ms : ms
}

export const printTimes = ({ start, end }: Span): string => `${print(start)} --> ${print(end)}`

function print(instant: Ms): string {
  const ms = Math.max(0, Math.round(instant))
  const part = (divisor: number, modulus: number, width: number) =>
    String(Math.floor(ms / divisor) % modulus).padStart(width, '0')
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0')
  return `${hours}:${part(60_000, 60, 2)}:${part(1000, 60, 2)},${part(1, 1000, 3)}`
}
