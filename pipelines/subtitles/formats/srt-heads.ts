/** Where captions begin in an SRT file. */
import { endOf, isBlank, type Rows } from './rows.ts'
import { meantAsTimes, narrow, readTimes, type Times } from './srt-times.ts'

/** `top` is its number's row or, without a number, `row`, the row of its times. */
export type Head = {
  readonly top: number
  readonly row: number
  readonly times: Times
  readonly label: string | undefined
}

/** The next head behind `before`; rows on the way that were meant as times and can't be read are told. */
export function headAfter(
  rows: Rows,
  before: Head | undefined,
  unreadable: (row: number) => void,
): Head | undefined {
  const last = before?.row ?? -1
  for (let row = last + 1; row < rows.count; row++) {
    const [from, to] = [rows.starts[row] ?? 0, endOf(rows, row)]
    const times = readTimes(rows.text, from, to)
    if (times) return headOf(rows, row, times, last, before?.label)
    if (meantAsTimes(rows.text, from, to)) unreadable(row)
  }
  return undefined
}

function headOf(rows: Rows, row: number, times: Times, last: number, before: string | undefined): Head {
  // Some programs leave a row between the number and its times.
  const gap =
    row >= 2 && row - 2 > last && isBlank(rows, row - 1) && (row === 2 || isBlank(rows, row - 3)) ? 1 : 0
  const at = row - 1 - gap
  const label = at > last ? numberOf(rows, at) : undefined
  // Digits that a blank row sets apart are a number. Those right under text ("agent / 007") are one only in sequence.
  const counts =
    label !== undefined &&
    (at < 1 ||
      last === at - 1 ||
      isBlank(rows, at - 1) ||
      (before !== undefined && Number(label) === Number(before) + 1))
  return { top: counts ? at : row, row, times, label: counts ? label : undefined }
}

/** The digits of a row that has nothing else. */
export function numberOf(rows: Rows, i: number): string | undefined {
  const start = rows.starts[i] ?? 0
  const end = endOf(rows, i)
  if (end === start || end - start > 24) return undefined
  if (end - start < 12 && allDigits(rows.text, start, end)) return rows.text.slice(start, end)
  const code = rows.text.charCodeAt(start)
  // Most rows are words, and no word that begins in ASCII is a number.
  return code > 57 && code < 0x660
    ? undefined
    : /^[#"]?(\d{1,20})[ .):"]*$/.exec(narrow(rows.text.slice(start, end)))?.[1]
}

function allDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}
