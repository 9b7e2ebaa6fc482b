/** A track into sync with a sound or another track: one offset, another frame rate, cuts in the middle. */
import type { Ms } from '../../terms.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import { gains, type Line, weightOf } from './gain.ts'
import { bestPath, type Grid, type Path } from './path.ts'
import { joinedSpans, type Reference, type Speech, speechOf } from './reference.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { beginsWithVoice, byChance, unborne } from './trust.ts'
import { type Vote, votesOf } from './votes.ts'

export type Sync = {
  /** False when it would be a guess: nothing is to be moved then. `why` says what was missing. */
  readonly sure: boolean
  readonly why?: 'few-lines' | 'no-speech' | 'unlike' | 'partly'
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
/** Openings and endings are sung, and no voice is heard in them: that much of a track may fit nowhere. */
const mostUnborne = 0.3

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
  const best = [...others, ...steady(lines, speech, votes, grid, plain)].reduce(
    (a, b) => (b.path.total > a.path.total + 1 ? b : a),
    { ratio: 1, path: plain },
  )
  const { ratio, path } = best
  const chance = walk(backwards(lines), speech, [], ratio, grid).total
  const confidence = Math.max(0, Math.min(1, (path.total - chance) / Math.max(1e-6, whole - chance)))
  const segments = segmentsOf(lines, speech, ratio, grid, path)
  const agreed = votesAgree(segments, lines, votes, ratio)
  const offsets = offsetsOf(segments, lines)
  const borne = lines.map(
    (line, i) => agreed.has(i) || beginsWithVoice(line.start * ratio + (offsets[i] ?? 0), speech),
  )
  const told = { confidence, ratio, segments }
  if (confidence < enough && !(votes.length > 0 && agreed.size * 2 >= lines.length))
    return { sure: false, why: 'unlike', ...told }
  if (unborne(borne, byChance(speech)) > mostUnborne) return { sure: false, why: 'partly', ...told }
  return { sure: true, ...told }
}

/** What each line moves by. */
function offsetsOf(segments: readonly Segment[], lines: readonly Line[]): readonly Ms[] {
  let at = -1
  return lines.map(({ id }) => {
    if (segments[at + 1]?.from === id) at++
    return segments[at]?.offset ?? 0
  })
}

/**
 * Many small steps to the same side are no cuts but another speed, which may be one that no table has. The path again at
 * the speed that a straight line through them says; nothing where they are not on one.
 */
function steady(
  lines: readonly Line[],
  speech: Speech,
  votes: readonly Vote[],
  grid: Grid,
  { offsets }: Path,
): readonly { readonly ratio: number; readonly path: Path }[] {
  const [first, last] = [offsets[0] ?? 0, offsets.at(-1) ?? 0]
  const steps = offsets.map((offset, i) => offset - (offsets[i - 1] ?? offset)).filter(by => by !== 0)
  const [one = 0] = steps
  const small = 2000 / grid.step
  if (steps.length < 3 || steps.some(by => Math.abs(by) > small || by * one < 0)) return []
  const long = (lines.at(-1)?.start ?? 0) - (lines[0]?.start ?? 0)
  const ratio = 1 + ((last - first) * grid.step) / Math.max(1, long)
  return [{ ratio, path: walk(lines, speech, votes, ratio, grid) }]
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

/** The lines whose words are heard where the lines were set. */
function votesAgree(
  segments: readonly Segment[],
  lines: readonly Line[],
  votes: readonly Vote[],
  ratio: number,
): ReadonlySet<number> {
  const offsets = offsetsOf(segments, lines)
  return new Set(
    votes.flatMap(({ line, offset: heard }) => {
      const one = lines[line]
      const off = one && heard + one.start - (one.start * ratio + (offsets[line] ?? 0))
      return off !== undefined && Math.abs(off) < 1000 ? [line] : []
    }),
  )
}
