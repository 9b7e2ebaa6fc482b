/** MPL2: `[123][456]words|second row`, in tenths of a second. A row that begins with `/`, `\` or `_` is italic, bold or underlined. */
import { type Caption, type Marks, plain, type Reading, type Run, textOf, tidy } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Counted, countedRows, ended } from './counted.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { originOf, rowsOf } from './rows.ts'

const complaints = {
  'row-unknown': ['warning', 'This row has no times: {}.', 'It was left out; it stays in the file.'],
  'end-missing': ['note', 'The caption has no end: {}.', 'It ends with the next one, or after five seconds.'],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

const shape = /^[ \t\ufeff]*\[(\d{1,9})\][ \t]*\[(\d{0,9})\]/
const looks: Readonly<Record<string, Marks>> = {
  '/': { italic: true },
  '\\': { bold: true },
  _: { underline: true },
}

/** Signs at the beginning of a row say how it looks; there may be several. */
function rowRun(row: string): Run {
  let marks: Marks = plain
  let at = 0
  for (let look = looks[row.charAt(at)]; look; look = looks[row.charAt(++at)]) marks = { ...marks, ...look }
  return { text: row.slice(at), marks }
}

const readText = (words: string): readonly Run[] =>
  tidy(
    words
      .split('|')
      .flatMap((row, i): readonly Run[] =>
        i === 0 ? [rowRun(row)] : [{ text: '\n', marks: plain }, rowRun(row)],
      ),
  )

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const counted = countedRows(rows, shape, (row, words) => complain('row-unknown', row + 1, 1, words))
  if (counted.length === 0 && text.trim() !== '') complain('no-captions', 1)
  const ends = ended(counted, 50)
  const captions = counted.map((one: Counted, index): Caption => {
    const [start, end] = [one.start * 100, (ends[index] ?? one.start) * 100]
    if (one.end === undefined) complain('end-missing', one.row + 1, 1, one.words)
    if (end < start) complain('times-backward', one.row + 1, 1, `${one.start} ${one.end}`)
    const runs = readText(one.words)
    return { id: String(index + 1), start, end, kind: isSong(textOf({ runs })) ? 'song' : 'dialogue', runs }
  })
  return { document: { captions, origin: originOf('mpl2', rows) }, diagnostics }
}

export const mpl2: TextFormat = {
  kind: 'text',
  name: 'mpl2',
  title: 'MPL2',
  extensions: ['mpl', 'txt', 'sub'],
  type: 'text/x-mpl2',
  looksLike: head => (/^\s*\ufeff?\[\d{1,9}\]\[\d{0,9}\]/.test(head) ? 0.95 : 0),
  read,
}
