/** The screen of a line 21 decoder: fifteen rows of thirty-two cells, and what a person reads on it. */
import { type Beside, type Marks, type Place, plain, type Run, same, tidy } from '../document.ts'

/** `gap`: a code that changes how the row looks takes a cell, in which nothing is seen. */
export type Cell = { readonly char: string; readonly marks: Marks; readonly gap?: true }
/** `line` is what a person reads in the cells, once somebody asked: most words change one row of fifteen, or none. */
type Row = { readonly cells: (Cell | undefined)[]; line?: Line | 'empty' }
export type Screen = (Row | undefined)[]
export const rows = 15
export const columns = 32
export const blank = (): Screen => []

/** The cells of a row, to be written in. */
export function cellsOf(screen: Screen, row: number): (Cell | undefined)[] {
  const { cells } = screen[row] ?? { cells: [] }
  screen[row] = { cells }
  return cells
}

export const copyOf = (screen: Screen): Screen => screen.map(row => row && { ...row, cells: [...row.cells] })

/** The screen with one of its rows alone, which is no longer the screen's. */
export const oneRow = (screen: Screen, row: number): Screen => {
  const own = blank()
  own[row] = copyOf([screen[row]])[0]
  return own
}

/** A row of text and the cell it begins in. */
export type Line = {
  readonly row: number
  readonly column: number
  readonly runs: readonly Run[]
  readonly width: number
}

export function linesOf(screen: Screen): readonly Line[] {
  const lines: Line[] = []
  for (let row = 1; row <= rows; row++) {
    const own = screen[row]
    if (!own) continue
    own.line ??= lineOf(row, own.cells)
    if (own.line !== 'empty') lines.push(own.line.row === row ? own.line : { ...own.line, row })
  }
  return lines
}

function lineOf(row: number, cells: readonly (Cell | undefined)[]): Line | 'empty' {
  const seen = (cell: Cell | undefined) => cell !== undefined && !cell.gap
  const first = cells.findIndex(seen)
  if (first < 0) return 'empty'
  const last = cells.findLastIndex(seen) + 1
  const runs: Run[] = []
  for (let column = first; column < last; column++) {
    const { char, marks } = cells[column] ?? { char: ' ', marks: runs.at(-1)?.marks ?? plain }
    runs.push({ text: char, marks })
  }
  const whole = tidy(runs)
  // A row that holds one space only is how a blank row is sent.
  const text = whole.map(run => run.text).join('')
  return { row, column: first, runs: text === '\u00a0' ? [] : whole, width: last - first }
}

/** Lines that stand together; rows far apart are two captions. */
export function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = []
  for (const line of lines) {
    const last = blocks.at(-1)?.at(-1)
    if (last && line.row - last.row <= 3) blocks.at(-1)?.push(line)
    else blocks.push([line])
  }
  return blocks
}

/** The text of a block with a row break for each row, blank ones too, and where it stands. */
export function readBlock(lines: readonly Line[]): {
  readonly runs: readonly Run[]
  readonly place?: Place
  readonly beside?: Beside
} {
  const [first] = lines
  const runs = lines.flatMap((line, i): readonly Run[] => {
    const breaks = '\n'.repeat(i === 0 ? 0 : line.row - (lines[i - 1]?.row ?? line.row))
    return breaks === '' ? line.runs : [{ text: breaks, marks: line.runs[0]?.marks ?? plain }, ...line.runs]
  })
  const place = placeOf(lines)
  const height = lines.reduce((most, line) => Math.max(most, line.row), 0) - (first?.row ?? 0) + 1
  const usual = placesOf(
    place ?? {},
    height,
    lines.map(({ row, width }) => ({ at: row - (first?.row ?? 0), width })),
  )
  const own = lines.map(({ row, column }) => ({ row, column }))
  return {
    runs: tidy(runs),
    ...(place && { place }),
    ...(!same(usual, own) && {
      beside: { 'scc.rows': own.map(({ row, column }) => `${row}:${column}`).join(' ') },
    }),
  }
}

const centre = (width: number): number => Math.max(0, Math.floor((columns - width) / 2))

function placeOf(lines: readonly Line[]): Place | undefined {
  const [top, bottom] = [lines[0]?.row ?? rows, lines.at(-1)?.row ?? rows]
  const block = bottom >= 12 ? undefined : top <= 4 ? ('top' as const) : ('middle' as const)
  const seen = lines.filter(({ runs }) => runs.length > 0)
  // Indents are of four columns, and not everybody sends the codes for those between.
  const isCentred = (slack: number) =>
    seen.every(({ column, width }) => Math.abs(column - centre(width)) <= slack)
  const isLeft = seen.every(({ column }) => column === seen[0]?.column)
  const isRight = seen.every(({ column, width }) => column + width === columns)
  const inline = isCentred(1)
    ? undefined
    : isRight
      ? ('right' as const)
      : isLeft
        ? ('left' as const)
        : isCentred(3)
          ? undefined
          : ('left' as const)
  if (block === undefined && inline === undefined) return undefined
  return { ...(block && { block }), ...(inline && { inline }) }
}

/** Which row and column each line of a text goes to. `height` is of its rows, blank ones too. */
export function placesOf(
  place: Place,
  height: number,
  lines: readonly { readonly at: number; readonly width: number }[],
): readonly { readonly row: number; readonly column: number }[] {
  const { point, box } = place
  const y = point?.y ?? (box && box.y + (place.block === 'top' ? 0 : box.height))
  const block = y === undefined ? (place.block ?? 'bottom') : y < 34 ? 'top' : y < 67 ? 'middle' : 'bottom'
  const top =
    block === 'top' ? 1 : block === 'middle' ? Math.max(5, 8 - Math.floor(height / 2)) : rows + 1 - height
  return lines.map(({ at, width }) => ({
    row: Math.min(rows, Math.max(1, top + at)),
    column:
      place.inline === 'left' || place.inline === 'start'
        ? 0
        : place.inline === 'right' || place.inline === 'end'
          ? Math.max(0, columns - width)
          : centre(width),
  }))
}
