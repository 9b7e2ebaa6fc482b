/** The words that put captions into a decoder's memory: where rows stand, how they look, what they say. */
import { type Caption, type Marks, plain } from '../document.ts'
import { colorIndex, preamble, sendable, sentAs, wordOf } from './scc-codes.ts'
import { columns, placesOf, rows } from './scc-screen.ts'

/** Words that stay together: a code and its copy, or two characters. */
export type Unit = readonly string[]
type Char = { readonly char: string; readonly marks: Marks }
type Row = { readonly row: number; readonly column: number; readonly chars: readonly Char[] }
type Pen = { readonly color: number; readonly italic: boolean; readonly underline: boolean }

const code = (first: number, second: number): Unit => [wordOf(first, second), wordOf(first, second)]
const penOf = ({ color, italic = false, underline = false }: Marks): Pen => ({
  color: colorIndex(color),
  italic,
  underline,
})
const samePen = (a: Pen, b: Pen): boolean =>
  a.color === b.color && a.italic === b.italic && a.underline === b.underline

/** Captions that are shown together; rows that would stand on each other stand above each other. */
export function wordsOf(captions: readonly Caption[]): readonly Unit[] {
  const taken = new Set<number>()
  const placed: Row[] = []
  for (const caption of captions) {
    const own = rowsOf(caption)
    let up = 0
    while (up < rows && own.some(({ row }) => taken.has(row - up) || row - up < 1)) up++
    let down = 0
    if (up === rows)
      while (down < rows && own.some(({ row }) => taken.has(row + down) || row + down > rows)) down++
    for (const one of own) {
      const row = up < rows ? one.row - up : Math.min(rows, one.row + down)
      taken.add(row)
      placed.push({ ...one, row })
    }
  }
  return placed.sort((a, b) => a.row - b.row).flatMap(rowWords)
}

function rowsOf({ runs, place = {}, beside }: Caption): readonly Row[] {
  const lines = wrapped(charsOf(runs)).slice(0, rows)
  if (lines.every(chars => chars.length === 0)) return []
  const shown = lines.map((chars, at) => ({ at, chars: chars.length > 0 ? chars : blankRow }))
  const exact = exactPlaces(
    beside?.['scc.rows'],
    shown.map(({ chars }) => chars.length),
  )
  const places =
    exact ??
    placesOf(
      place,
      lines.length,
      shown.map(({ at, chars }) => ({ at, width: chars.length })),
    )
  return shown.flatMap(({ chars }, i) => {
    const where = places[i]
    return where ? [{ ...where, chars }] : []
  })
}
/** A space that shows what is behind it: a row of nothing. */
const blankRow: readonly Char[] = [{ char: '\u00a0', marks: plain }]

/** `14:4 15:8`, when there is one for each row and the row fits there. */
function exactPlaces(written: string | undefined, widths: readonly number[]) {
  const places = written?.split(' ').map(one => {
    const [row = Number.NaN, column = Number.NaN] = one.split(':').map(Number)
    return { row, column }
  })
  const fit = places?.every(
    ({ row, column }, i) =>
      Number.isInteger(row) &&
      row >= 1 &&
      row <= rows &&
      row > (places[i - 1]?.row ?? 0) &&
      column >= 0 &&
      column + (widths[i] ?? columns + 1) <= columns,
  )
  return places && fit && places.length === widths.length ? places : undefined
}

const charsOf = (runs: Caption['runs']): readonly Char[] =>
  runs.flatMap(({ text, marks }) =>
    text
      .split(/(\n)/)
      .flatMap(piece => (piece === '\n' ? [piece] : sendable(piece)))
      .map(char => ({ char, marks })),
  )

/** Rows at row breaks, and at spaces where a row is longer than the screen is wide. */
function wrapped(chars: readonly Char[]): readonly (readonly Char[])[] {
  const lines: Char[][] = [[]]
  for (const one of chars) {
    if (one.char === '\n') {
      lines.push([])
      continue
    }
    let line = lines.at(-1) ?? []
    if (line.length >= columns) {
      const space = line.findLastIndex(({ char }) => char === ' ')
      const rest = one.char === ' ' ? [] : line.splice(space < 0 ? columns : space).slice(space < 0 ? 0 : 1)
      lines.push(rest)
      line = rest
      if (one.char === ' ') continue
    }
    line.push(one)
  }
  return lines
}

function rowWords({ row, column, chars }: Row): readonly Unit[] {
  const wanted = penOf(chars.find(({ char }) => char.trim() !== '')?.marks ?? plain)
  const units: Unit[] = []
  const both = wanted.color > 0 && wanted.italic
  // A preamble says a colour or italics only for the first column; from there three columns can be skipped.
  const quick = wanted.color > 0 || wanted.italic ? column <= 3 : false
  const lead = wanted.color === 0 && !wanted.italic ? 0 : quick ? (both ? 1 : 0) : both ? 2 : 1
  const start = Math.max(column, lead) + chars.length > columns ? column : Math.max(column, lead)
  const fits = start >= lead
  const free = fits ? lead : 0
  let pen: Pen = { color: 0, italic: false, underline: wanted.underline }
  const at = start - free
  if (fits && quick) {
    const attribute = wanted.color > 0 ? wanted.color : 7
    pen = { ...pen, color: wanted.color, italic: wanted.color === 0 }
    units.push(code(...preamble(row, attribute, wanted.underline)))
    if (at > 0) units.push(code(0x17, 0x20 + at))
  } else {
    units.push(code(...preamble(row, 8 + (at >> 2), wanted.underline)))
    if (at % 4 > 0) units.push(code(0x17, 0x20 + (at % 4)))
  }
  if (free > 0) {
    const codes = midrows(pen, wanted)
    units.push(...codes.slice(0, free))
    pen = wanted
  }
  let half: number | undefined
  const byte = (value: number) => {
    if (half === undefined) half = value
    else {
      units.push([wordOf(half, value)])
      half = undefined
    }
  }
  const flush = () => {
    if (half !== undefined) byte(0)
  }
  for (let i = 0; i < chars.length; i++) {
    const { char } = chars[i] ?? { char: ' ' }
    const next = chars.slice(i, i + 3).find(one => one.char !== ' ')
    const after = char === ' ' && next ? penOf(next.marks) : pen
    // Looks change where a space stands, for the code takes the place of one.
    const codes = char === ' ' && !samePen(pen, after) ? midrows(pen, after) : []
    const room = chars[i + 1]?.char === ' ' ? 2 : 1
    if (codes.length > 0 && codes.length <= room && chars[i + codes.length]?.char !== ' ') {
      flush()
      units.push(...codes)
      pen = after
      i += codes.length - 1
      continue
    }
    const sent = sentAs(char)
    if ('byte' in sent) byte(sent.byte)
    else {
      if (sent.instead !== undefined) byte(sent.instead)
      flush()
      units.push(code(...sent.code))
    }
  }
  flush()
  return units
}

/** The codes that turn one look into another: a colour ends italics, italics keep the colour. */
function midrows(from: Pen, to: Pen): readonly Unit[] {
  const under = to.underline ? 1 : 0
  const color = code(0x11, 0x20 + to.color * 2 + under)
  const italics = code(0x11, 0x2e + under)
  if (!to.italic) return [color]
  return from.color === to.color ? [italics] : [color, italics]
}
