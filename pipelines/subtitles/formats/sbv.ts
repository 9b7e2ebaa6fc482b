/** SBV, as YouTube hands it out: a row of two times and a comma, then the words. `[br]` is a row break. Only read. */
import type { Ms } from '../../terms.ts'
import { type Caption, type Reading, runsOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { isBlank, originOf, rowAt, rowsOf, textBetween } from './rows.ts'

const complaints = {
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'text-before': [
    'warning',
    'There is text before the first caption: {}.',
    'It was kept in the file, but in no caption.',
  ],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

const instant = String.raw`(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?`
const shape = new RegExp(String.raw`^\ufeff?[ \t]*${instant}[ \t]*,[ \t]*${instant}[ \t]*$`)

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const heads: { row: number; start: Ms; end: Ms }[] = []
  for (let i = 0; i < rows.count; i++) {
    const found = isTimes(rows.text, rows.starts[i] ?? 0) ? shape.exec(rowAt(rows, i).slice(0, 80)) : null
    if (found) heads.push({ row: i, start: msOf(found.slice(1, 5)), end: msOf(found.slice(5, 9)) })
  }
  const first = heads[0]?.row ?? rows.count
  for (let i = 0; i < first; i++)
    if (!isBlank(rows, i)) {
      complain('text-before', i + 1, 1, rowAt(rows, i))
      break
    }
  if (heads.length === 0 && text.trim() !== '') complain('no-captions', 1)
  const captions = heads.map(({ row, start, end }, index): Caption => {
    let last = heads[index + 1]?.row ?? rows.count
    while (last > row + 1 && isBlank(rows, last - 1)) last--
    if (end < start) complain('times-backward', row + 1, 1, rowAt(rows, row))
    const body = textBetween(rows, row + 1, last).replaceAll('[br]', '\n')
    return {
      id: String(index + 1),
      start,
      end,
      kind: isSong(body) ? 'song' : 'dialogue',
      runs: runsOf(body),
    }
  })
  return { document: { captions, origin: originOf('sbv', rows) }, diagnostics }
}

/** Whether a row may be one of times: most rows are told by their first character. */
function isTimes(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 48 && code <= 57) || code === 32 || code === 9 || code === 0xfeff
}

const msOf = ([hours = '', minutes = '', seconds = '', fraction = '']: readonly string[]): Ms =>
  Number(hours) * 3_600_000 +
  Number(minutes) * 60_000 +
  Number(seconds) * 1000 +
  Number(fraction.slice(0, 3).padEnd(3, '0'))

export const sbv: TextFormat = {
  kind: 'text',
  name: 'sbv',
  title: 'SBV',
  extensions: ['sbv'],
  type: 'text/x-sbv',
  looksLike: head =>
    /^[ \t\ufeff]*\d{1,4}:\d\d:\d\d\.\d{3},\d{1,4}:\d\d:\d\d\.\d{3}[ \t]*\r?$/m.test(head) ? 0.9 : 0,
  read,
}
