/** The text field of EBU Tech 3264: characters, teletext's control codes (each takes a cell), and open subtitling's. */
import { type Marks, plain, type Run, sameMarks, tidy } from '../document.ts'
import { type CodeTable, withOrdinals } from './ebu-stl-codes.ts'

export const [newBackground, blackBackground, boxOn, boxOff] = [0x1d, 0x1c, 0x0b, 0x0a]
export const [doubleHeight, newRow] = [0x0d, 0x8a]
const [doubleSize, normalHeight] = [0x0f, 0x0c]
const colors = ['#000000', '#ff0000', '#00ff00', '#ffff00', '#0000ff', '#ff00ff', '#00ffff', '#ffffff']
const white = 7

/** A stretch of characters, or one control code. */
export type Token = { readonly text: string } | { readonly code: number }

/** A character that the table doesn't have is U+FFFD. */
export function tokensOf(bytes: Uint8Array, table: CodeTable): readonly Token[] {
  const tokens: Token[] = []
  let [text, accent] = ['', '']
  const flush = () => {
    text += accent
    if (text !== '') tokens.push({ text })
    text = accent = ''
  }
  for (const byte of bytes) {
    if (byte < 0x20 || (byte >= 0x7f && byte < 0xa0)) {
      flush()
      tokens.push({ code: byte })
      continue
    }
    const mark = table.accentOf(byte)
    if (mark === undefined) {
      const char = table.charOf(byte) ?? '\ufffd'
      text += accent === '' ? char : (char + accent).normalize('NFC')
      accent = ''
    } else {
      text += accent
      accent = mark
    }
  }
  flush()
  return tokens
}

type Row = readonly Token[]
function rowsOf(tokens: readonly Token[]): readonly Row[] {
  const rows: Token[][] = [[]]
  let tall = false
  let breaks = 0
  for (const token of tokens) {
    if ('code' in token && token.code === newRow) {
      breaks++
      continue
    }
    // A row of double height takes the one below it too, so that two breaks after it are one.
    const count = tall ? Math.ceil(breaks / 2) : breaks
    for (let i = 0; i < count; i++) rows.push([])
    if (breaks > 0) tall = false
    breaks = 0
    if ('code' in token && (token.code === doubleHeight || token.code === doubleSize)) tall = true
    rows.at(-1)?.push(token)
  }
  return rows
}

/** Codes that no mark says, and what they are called. */
const kept: ReadonlyMap<number, string> = new Map([
  [0x08, 'flashing'],
  [0x09, ''],
  [normalHeight, ''],
  [0x0e, 'double width'],
  [doubleSize, 'double size'],
  ...Array.from({ length: 8 }, (_, i) => [0x10 + i, 'mosaics'] as const),
  [0x18, 'concealed text'],
  [0x19, ''],
  [0x1a, ''],
  [0x1b, ''],
  [0x1e, ''],
  [0x1f, ''],
  [0x84, 'boxes'],
  [0x85, ''],
])
export const unsaid = (codes: string): readonly string[] =>
  [...codes].flatMap(code => kept.get(code.charCodeAt(0)) || [])

/** `teletext`: colours begin anew with every row. `unknown` tells of characters that the table doesn't have. */
export type Text = { readonly runs: readonly Run[]; readonly unknown: boolean }
export function readText(bytes: Uint8Array, table: CodeTable, teletext: boolean): Text {
  const runs: Run[] = []
  let marks: Marks = plain
  let pending = ''
  let unknown = false
  const say = (words: string) => {
    const text = withOrdinals(words)
    runs.push(pending === '' ? { text, marks } : { text, marks, kept: pending })
    pending = ''
    unknown ||= text.includes('\ufffd')
  }
  rowsOf(tokensOf(bytes, table)).forEach((row, i) => {
    if (i > 0) say('\n')
    if (teletext) marks = withColors(marks, undefined, undefined)
    const boxed = row.some(token => 'code' in token && token.code === boxOn)
    const words = teletext && !boxed ? padless(row) : row
    let [inside, cell, said] = [!boxed, false, '']
    for (const token of words) {
      if ('code' in token) {
        if (token.code === boxOn) inside = true
        if (token.code === boxOff) inside = !boxed
        marks = marked(marks, token.code)
        if (kept.has(token.code)) pending += String.fromCharCode(token.code)
        cell ||= token.code < 0x20
        continue
      }
      const text = inside ? token.text : token.text.trim()
      if (text === '') continue
      // What a code stands between is apart on the screen: its cell shows as a space.
      const apart = cell && said !== '' && !/\s$/.test(said) && !/^\s/.test(text)
      say(apart ? ` ${text}` : text)
      said = text
      cell = false
    }
  })
  if (pending !== '') runs.push({ text: '', marks, kept: pending })
  return { runs: tidy(blanked(runs)), unknown }
}

/** Teletext rows without boxes are padded to their place with spaces. */
function padless(row: Row): Row {
  const said = (token: Token) => 'text' in token && token.text.trim() !== ''
  const [first, last] = [row.findIndex(said), row.findLastIndex(said)]
  return row.map((token, i) => {
    if ('code' in token) return token
    if (i < first || i > last) return { text: '' }
    const start = i === first ? token.text.trimStart() : token.text
    return { text: i === last ? start.trimEnd() : start }
  })
}

/** A row of one no-break space is how a blank row at an edge is written. */
const blanked = (runs: readonly Run[]): readonly Run[] =>
  runs.map((run, i) => {
    const alone = (runs[i - 1]?.text ?? '\n').endsWith('\n') && (runs[i + 1]?.text ?? '\n').startsWith('\n')
    return run.text === '\u00a0' && alone ? { ...run, text: '' } : run
  })

function withColors(marks: Marks, color: string | undefined, background: string | undefined): Marks {
  const { color: _, background: __, ...rest } = marks
  const now = { ...rest, ...(color && { color }), ...(background && { background }) }
  return Object.keys(now).length === 0 ? plain : now
}

function marked(marks: Marks, code: number): Marks {
  const { color, background, italic, underline, ...rest } = marks
  if (code <= white) return withColors(marks, code === white ? undefined : colors[code], background)
  if (code === newBackground) return withColors(marks, color, color ?? colors[white])
  if (code === blackBackground) return withColors(marks, color, undefined)
  if (code < 0x80 || code > 0x83) return marks
  const [slanted, lined] = [code < 0x82 ? code === 0x80 : italic, code < 0x82 ? underline : code === 0x82]
  const styled = { ...rest, ...(slanted && { italic: true }), ...(lined && { underline: true }) }
  return withColors(styled, color, background)
}

/** What the rows of a subtitle look like: with boxes, of double height. */
export type Look = { readonly teletext: boolean; readonly tall: boolean; readonly boxed: boolean }
export const lookOf = (bytes: Uint8Array, teletext: boolean): Look => ({
  teletext,
  tall: bytes.includes(doubleHeight) || bytes.includes(doubleSize),
  boxed: bytes.includes(boxOn),
})

export function printText(runs: readonly Run[], table: CodeTable, look: Look): Uint8Array {
  const rows = cutRows(runs)
  const bytes: number[] = []
  let marks = plain
  rows.forEach((row, i) => {
    if (i > 0) bytes.push(newRow, ...(look.tall ? [newRow] : []))
    const edge = i === 0 || i === rows.length - 1
    const empty = row.every(({ text }) => text === '')
    if (empty && (rows.length === 1 || !edge) && row.every(run => run.kept === undefined)) return
    if (look.teletext) marks = withColors(marks, undefined, undefined)
    const codes = row.map(run => run.kept ?? '').join('')
    if (look.tall && !/[\f\u000f]/.test(codes)) bytes.push(doubleHeight)
    row.forEach((run, j) => {
      bytes.push(...[...(run.kept ?? '')].map(code => code.charCodeAt(0)))
      const text = empty ? '\u00a0' : run.text
      const between = changes(marks, run.marks, look)
      marks = run.marks
      let words = text
      // A code takes a cell: the space that would stand there goes.
      if (j > 0 && between.some(code => code < 0x20)) {
        if (bytes.at(-1) === 0x20) bytes.pop()
        else if (words.startsWith(' ')) words = words.slice(1)
      }
      bytes.push(...between)
      if (j === 0 && look.boxed) bytes.push(boxOn, boxOn)
      for (const byte of bytesOf(words, table)) bytes.push(byte)
    })
    if (look.boxed) bytes.push(boxOff, boxOff)
  })
  return Uint8Array.from(bytes)
}

const bytesOf = (text: string, table: CodeTable): readonly number[] =>
  [...text.normalize('NFC')].flatMap(char => table.bytesOf(char) ?? [0x3f])

/** Codes that lead from one look to another. */
function changes(from: Marks, to: Marks, { teletext }: Look): readonly number[] {
  if (sameMarks(from, to)) return []
  const codes: number[] = []
  if (teletext) {
    const [fore, back] = [colorOf(to.color, white), colorOf(to.background, 0)]
    const [oldFore, oldBack] = [colorOf(from.color, white), colorOf(from.background, 0)]
    if (back !== oldBack) codes.push(...(back === 0 ? [blackBackground] : [back, newBackground]))
    if (fore !== (back !== oldBack && back !== 0 ? back : oldFore)) codes.push(fore)
    return codes
  }
  if (Boolean(from.italic) !== Boolean(to.italic)) codes.push(to.italic ? 0x80 : 0x81)
  if (Boolean(from.underline) !== Boolean(to.underline)) codes.push(to.underline ? 0x82 : 0x83)
  return codes
}

/** The one of teletext's eight colours that is nearest. */
export function colorOf(color: string | undefined, usual: number): number {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color ?? '')
  if (!parts) return usual
  const on = parts.slice(1).map(part => Number.parseInt(part, 16) > 127)
  return (on[0] ? 1 : 0) + (on[1] ? 2 : 0) + (on[2] ? 4 : 0)
}

export function cutRows(runs: readonly Run[]): readonly (readonly Run[])[] {
  const rows: Run[][] = [[]]
  for (const run of runs)
    run.text.split('\n').forEach((text, i) => {
      if (i > 0) rows.push([])
      rows.at(-1)?.push(i > 0 || run.kept === undefined ? { text, marks: run.marks } : { ...run, text })
    })
  return rows
}
