/** The stretches of a track that move by one offset, each found closely. */
import type { Ms } from '../../terms.ts'
import { nearestTo } from '../nearest.ts'
import { gainAt, type Line } from './gain.ts'
import { type Grid, offsetAt, type Path } from './path.ts'
import { type Speech, until } from './reference.ts'
import { beginsWithVoice, byChance, isBorneOut } from './trust.ts'

/** Lines `from` to `to` (ids, in order of time) move by `offset` after their times are multiplied by the sync's `ratio`. */
export type Segment = {
  readonly from: string
  readonly to: string
  readonly lines: number
  readonly offset: Ms
  readonly confidence: number
}
type Stretch = { from: number; to: number; offset: Ms }

export function segmentsOf(
  lines: readonly Line[],
  speech: Speech,
  ratio: number,
  grid: Grid,
  { offsets }: Path,
): readonly Segment[] {
  const stretches: Stretch[] = []
  offsets.forEach((index, i) => {
    const last = stretches.at(-1)
    const offset = offsetAt(grid, index)
    if (last && last.offset === offset) last.to = i
    else stretches.push({ from: i, to: i, offset })
  })
  const refined = ({ from, to, offset }: Stretch): Stretch => ({
    from,
    to,
    offset: refine(lines.slice(from, to + 1), speech, ratio, offset),
  })
  const chance = byChance(speech)
  const trusted = (stretch: Stretch): boolean => {
    const own = lines.slice(stretch.from, stretch.to + 1)
    const hits = own.filter(({ start }) => beginsWithVoice(start * ratio + stretch.offset, speech)).length
    return isBorneOut(hits, own.length, chance)
  }
  const joined = together(withoutGuesses(stretches.map(refined), trusted), refined)
  settleEdges(joined, (i, offset) => {
    const line = lines[i]
    return line ? gainAt(line, speech, ratio, offset) : 0
  })
  return joined.map(({ from, to, offset }) => {
    const own = lines.slice(from, to + 1)
    const inside = own.reduce(
      (sum, line) =>
        sum + until(speech, line.end * ratio + offset) - until(speech, line.start * ratio + offset),
      0,
    )
    const whole = own.reduce((sum, line) => sum + (line.end - line.start) * ratio, 0)
    return {
      from: own[0]?.id ?? '',
      to: own.at(-1)?.id ?? '',
      lines: own.length,
      offset,
      confidence: Math.round((100 * inside) / Math.max(1, whole)) / 100,
    }
  })
}
/** Offsets nearer than this to each other are one, heard twice. */
const nearly: Ms = 120

/** Neighbours that move by the same. */
function together(stretches: readonly Stretch[], refined: (stretch: Stretch) => Stretch): Stretch[] {
  const joined: Stretch[] = []
  for (const stretch of stretches) {
    const last = joined.at(-1)
    if (last && Math.abs(last.offset - stretch.offset) < nearly)
      joined[joined.length - 1] = refined({ ...last, to: stretch.to })
    else joined.push(stretch)
  }
  return joined
}

/** Lines that were set apart by what may be chance stay with those before them, the first with those after them. */
function withoutGuesses(
  stretches: readonly Stretch[],
  trusted: (stretch: Stretch) => boolean,
): readonly Stretch[] {
  const kept: Stretch[] = []
  let from: number | undefined
  for (const stretch of stretches) {
    const last = kept.at(-1)
    if (trusted(stretch)) {
      kept.push({ ...stretch, from: from ?? stretch.from })
      from = undefined
    } else if (last) kept[kept.length - 1] = { ...last, to: stretch.to }
    else from ??= stretch.from
  }
  return kept.length > 0 ? kept : stretches
}

/** Lines beside a cut go to the side they fit better, now that both offsets are known closely. */
function settleEdges(stretches: readonly Stretch[], gain: (line: number, offset: Ms) => number): void {
  for (let k = 1; k < stretches.length; k++) {
    const [left, right] = [stretches[k - 1], stretches[k]]
    if (!left || !right) continue
    const better = (line: number) => gain(line, right.offset) - gain(line, left.offset)
    while (left.to > left.from && right.from - left.from > 1 && better(left.to) > 0.2) right.from = left.to--
    while (right.from < right.to && better(right.from) < -0.2) left.to = right.from++
  }
}

/** The offset nearby at which most lines begin, and end, where speech does. */
function refine(lines: readonly Line[], { onsets, ends }: Speech, ratio: number, around: Ms): Ms {
  let [best, offset] = [Number.NEGATIVE_INFINITY, around]
  const near = (at: Ms, list: readonly Ms[]): number =>
    Math.exp(-(((at - (nearestTo(at, list) ?? Number.POSITIVE_INFINITY)) / 60) ** 2))
  for (let shift = -240; shift <= 240; shift += 5) {
    let sum = -Math.abs(shift) / 1e6
    for (const { start, end } of lines)
      sum += near(start * ratio + around + shift, onsets) + 0.3 * near(end * ratio + around + shift, ends)
    if (sum > best) [best, offset] = [sum, around + shift]
  }
  return Math.round(offset)
}
