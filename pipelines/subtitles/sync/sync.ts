/** A track into sync with a sound or another track: one offset, another frame rate, cuts in the middle. */
import type { Ms, Span } from '../../terms.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import { nearestTo } from '../nearest.ts'
import { bestPath, type Grid, offsetAt, type Path } from './path.ts'
import { grain, joinedSpans, type Reference, type Speech, speechOf, until } from './reference.ts'
import { type Vote, votesOf } from './votes.ts'

/** Lines `from` to `to` (ids, in order of time) move by `offset` after their times are multiplied by the sync's `ratio`. */
export type Segment = {
  readonly from: string
  readonly to: string
  readonly lines: number
  readonly offset: Ms
  readonly confidence: number
}
export type Sync = {
  /** False when it would be a guess: nothing is to be moved then. `why` says what was missing. */
  readonly sure: boolean
  readonly why?: 'few-lines' | 'no-speech' | 'unlike'
  /** 0 to 1: how far above chance it fits. */
  readonly confidence: number
  /** What times are multiplied by: 1001/1000 for a track of 24 frames a second to a film of 23.976. */
  readonly ratio: number
  readonly segments: readonly Segment[]
}
export type SyncLimits = { readonly farthest?: Ms }

/** Tracks made for one rate and films run at another. */
const rates = [1001 / 1000, 1000 / 1001, 25 / 24, 24 / 25, 25_025 / 24_000, 24_000 / 25_025]
const farthest: Ms = 900_000
/** What a cut costs, in seconds of speech that must fit better behind it. */
const cutPrice = 6
/** Fewer lines fit anywhere. */
const fewest = 6
/** How far above chance a fit must be, from 0 (no better than backwards) to 1 (every line in speech, every gap silent). */
const enough = 0.35

type Line = Span & { readonly id: string; readonly text: string; readonly gap: Ms }

/** Where the lines of a track belong in a sound (`speech`, `words`), or beside another track. */
export function sync(
  document: Pick<Document, 'captions'>,
  reference: Reference,
  limits: SyncLimits = {},
): Sync {
  const lines = linesOf(document.captions)
  const speech = speechOf(joinedSpans(reference.speech, 150))
  const unsure = (why: NonNullable<Sync['why']>): Sync => ({
    sure: false,
    why,
    confidence: 0,
    ratio: 1,
    segments: [],
  })
  if (lines.length < fewest) return unsure('few-lines')
  const votes = reference.words ? votesOf(lines, reference.words) : []
  if (votes.length < fewest && speech.onsets.length < fewest) return unsure('no-speech')
  const grid = gridOf(limits.farthest ?? farthest)
  const whole = lines.reduce((sum, line) => sum + weightOf(line), 0)
  const plain = walk(lines, speech, votes, 1, grid)
  // What fits as it is, without a cut, was made for this rate.
  const fits = new Set(plain.offsets).size === 1 && plain.total > whole / 2
  const others = fits ? [] : rates.map(ratio => ({ ratio, path: walk(lines, speech, votes, ratio, grid) }))
  const { ratio, path } = others.reduce((a, b) => (b.path.total > a.path.total + 1 ? b : a), {
    ratio: 1,
    path: plain,
  })
  const chance = walk(backwards(lines), speech, [], ratio, grid).total
  const confidence = Math.max(0, Math.min(1, (path.total - chance) / Math.max(1e-6, whole - chance)))
  const segments = segmentsOf(lines, speech, ratio, grid, path)
  const sure = confidence >= enough || (votes.length > 0 && votesAgree(segments, lines, votes, ratio))
  return { sure, ...(!sure && { why: 'unlike' as const }), confidence, ratio, segments }
}

/** The document with its captions where they belong; undefined when the sync is not sure. */
export function synced(document: Document, { sure, ratio, segments }: Sync): Document | undefined {
  if (!sure) return undefined
  const order = document.captions.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const offsets = new Map<string, Ms>()
  let at = 0
  let offset = segments[0]?.offset ?? 0
  for (const caption of order) {
    const begun = segments.findIndex((segment, i) => i >= at && segment.from === caption.id)
    if (begun >= 0) [at, offset] = [begun, segments[begun]?.offset ?? offset]
    offsets.set(caption.id, offset)
  }
  const move = (time: Ms, id: string) => Math.round(time * ratio + (offsets.get(id) ?? 0))
  return {
    ...document,
    captions: document.captions.map(one => ({
      ...one,
      start: move(one.start, one.id),
      end: move(one.end, one.id),
    })),
  }
}

/** What is said, in order; signs and notes are not heard. */
function linesOf(captions: readonly Caption[]): readonly Line[] {
  const heard = captions
    .filter(({ kind, start, end }) => kind !== 'sign' && kind !== 'note' && end > start)
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
  return heard.map((caption, i) => {
    const before = heard[i - 1]
    return {
      id: caption.id,
      start: caption.start,
      end: caption.end,
      text: textOf(caption),
      gap: before ? Math.max(0, caption.start - before.end) : 1000,
    }
  })
}

/** Fine enough to find every place a line may belong; `refine` looks closer. */
const step: Ms = 200
function gridOf(reach: Ms): Grid {
  const half = Math.min(32_767, Math.ceil(reach / step))
  return { from: -step * half, step, count: 2 * half + 1 }
}

/** Seconds a line can gain at most. Very long captions were left standing, and weigh no more than others. */
const weightOf = ({ start, end }: Span): number => Math.min(6, (end - start) / 1000)
const gapWeight = 0.5
const longestGap: Ms = 1500
const voteWeight = 1.5
const voteWidth: Ms = 300

function walk(
  lines: readonly Line[],
  speech: Speech,
  votes: readonly Vote[],
  ratio: number,
  grid: Grid,
): Path {
  const byLine = new Map<number, Vote[]>()
  for (const vote of votes) byLine.set(vote.line, [...(byLine.get(vote.line) ?? []), vote])
  return bestPath(
    lines.length,
    grid,
    (i, into) => {
      const line = lines[i]
      if (!line) return
      gains(line, speech, ratio, grid, into)
      for (const { offset } of byLine.get(i) ?? []) {
        const wanted = offset + line.start - line.start * ratio
        const [first, last] = [wanted - voteWidth, wanted + voteWidth].map(at =>
          Math.round((at - grid.from) / grid.step),
        )
        for (let at = Math.max(0, first ?? 0); at <= Math.min(grid.count - 1, last ?? -1); at++)
          into[at] = (into[at] ?? 0) + voteWeight
      }
    },
    i => (lines[i]?.gap ?? 0) + 300,
    cutPrice,
  )
}

/** Speech inside of the line is gained, silence inside and speech in the gap before it are lost; in seconds. */
function gains(
  { start, end, gap }: Line,
  { sums }: Speech,
  ratio: number,
  grid: Grid,
  into: Float32Array,
): void {
  const [from, to] = [start * ratio, end * ratio]
  const before = from - Math.min(gap, longestGap) * ratio
  const scale = weightOf({ start, end }) / Math.max(1, to - from)
  const [last, stride] = [sums.length - 1, grid.step / grain]
  let [a, b, c] = [before, from, to].map(at => Math.round((at + grid.from) / grain)) as [
    number,
    number,
    number,
  ]
  for (let at = 0; at < grid.count; at++, a += stride, b += stride, c += stride) {
    const begun = sums[b < 0 ? 0 : b > last ? last : b] ?? 0
    const inside = (sums[c < 0 ? 0 : c > last ? last : c] ?? 0) - begun
    const outside = begun - (sums[a < 0 ? 0 : a > last ? last : a] ?? 0)
    into[at] = scale * (1.5 * inside - 0.5 * (to - from)) - (gapWeight * outside) / 1000
  }
}

/** What one line gains at one offset. */
function gainAt(line: Line, speech: Speech, ratio: number, offset: Ms): number {
  const into = new Float32Array(1)
  gains(line, speech, ratio, { from: offset, step: grain, count: 1 }, into)
  return into[0] ?? 0
}

/** The same lines and gaps the other way round: what fits it, fits by chance. */
function backwards(lines: readonly Line[]): readonly Line[] {
  const end = lines.at(-1)?.end ?? 0
  const turned = lines.map(line => ({ ...line, start: end - line.end, end: end - line.start })).reverse()
  return turned.map((line, i) => ({
    ...line,
    gap: i === 0 ? 1000 : Math.max(0, line.start - (turned[i - 1]?.end ?? 0)),
  }))
}

type Stretch = { from: number; to: number; offset: Ms }

function segmentsOf(
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
  const joined: Stretch[] = []
  for (const stretch of stretches.map(refined)) {
    const last = joined.at(-1)
    if (last && Math.abs(last.offset - stretch.offset) < nearly)
      joined[joined.length - 1] = refined({ ...last, to: stretch.to })
    else joined.push(stretch)
  }
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

/** Words of at least half the lines are heard where the lines were set. */
function votesAgree(
  segments: readonly Segment[],
  lines: readonly Line[],
  votes: readonly Vote[],
  ratio: number,
): boolean {
  const place = new Map(lines.map((line, i) => [line.id, i]))
  const agreed = new Set<number>()
  for (const { from, to, offset } of segments)
    for (const { line, offset: heard } of votes) {
      const one = lines[line]
      if (!one || line < (place.get(from) ?? 0) || line > (place.get(to) ?? -1)) continue
      if (Math.abs(heard + one.start - (one.start * ratio + offset)) < 1000) agreed.add(line)
    }
  return agreed.size * 2 >= lines.length
}
