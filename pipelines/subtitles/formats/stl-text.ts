/** Text fields of EBU-STL: what their codes mean, and fields of runs. */
import { type Marks, plain, type Run, tidy } from '../document.ts'
import type { Token } from './stl-blocks.ts'
import { encodeChar, withOrdinals } from './stl-charset.ts'

const colors = [
  '#000000',
  '#ff0000',
  '#00ff00',
  '#ffff00',
  '#0000ff',
  '#ff00ff',
  '#00ffff',
  '#ffffff',
] as const
const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White']
/** White on black is how teletext begins every row. */
const white = colors[7]

/**
 * Runs of a field. In teletext a colour takes a cell, which is seen as a space, holds until the row ends, and double
 * height makes every second row break an empty one.
 */
export function readTokens(tokens: readonly Token[], teletext: boolean): readonly Run[] {
  const runs: Run[] = []
  let marks: Marks = plain
  let row = ''
  let breaks = 0
  const mark = (change: Marks) => {
    const entries = Object.entries({ ...marks, ...change }).filter(
      ([, value]) => value !== undefined && value !== false,
    )
    marks = entries.length === 0 ? plain : Object.fromEntries(entries)
  }
  const put = (text: string) => {
    runs.push({ text, marks })
    row += text
  }
  for (const token of tokens) {
    if ('text' in token) {
      put(withOrdinals(token.text))
      breaks = 0
    } else if (token.code === 'newline') {
      breaks++
      if (teletext) mark({ color: undefined, background: undefined })
      if (!teletext || breaks % 2 === 1) put('\n')
      row = ''
    } else if (token.code === 'space') {
      put(' ')
    } else {
      const alpha = /^Alpha(\w+)$/.exec(token.code)?.[1]
      if (alpha !== undefined) {
        if (teletext && row.trim() !== '' && !row.endsWith(' ')) put(' ')
        const color = colors[names.indexOf(alpha)]
        mark({ color: color === white ? undefined : color })
      } else if (token.code === 'NewBackground') mark({ background: marks.color ?? white })
      else if (token.code === 'BlackBackground') mark({ background: undefined })
      else if (token.code === 'ItalicsOn' || token.code === 'ItalicsOff')
        mark({ italic: token.code === 'ItalicsOn' })
      else if (token.code === 'UnderlineOn' || token.code === 'UnderlineOff')
        mark({ underline: token.code === 'UnderlineOn' })
    }
  }
  return tidy(trimmed(runs, teletext))
}

/** Teletext rows are padded with spaces, which say nothing; so do breaks at the ends. */
function trimmed(runs: readonly Run[], teletext: boolean): readonly Run[] {
  if (!teletext) return runs
  const text = runs.map(run => run.text).join('')
  const keep = [...text.matchAll(/[^ \n]+(?: +[^ \n]+)*|\n/g)].map(
    found => [found.index, found.index + found[0].length] as const,
  )
  const first = keep.find(([from]) => text.charAt(from) !== '\n')?.[0] ?? 0
  const last = keep.findLast(([from]) => text.charAt(from) !== '\n')?.[1] ?? 0
  let at = 0
  return runs.map(run => {
    const from = at
    at += run.text.length
    const kept = keep.flatMap(([start, end]) => {
      const [a, b] = [Math.max(start, from, first), Math.min(end, at, last)]
      return a < b ? text.slice(a, b) : ''
    })
    return { ...run, text: kept.join('') }
  })
}

/** The nearest of teletext's eight. */
function nearest(color: string): number {
  const parts = [1, 3, 5].map(at => (Number.parseInt(color.slice(at, at + 2), 16) > 127 ? 1 : 0))
  return (parts[0] ?? 0) + 2 * (parts[1] ?? 0) + 4 * (parts[2] ?? 0)
}
export const isTeletextColor = (color: string): boolean => colors.some(one => one === color.toLowerCase())

/** Bytes of a field. What the table has no byte for is a question mark. */
export function printField(runs: readonly Run[], table: string, teletext: boolean): Uint8Array {
  const bytes: number[] = []
  let [color, italic, underline] = [7, false, false]
  const open = () => {
    if (teletext) bytes.push(0x0d, 0x0b, 0x0b)
    color = 7
  }
  open()
  for (const { text, marks } of runs) {
    for (const [i, row] of text.split('\n').entries()) {
      if (i > 0) {
        if (teletext) bytes.push(0x0a, 0x0a, 0x8a, 0x8a)
        else bytes.push(0x8a)
        open()
      }
      if (row === '') continue
      const wanted = marks.color === undefined ? 7 : nearest(marks.color)
      let rest = row
      if (teletext && wanted !== color) {
        // The code is seen as the space before the word.
        if (bytes.at(-1) === 0x20) bytes.pop()
        else if (rest.startsWith(' ')) rest = rest.slice(1)
        bytes.push(wanted)
        color = wanted
      }
      if (Boolean(marks.italic) !== italic) {
        italic = Boolean(marks.italic)
        bytes.push(italic ? 0x80 : 0x81)
      }
      if (Boolean(marks.underline) !== underline) {
        underline = Boolean(marks.underline)
        bytes.push(underline ? 0x82 : 0x83)
      }
      for (const char of rest.normalize('NFC'))
        bytes.push(...(char === '\u00a0' ? [0x20] : (encodeChar(char, table) ?? [0x3f])))
    }
  }
  if (teletext) bytes.push(0x0a, 0x0a)
  return Uint8Array.from(bytes)
}
