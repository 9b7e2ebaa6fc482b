/** A line 21 decoder: words in, captions out, with the frames at which they come and go. Pop-on, roll-up and paint-on. */
import { type Beside, type Marks, type Place, plain, type Run } from '../document.ts'
import { basicChar, colorOf, extendedChar, palette, rowOfCode, specialChar } from './scc-codes.ts'
import {
  blank,
  blocksOf,
  type Cell,
  cellsOf,
  columns,
  copyOf,
  linesOf,
  oneRow,
  readBlock,
  rows,
  type Screen,
} from './scc-screen.ts'

/** `from` and `to` are frames, `to` undefined for what nothing ends; `row` is the file's in which it came. */
export type Shown = {
  readonly from: number
  readonly to: number | undefined
  readonly row: number
  readonly runs: readonly Run[]
  readonly place?: Place
  readonly beside?: Beside
}
type Mode = 'pop' | 'roll' | 'paint' | 'text'
export type Odd =
  | 'parity-wrong'
  | 'channel-other'
  | 'text-mode'
  | 'code-unknown'
  | 'mode-missing'
  | 'screen-again'

/**
 * How many cells a word of two characters may bring to be read: painted rows are shown again with every row that joins
 * them. A word that shows a full screen once more would make a file of a megabyte a document of a gigabyte.
 */
const cellsAWord = 8
const cellsAtFirst = 2000

export function decoder(odd: (code: Odd, found: string) => void) {
  const shown: Shown[] = []
  let [front, back]: [Screen, Screen] = [blank(), blank()]
  let mode: Mode | undefined
  let [row, column, depth, base] = [rows, 0, 2, rows]
  let marks: Marks = plain
  let open: { from: number; row: number; screen?: Screen } | undefined
  let [last, channel, file, frame] = ['', 1, 0, 0]
  let allowed = cellsAtFirst

  const target = (): Screen => (mode === 'pop' || mode === undefined ? back : front)
  const close = (): void => {
    if (!open) return
    // What rolls up is told row by row: the one that is written.
    const screen: Screen = mode === 'roll' ? oneRow(front, base) : front
    const how = mode === 'roll' ? `roll-up ${depth}` : mode === 'paint' ? 'paint-on' : undefined
    const all = linesOf(open.screen ?? screen)
    const size = all.reduce((sum, { width }) => sum + width, 0)
    const again = size > allowed
    if (again) odd('screen-again', '')
    else allowed -= size
    for (const lines of again ? [] : blocksOf(all)) {
      const block = readBlock(lines)
      const beside = { ...(mode === 'roll' ? {} : block.beside), ...(how && { 'scc.mode': how }) }
      shown.push({
        from: open.from,
        to: frame,
        row: open.row,
        runs: block.runs,
        ...(block.place && mode !== 'roll' && { place: block.place }),
        ...(Object.keys(beside).length > 0 && { beside }),
      })
    }
    open = undefined
  }
  const set = (cell: Cell): void => {
    // Behind the last column there is no cell: what comes there takes the place of the last.
    const here = Math.min(columns - 1, column)
    cellsOf(target(), row)[here] = cell
    column = here + 1
  }
  const put = (char: string): void => {
    if (mode === undefined) odd('mode-missing', char)
    if (mode === 'text') return
    if ((mode === 'roll' || mode === 'paint') && !open) open = { from: frame, row: file }
    set({ char, marks })
  }
  const gap = (look: Marks): void => {
    marks = look
    if (mode === 'text') return
    set({ char: ' ', marks, gap: true })
  }
  const back1 = (): void => {
    column = Math.max(0, column - 1)
    if (target()[row]) delete cellsOf(target(), row)[column]
  }
  const enter = (next: Mode): void => {
    // Painting again begins another caption; what is on screen stays there.
    if (mode === 'paint' || mode === 'roll') {
      if (next === 'paint' || (next === 'roll' && mode === 'paint')) close()
      else if (open && next === 'pop')
        open = { ...open, screen: mode === 'roll' ? oneRow(front, base) : copyOf(front) }
    } else if (next !== 'pop') close()
    mode = next
  }
  const misc = (second: number): void => {
    if (second === 0x20) enter('pop')
    else if (second === 0x21) back1()
    else if (second === 0x24) cellsOf(target(), row).splice(column)
    else if (second >= 0x25 && second <= 0x27) {
      if (mode !== 'roll') {
        enter('roll')
        front = blank()
        ;[row, base] = [rows, rows]
      }
      depth = second - 0x23
      column = 0
      marks = plain
    } else if (second === 0x29) enter('paint')
    else if (second === 0x2a || second === 0x2b) {
      odd('text-mode', '')
      mode = 'text'
    } else if (second === 0x2c) {
      close()
      front = blank()
    } else if (second === 0x2d) {
      if (mode !== 'roll') return
      close()
      for (let i = Math.max(1, base - depth + 1); i < base; i++) front[i] = front[i + 1]
      front[base] = undefined
      column = 0
      marks = plain
    } else if (second === 0x2e) back = blank()
    else if (second === 0x2f) {
      close()
      ;[front, back] = [back, front]
      mode = 'pop'
      if (linesOf(front).length > 0) open = { from: frame, row: file }
    }
  }
  const preambleCode = (first: number, second: number): void => {
    const wanted = rowOfCode(first, second)
    if (mode === 'roll' && wanted !== base) {
      const line = front[base]
      front = blank()
      front[wanted] = line
      base = wanted
    }
    row = wanted
    const attribute = (second & 0x1e) >> 1
    column = attribute >= 8 ? (attribute - 8) * 4 : 0
    marks = lookOf(attribute < 7 ? attribute : 0, attribute === 7, (second & 1) === 1)
  }
  const background = (look: Marks): void => {
    back1()
    gap({ ...marks, ...look })
  }
  const control = (first: number, second: number): void => {
    const low = second >= 0x20 && second < 0x30
    if (second >= 0x40) preambleCode(first, second)
    else if (first === 0x11 && second >= 0x30) put(specialChar(second) ?? ' ')
    else if (first === 0x11 && low) gap(midrowLook(second, marks))
    else if ((first === 0x12 || first === 0x13) && second >= 0x20) {
      back1()
      put(extendedChar(first, second) ?? ' ')
    } else if ((first === 0x14 || first === 0x15) && low) misc(second)
    else if (first === 0x17 && second >= 0x21 && second <= 0x23)
      column = Math.min(columns - 1, column + second - 0x20)
    else if (first === 0x10 && low)
      background({ background: `${palette[(second & 0xe) >> 1] ?? '#000000'}${second & 1 ? '80' : ''}` })
    else if (first === 0x17 && second === 0x2d) background({ background: '#00000000' })
    else if (first === 0x17 && (second === 0x2e || second === 0x2f)) background({ color: '#000000' })
    else odd('code-unknown', `${first.toString(16)}${second.toString(16).padStart(2, '0')}`)
  }

  return {
    shown,
    /** A word of the file's row `at`, sent in frame `when`. */
    take(word: number, at: number, when: number): void {
      ;[file, frame] = [at, when]
      allowed += cellsAWord
      const [one, two] = [word >> 8, word & 0xff]
      if (!isOdd(one) || !isOdd(two)) odd('parity-wrong', word.toString(16).padStart(4, '0'))
      const [first, second] = [one & 0x7f, two & 0x7f]
      if (first >= 0x10 && first < 0x20) {
        const name = `${first} ${second}`
        // Codes are sent twice, so that one gets through; the second does nothing.
        const again = name === last
        last = again ? '' : name
        if (again) return
        channel = first & 8 ? 2 : 1
        if (channel === 2) odd('channel-other', '')
        else control(first, second)
        return
      }
      last = ''
      if (channel === 2 || first < 0x10) return
      for (const code of [first, second]) {
        const char = basicChar(code)
        if (char !== undefined) put(char)
      }
    },
    /** Whether something is being loaded for later. */
    loading: (): boolean => linesOf(back).length > 0,
    end(): void {
      const before = shown.length
      close()
      for (let i = before; i < shown.length; i++) {
        const one = shown[i]
        if (one) shown[i] = { ...one, to: undefined }
      }
    },
  }
}

const isOdd = (byte: number): boolean => {
  let bits = byte
  bits ^= bits >> 4
  bits ^= bits >> 2
  bits ^= bits >> 1
  return (bits & 1) === 1
}
/** Italics keep the colour; a colour ends italics. */
function midrowLook(second: number, { background, color }: Marks): Marks {
  const [index, under] = [(second & 0xe) >> 1, (second & 1) === 1]
  const look = lookOf(index === 7 ? 0 : index, index === 7, under, background)
  return index === 7 && color !== undefined ? { ...look, color } : look
}
function lookOf(color: number, italic: boolean, underline: boolean, background?: string): Marks {
  const name = colorOf(color)
  if (name === undefined && !italic && !underline && background === undefined) return plain
  return {
    ...(name !== undefined && { color: name }),
    ...(italic && { italic }),
    ...(underline && { underline }),
    ...(background !== undefined && { background }),
  }
}
