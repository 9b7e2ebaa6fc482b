/**
 * When each word of line 21 is sent. A caption is loaded, two bytes a frame, so that its last word is through in the frame
 * before it is shown; the one before it is cleared in between, at its own time.
 */
import type { Ms, Rate } from '../../terms.ts'
import type { Caption, Document } from '../document.ts'
import { frameAt } from '../frames.ts'
import { type Counting, frameOf, printTimecode, timecodeOf } from '../timecode.ts'
import { wordOf } from './scc-codes.ts'
import { type Unit, wordsOf } from './scc-words.ts'

export const lineRate: Rate = { num: 30_000, den: 1001 }

const twice = (first: number, second: number): Unit => [wordOf(first, second), wordOf(first, second)]
const [load, forget, show, clear] = [
  twice(0x14, 0x20),
  twice(0x14, 0x2e),
  twice(0x14, 0x2f),
  twice(0x14, 0x2c),
]

/** The frame of the document's zero: its offset is what the clock shows there, not how long that clock has run. */
function zeroOf(offset: Ms, counting: Counting): number {
  const seconds = Math.floor(offset / 1000)
  const frames = Math.floor(((offset % 1000) * 30) / 1000)
  return frameOf([Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frames], counting)
}

/** For every caption the file's rows that show it. What stands at one time is sent together, with the first of it. */
export function printAll({ captions, offset, beside }: Document): readonly (readonly string[])[] {
  const counting: Counting = { rate: lineRate, drop: beside?.['scc.drop'] !== 'no' }
  const zero = Math.max(0, zeroOf(offset ?? 0, counting))
  const frame = (ms: Ms) => Math.max(0, frameAt(ms, lineRate)) + zero
  const printed: string[][] = captions.map(() => [])
  /** When the line is free again, and when what is on screen must go. */
  let [free, ends]: [number, number | undefined] = [0, undefined]
  const row = (at: number, words: readonly string[]): string => {
    free = at + words.length
    return `${printTimecode(timecodeOf(at, counting), counting.drop)}\t${words.join(' ')}`
  }
  const clearing = (rows: string[], until: number): void => {
    if (ends === undefined || ends >= until) return
    const at = Math.max(ends, free)
    if (at < until) rows.push(row(at, clear.slice(0, until - at)))
    ends = undefined
  }
  let before: string[] | undefined
  for (const { index, group } of groupsOf(captions)) {
    const units = [load, forget, ...wordsOf(group)]
    if (units.length === 2) continue
    const rows = printed[index] ?? []
    const length = units.flat().length
    const [start, end] = [frame(group[0]?.start ?? 0), frame(group[0]?.end ?? 0)]
    const begin = Math.max(free, start - length)
    if (ends !== undefined && ends + clear.length <= begin) clearing(before ?? rows, begin)
    const split = ends === undefined || ends >= start ? undefined : ends
    if (split === undefined || split + clear.length > start) {
      const at = Math.max(free, start - length)
      rows.push(row(at, [...units.flat(), ...last(at + length, end)]))
    } else {
      // As much as fits behind the clearing is sent there, the rest before it.
      const room = start - split - clear.length
      let [head, rest] = [0, length]
      while (rest > room) rest -= units[head++]?.length ?? rest
      const early = units.slice(0, head).flat()
      const at = Math.max(free, split - early.length)
      rows.push(row(at, [...early, ...clear]))
      const late = Math.max(free, start - rest)
      rows.push(row(late, [...units.slice(head).flat(), ...last(late + rest, end)]))
    }
    ends = Math.max(end, free - 1)
    before = rows
  }
  if (before) clearing(before, Number.POSITIVE_INFINITY)
  return printed
}

/** A caption of a single frame has no time for the copy of the code that shows it. */
const last = (at: number, end: number): readonly string[] => (end - at >= 2 ? show : show.slice(0, 1))

function* groupsOf(captions: readonly Caption[]): Generator<{ index: number; group: readonly Caption[] }> {
  for (let i = 0; i < captions.length; ) {
    const first = captions[i]
    let to = i + 1
    while (first && captions[to]?.start === first.start && captions[to]?.end === first.end) to++
    yield { index: i, group: captions.slice(i, to) }
    i = to
  }
}
