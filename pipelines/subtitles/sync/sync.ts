/** A track into sync with a sound or another track: one offset, another frame rate, cuts in the middle. */
import type { Ms } from '../../terms.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import { gains, type Line, weightOf } from './gain.ts'
import { bestPath, type Grid, type Path } from './path.ts'
import { joinedSpans, type Reference, type Speech, speechOf } from './reference.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { type Vote, votesOf } from './votes.ts'

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

/** The same lines and gaps the other way round: what fits it, fits by chance. */
function backwards(lines: readonly Line[]): readonly Line[] {
  const end = lines.at(-1)?.end ?? 0
  const turned = lines.map(line => ({ ...line, start: end - line.end, end: end - line.start })).reverse()
  return turned.map((line, i) => ({
    ...line,
    gap: i === 0 ? 1000 : Math.max(0, line.start - (turned[i - 1]?.end ?? 0)),
  }))
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
