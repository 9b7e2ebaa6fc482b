import type { Ms } from '../../terms.ts'
import { type Marks, plain, type Run, tidy } from '../document.ts'

/** `[mm:ss.xx]`, and what people make of it: any fraction or none, a colon before it, hours. */
const clock = String.raw`(?:(\d{1,3}):(?=\d{1,2}:\d{1,2}\.))?(\d{1,6}):(\d{1,2})(?:[.:](\d{1,9}))?`
const stamp = new RegExp(String.raw`[ \t]*\[${clock}\]`, 'y')
const inner = new RegExp(String.raw`<${clock}>|\[${clock}\]`, 'g')

const msOf = ([hours = '0', minutes = '0', seconds = '0', fraction = '']: readonly (
  | string
  | undefined
)[]): Ms =>
  Number(hours) * 3_600_000 +
  Number(minutes) * 60_000 +
  Number(seconds) * 1000 +
  Number(fraction.slice(0, 3).padEnd(3, '0'))

/** The times at the beginning of a row, and where each ends: its words begin behind the last. */
export function readStamps(row: string): { readonly times: readonly Ms[]; readonly ends: readonly number[] } {
  const [times, ends]: [Ms[], number[]] = [[], []]
  for (;;) {
    stamp.lastIndex = ends.at(-1) ?? 0
    const found = stamp.exec(row)
    if (!found) return { times, ends }
    times.push(msOf(found.slice(1, 5)))
    ends.push(stamp.lastIndex)
  }
}

/** Runs of a row's words. Times between them are of syllables, counted from `start`; the last may end the row. */
export function readWords(words: string, start: Ms, shift: Ms): readonly Run[] {
  const pieces: { text: string; at: Ms | undefined }[] = []
  let [from, at]: [number, Ms | undefined] = [0, undefined]
  for (const found of words.matchAll(inner)) {
    pieces.push({ text: words.slice(from, found.index), at })
    at = msOf(found[3] === undefined ? found.slice(5, 9) : found.slice(1, 5)) - shift
    from = found.index + found[0].length
  }
  if (pieces.length === 0) return words === '' ? [] : [{ text: words, marks: plain }]
  pieces.push({ text: words.slice(from), at })
  const runs: Run[] = []
  let end: Ms | undefined
  for (const { text, at } of spaced(pieces).toReversed()) {
    if (text !== '')
      runs.push({ text, marks: at === undefined ? plain : sungAt(at - start, (end ?? at) - start) })
    end = at ?? end
  }
  return runs.reverse()
}

/** Some write a space on both sides of every time. */
function spaced(pieces: readonly { text: string; at: Ms | undefined }[]) {
  let before = ' '
  return pieces.map(({ text, at }) => {
    const words = /\s$/.test(before) ? text.replace(/^ /, '') : text
    before = words || before
    return { text: words, at }
  })
}
const sungAt = (start: Ms, end: Ms): Marks => ({ sung: { start, end: Math.max(start, end) } })

/** The words of a row without its times. */
export const wordsAlone = (words: string): string => words.replace(inner, '')

/** A last syllable whose end nobody said ends with the caption. */
export function closed(runs: readonly Run[], length: Ms): readonly Run[] {
  const last = runs.findLastIndex(({ marks }) => marks.sung !== undefined)
  return runs.map((run, i) => {
    const { sung } = run.marks
    return sung && i === last && sung.end === sung.start
      ? { ...run, marks: { ...run.marks, sung: { ...sung, end: Math.max(sung.start, length) } } }
      : run
  })
}

export function printStamp(instant: Ms): string {
  const ms = Math.max(0, Math.round(instant))
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  const fraction = ms % 10 === 0 ? pad((ms % 1000) / 10) : pad(ms % 1000, 3)
  return `${pad(Math.floor(ms / 60_000))}:${pad(Math.floor(ms / 1000) % 60)}.${fraction}`
}

/** What would be read as a time is kept from it by a joiner. */
const armour = (text: string): string =>
  text.replace(new RegExp(String.raw`[<[](?=${clock}[>\]])`, 'g'), '$&\u2060')

/** One string a row. A blank row is a no-break space: a row without words would end the caption. */
export function printRows(runs: readonly Run[], start: Ms): readonly string[] {
  const rows = ['']
  let open: Ms | undefined
  const put = (text: string) => {
    rows[rows.length - 1] += text
  }
  for (const { text, marks } of tidy(runs)) {
    const { sung } = marks
    if (open !== undefined && open !== sung?.start) put(`<${printStamp(start + open)}>`)
    if (sung) put(`<${printStamp(start + sung.start)}>`)
    open = sung?.end
    text.split('\n').forEach((row, i) => {
      if (i > 0) {
        if (sung) put(`<${printStamp(start + sung.end)}>`)
        rows.push('')
        if (sung && row !== '') put(`<${printStamp(start + sung.start)}>`)
        if (row === '') open = undefined
      }
      put(armour(row))
    })
  }
  if (open !== undefined) put(`<${printStamp(start + open)}>`)
  return rows.map(row => (row.trim() === '' ? '\u00a0' : row))
}
