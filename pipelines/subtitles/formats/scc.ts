/**
 * SCC: closed captions of line 21 (CEA-608) as words in hexadecimal, each a frame long, behind the time code of the first.
 * What is read is what a decoder of the first channel shows; what is written is loaded before it is shown.
 */
import type { Ms } from '../../terms.ts'
import { type Caption, type Document, type Part, type Reading, textOf } from '../document.ts'
import { instantOf } from '../frames.ts'
import { isSong } from '../kinds.ts'
import { type Counting, frameOf } from '../timecode.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { endOf, rowAt, rowsOf } from './rows.ts'
import { decoder, type Shown } from './scc-decode.ts'
import { lineRate, printAll } from './scc-print.ts'

const complaints = {
  'head-missing': ['note', 'The file does not begin with Scenarist_SCC V1.0.', 'It was read as if it did.'],
  'row-unknown': ['warning', 'This row has no time code: {}.', 'It was left out; it stays in the file.'],
  'time-odd': ['warning', 'This time code counts what is not there: {}.', 'It was counted on all the same.'],
  'times-mixed': [
    'warning',
    'Some time codes leave frames out and some do not: {}.',
    'Each was counted as it is written.',
  ],
  'word-odd': ['warning', 'This is no word of four digits: {}.', 'It was passed over.'],
  'rows-overlap': [
    'note',
    'The row before is still being sent: {}.',
    'Each row was counted from its own time code.',
  ],
  'parity-wrong': [
    'warning',
    'The parity of this word is wrong: {}.',
    'It was read all the same; decoders show a block or nothing.',
  ],
  'channel-other': [
    'note',
    'There are captions of another channel.',
    'They were left out; they stay in the file.',
  ],
  'text-mode': ['note', 'There is text that is no caption.', 'It was left out; it stays in the file.'],
  'code-unknown': ['note', 'This code is not known: {}.', 'It was passed over.'],
  'mode-missing': [
    'note',
    'There are characters before any code says what they are for.',
    'They were taken as a caption that is loaded.',
  ],
  'screen-again': [
    'warning',
    'The same words are shown more often than anybody shows them.',
    'From here on repetitions were left out; they stay in the file.',
  ],
  'end-missing': ['note', 'Nothing ends the last caption.', 'It ends after five seconds.'],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'clock-late': ['note', 'The clock begins at {}, as tapes do.', 'Times were counted from there.'],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

const usualLength: Ms = 5000
const shape = /^[ \t\ufeff]*(\d{1,3}):(\d\d):(\d\d)([:;.,])(\d\d)(?=[ \t]|$)/

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  if (text.trim() !== '' && !/^\s*\ufeff?Scenarist_SCC V\d/i.test(text.slice(0, 200)))
    complain('head-missing', 1)
  const told = new Set<string>()
  let [line, columnNow] = [0, 0]
  const screen = decoder((code, found) => {
    if (code !== 'parity-wrong' && code !== 'code-unknown' && told.has(code)) return
    told.add(code)
    complain(code, line + 1, columnNow + 1, found)
  })
  let drop: boolean | undefined
  let busy = 0
  /** Of the rows with words: whether something was left loaded behind them. */
  const stretches: { readonly row: number; readonly loading: boolean }[] = []
  for (let i = 0; i < rows.count; i++) {
    const from = rows.starts[i] ?? 0
    const found = shape.exec(rows.text.slice(from, Math.min(endOf(rows, i), from + 60)))
    if (!found) {
      if (/\S/.test(rowAt(rows, i)) && !/Scenarist_SCC/i.test(rowAt(rows, i).slice(0, 100)))
        complain('row-unknown', i + 1, 1, rowAt(rows, i))
      continue
    }
    const [written, hours, minutes, seconds, mark, frames] = found
    const own = mark !== ':'
    if (drop !== undefined && own !== drop && !told.has('mixed')) {
      complain('times-mixed', i + 1, 1, written)
      told.add('mixed')
    }
    drop ??= own
    const code = [Number(hours), Number(minutes), Number(seconds), Number(frames)] as const
    if (
      code[1] > 59 ||
      code[2] > 59 ||
      code[3] > 29 ||
      (own && code[3] < 2 && code[2] === 0 && code[1] % 10 !== 0)
    )
      complain('time-odd', i + 1, 1, written)
    let frame = frameOf(code, { rate: lineRate, drop: own })
    if (frame < busy) complain('rows-overlap', i + 1, 1, written)
    const words = /[^ \t]+/g
    const row = rowAt(rows, i)
    words.lastIndex = written.length
    line = i
    for (let word = words.exec(row); word; word = words.exec(row)) {
      columnNow = word.index
      if (/^[\da-f]{4}$/i.test(word[0])) screen.take(Number.parseInt(word[0], 16), i, frame++)
      else complain('word-odd', i + 1, word.index + 1, word[0])
    }
    busy = frame
    stretches.push({ row: i, loading: screen.loading() })
  }
  screen.end()
  const counting = { rate: lineRate, drop: drop ?? false }
  const first = screen.shown.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)
  const hour = hourOf(first, counting)
  if (hour > 0) complain('clock-late', 1, 1, `${hour} h`)
  const zero = frameOf([hour, 0, 0, 0], counting)
  const captions = screen.shown.map((one, i): Caption => {
    if (one.to === undefined) complain('end-missing', one.row + 1)
    else if (one.to < one.from) complain('times-backward', one.row + 1)
    return captionOf(one, String(i + 1), zero)
  })
  if (captions.length === 0 && text.trim() !== '') complain('no-captions', 1)
  const document: Document = {
    captions,
    rate: lineRate,
    ...(hour > 0 && { offset: hour * 3_600_000 }),
    beside: { 'scc.drop': counting.drop ? 'yes' : 'no' },
    origin: {
      format: 'scc',
      encoding: 'utf-8',
      bom: false,
      newline: rows.newline,
      parts: partsOf(text, rows.starts, stretches, screen.shown, captions),
    },
  }
  return { document, diagnostics }
}

/** Tapes begin at a whole hour. Nothing in the file says so, but nobody's first words come an hour after its beginning. */
function hourOf(first: number, counting: Counting): number {
  let hour = 0
  while (hour < 99 && Number.isFinite(first) && frameOf([hour + 1, 0, 0, 0], counting) <= first) hour++
  return hour
}

function captionOf({ from, to, runs, place, beside }: Shown, id: string, zero: number): Caption {
  const start = instantOf(from - zero, lineRate)
  return {
    id,
    start,
    end: to === undefined ? start + usualLength : instantOf(to - zero, lineRate),
    kind: isSong(textOf({ runs })) ? 'song' : 'dialogue',
    runs,
    ...(place && { place }),
    ...(beside && { beside }),
  }
}

/** Rows belong to the caption that is shown in them; what only clears the screen to the one before, what only loads to the next. */
function partsOf(
  text: string,
  starts: Uint32Array,
  stretches: readonly { row: number; loading: boolean }[],
  shown: readonly Shown[],
  captions: readonly Caption[],
): readonly Part[] {
  const byRow = new Map<number, Caption[]>()
  shown.forEach(({ row }, i) => {
    const caption = captions[i]
    const held = byRow.get(row) ?? []
    byRow.set(row, held)
    if (caption) held.push(caption)
  })
  const parts: Part[] = []
  let from = 0
  let pending: readonly Caption[] = []
  const cut = (to: number) => {
    const end = Math.max(from, to)
    const raw = text.slice(from, end)
    const [caption, ...also] = pending
    if (caption) parts.push({ raw, caption, ...(also.length > 0 && { also }) })
    else if (raw !== '') parts.push({ raw })
    from = end
    pending = []
  }
  let loading: number | undefined
  for (const stretch of stretches) {
    const begins = byRow.get(stretch.row)
    const at = starts[loading ?? stretch.row] ?? 0
    if (begins) {
      cut(at)
      pending = begins
      loading = undefined
    } else if (stretch.loading) loading ??= stretch.row
  }
  cut(text.length)
  return parts
}

function write(document: Document): string {
  const { origin } = document
  let printed: ReturnType<typeof printAll> | undefined
  const caption = (_: Caption, index: number) => {
    printed ??= printAll(document)
    const rows = printed[index] ?? []
    return rows.length === 0 ? '' : `${rows.join('\n\n')}\n`
  }
  if (origin?.format === 'scc') return patch(document, origin, { caption, between: '\n\n' })
  return `${['Scenarist_SCC V1.0', ...printAll(document).flat()].join('\n\n')}\n`
}

export const scc: TextFormat = {
  kind: 'text',
  name: 'scc',
  title: 'Scenarist closed captions',
  extensions: ['scc'],
  type: 'text/x-scc',
  besides: { 'scc.rows': 'exact position' },
  looksLike: head =>
    /^\s*\ufeff?Scenarist_SCC V\d/i.test(head)
      ? 1
      : /^[ \t\ufeff]*\d\d:\d\d:\d\d[:;.,]\d\d[ \t]+[\da-f]{4}(?:[ \t]|\r?$)/im.test(head)
        ? 0.9
        : 0,
  read,
  write,
}
