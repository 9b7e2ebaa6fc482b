/**
 * MicroDVD: `{25}{50}words|second row`, counted in frames. How many make a second is said by a first row `{1}{1}23.976`,
 * by whoever reads the file, or by nobody. A small letter in a code (`{y:i}`) is of its row, a capital of all rows.
 */
import type { Rate } from '../../terms.ts'
import {
  type Caption,
  type Marks,
  type Place,
  plain,
  type Reading,
  type Run,
  textOf,
  tidy,
} from '../document.ts'
import { instantOf } from '../frames.ts'
import { isSong } from '../kinds.ts'
import { countedRows, ended } from './counted.ts'
import { type Complaints, complaining, type Hints, type TextFormat } from './format.ts'
import { originOf, rowsOf } from './rows.ts'

const complaints = {
  'rate-missing': [
    'warning',
    'The file does not say how many frames make a second.',
    'They were counted at 24000/1001, as of film.',
  ],
  'rate-odd': ['warning', 'This is no frame rate: {}.', 'It was passed over.'],
  'row-unknown': ['warning', 'This row has no frames: {}.', 'It was left out; it stays in the file.'],
  'code-unknown': ['note', 'This code is not known: {}.', 'It was passed over.'],
  'end-missing': ['note', 'The caption has no end: {}.', 'It ends with the next one, or after five seconds.'],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

const film: Rate = { num: 24_000, den: 1001 }
/** Written with a point, these are meant. */
const broken: readonly (readonly [from: number, to: number, rate: Rate])[] = [
  [23.96, 23.99, film],
  [29.96, 29.98, { num: 30_000, den: 1001 }],
  [47.94, 47.96, { num: 48_000, den: 1001 }],
  [59.93, 59.95, { num: 60_000, den: 1001 }],
]

function rateOf(written: string): Rate | undefined {
  const found = /^\s*(\d{1,3}(?:[.,]\d{1,9})?)\s*(?:fps)?\s*$/i.exec(written.slice(0, 40))?.[1]
  const fps = Number(found?.replace(',', '.'))
  if (!(fps >= 1 && fps <= 300)) return undefined
  return (
    broken.find(([from, to]) => fps >= from && fps <= to)?.[2] ?? { num: Math.round(fps * 1000), den: 1000 }
  )
}

const shape = /^[ \t\ufeff]*\{(\d{1,9})\}[ \t]*\{(\d{0,9})\}/
const code = /[ \t]*\{([a-z]):([^{}]{0,200})\}/iy
const letters: Readonly<Record<string, Marks>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
  s: { strike: true },
}

type Look = { marks: Marks; place?: Place; unknown?: string }

/** What a code says; `$BBGGRR` counts its colours from blue. */
function lookOf(name: string, value: string): Look {
  if (name === 'y') {
    const marks = [...value.toLowerCase()].map(letter =>
      Object.hasOwn(letters, letter) ? letters[letter] : {},
    )
    return { marks: Object.assign({}, ...marks) }
  }
  if (name === 'c') {
    const [, blue, green, red] = /^\s*\$?([\da-f]{2})([\da-f]{2})([\da-f]{2})\s*$/i.exec(value) ?? []
    return red === undefined
      ? { marks: plain, unknown: value }
      : { marks: { color: `#${red}${green}${blue}`.toLowerCase() } }
  }
  if (name === 'f') return { marks: { font: value.trim() } }
  if (name === 's' && /^\s*\d{1,4}\s*$/.test(value)) return { marks: { size: value.trim() } }
  if (name === 'p') return { marks: plain, ...(value.trim() === '0' && { place: { block: 'top' } }) }
  // A code page, which the bytes have told already, and a place counted in pixels of a picture nobody knows.
  if (name === 'h' || name === 'o') return { marks: plain }
  return { marks: plain, unknown: `${name}:${value}` }
}

type Read = {
  readonly runs: readonly Run[]
  readonly place: Place | undefined
  readonly unknown: string | undefined
}

/** `usual` are the marks that the file gives all its captions. */
function readText(words: string, usual: Marks): Read {
  let all = usual
  let place: Place | undefined
  let unknown: string | undefined
  const runs: Run[] = []
  words.split('|').forEach((row, i) => {
    let own: Marks = plain
    let at = 0
    for (;;) {
      code.lastIndex = at
      const found = code.exec(row)
      if (!found) break
      const [, name = '', value = ''] = found
      const look = lookOf(name.toLowerCase(), value)
      if (name === name.toLowerCase() && name !== 'p') own = { ...own, ...look.marks }
      else all = { ...all, ...look.marks }
      place ??= look.place
      unknown ??= look.unknown
      at = code.lastIndex
    }
    if (row.charAt(at) === '/') {
      own = { ...own, italic: true }
      at++
    }
    if (i > 0) runs.push({ text: '\n', marks: plain })
    const marks = { ...all, ...own }
    runs.push({ text: row.slice(at), marks: Object.keys(marks).length === 0 ? plain : marks })
  })
  return { runs: tidy(runs), place, unknown }
}

function read(text: string, hints: Hints = {}): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  let usual: Marks = plain
  const all = countedRows(rows, shape, (row, words) => {
    const [, codes] = /^\s*\{DEFAULT\}\{\}(.*)$/i.exec(words.slice(0, 1000)) ?? []
    if (codes === undefined) complain('row-unknown', row + 1, 1, words)
    else usual = readText(`${codes} `, plain).runs[0]?.marks ?? plain
  })
  const [first] = all
  const declares = first !== undefined && first.start <= 1 && first.end === first.start
  const declared = declares ? rateOf(first.words) : undefined
  const isHead = declares && (declared !== undefined || /^\s*[\d.,]*\s*$/.test(first.words.slice(0, 40)))
  if (isHead && !declared) complain('rate-odd', first.row + 1, 1, first.words)
  const rate = declared ?? hints.rate
  const counted = isHead ? all.slice(1) : all
  if (!rate && counted.length > 0) complain('rate-missing', 1)
  if (counted.length === 0 && text.trim() !== '') complain('no-captions', 1)
  const counting = rate ?? film
  const ends = ended(counted, Math.round((5 * counting.num) / counting.den))
  const captions = counted.map((one, index): Caption => {
    const { runs, place, unknown } = readText(one.words, usual)
    const [start, end] = [instantOf(one.start, counting), instantOf(ends[index] ?? one.start, counting)]
    if (unknown !== undefined) complain('code-unknown', one.row + 1, 1, unknown)
    if (one.end === undefined) complain('end-missing', one.row + 1, 1, one.words)
    if (end < start) complain('times-backward', one.row + 1, 1, `${one.start} ${one.end}`)
    const kind = isSong(textOf({ runs })) ? 'song' : 'dialogue'
    return { id: String(index + 1), start, end, kind, runs, ...(place && { place }) }
  })
  return {
    document: { captions, ...(rate && { rate }), origin: originOf('microdvd', rows) },
    diagnostics,
  }
}

export const microdvd: TextFormat = {
  kind: 'text',
  name: 'microdvd',
  title: 'MicroDVD',
  extensions: ['sub', 'txt'],
  type: 'text/x-microdvd',
  looksLike: head => (/^\s*\ufeff?(?:\{DEFAULT\}\{\}|\{\d{1,9}\}\{\d{0,9}\})/i.test(head) ? 0.95 : 0),
  read,
}
