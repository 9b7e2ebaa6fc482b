import type { Ms, Span } from '../terms.ts'
import { closureF1, iou, lengthOf } from './measures.ts'
import {
  breaks,
  breath,
  limit,
  relaxations,
  type Screen,
  slowest,
  step,
  throughPause,
  weights,
} from './weights.ts'
import type { Wording } from './wording.ts'

/** Where a line may be said. */
export type Room = {
  /** Where the original speaks, in order, with pauses between. At least one. */
  readonly windows: readonly Span[]
  /** Silence before and after it that is nobody else's. */
  readonly before: Ms
  readonly after: Ms
  readonly screen: Screen
  /** When the lips of the original meet, where the picture shows it. */
  readonly closures?: readonly Ms[]
}

/** A phrase in its place: it is to sound from `start` to `end`, which is the voice's time ÷ `rate` or as near as bearable. */
export type Planned = Span & {
  readonly text: string
  /** From its first piece to before another. */
  readonly from: number
  readonly to: number
  readonly speaking: Ms
  /** The time it was given: windows and relaxations. */
  readonly slot: Span
  readonly rate: number
}
export type Plan = { readonly cost: number; readonly phrases: readonly Planned[] }

type Path = {
  readonly cost: number
  readonly phrase: Planned
  readonly before: Path | undefined
}

/** More windows or places for a break than this are not tried: the shortest pauses and the worst places go first. */
const most = { windows: 8, places: 40 }

/**
 * The cheapest way to say a wording in a room: dynamic programming over where the text breaks, which pauses of the
 * original are kept, and how far each phrase leaves the original's speech. Exact over the choices it is given: of two
 * paths to one place the dearer is dropped only if no change of pace after it could make up for the difference.
 */
export function planLine(wording: Wording, room: Room): Plan {
  const windows = fewer(room.windows)
  const count = wording.pieces.length
  const places = placesIn(wording)
  const whole = windows.reduce((sum, window) => sum + lengthOf(window), 0)
  /** paths[h][w]: ways to have said the first `places[w]` pieces in the first h windows. */
  const paths: Path[][][] = [[[]]]
  for (let until = 1; until <= windows.length; until++) {
    const row: Path[][] = []
    paths.push(row)
    const last = until === windows.length
    for (const [index, to] of places.entries()) {
      if (to === 0 || last !== (to === count)) continue
      const cell: Path[] = []
      row[index] = cell
      const cut = last ? 0 : breakCost(wording.pieces[to - 1] ?? '')
      for (let since = 0; since < until; since++)
        for (const [earlier, from] of places.entries()) {
          if (from >= to || (since === 0) !== (from === 0)) continue
          const befores: readonly (Path | undefined)[] =
            since === 0 ? [undefined] : (paths[since]?.[earlier] ?? [])
          if (befores.length === 0) continue
          for (const { phrase, cost } of ways(windows, since, until, from, to))
            for (const before of befores)
              add(cell, {
                cost: cost + cut + (before ? before.cost + change(before, phrase) : 0),
                phrase,
                before,
              })
        }
    }
  }
  const ends = paths[windows.length]?.[places.length - 1] ?? []
  const best = ends.reduce<Path | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined)
  const phrases = best ? phrasesOf(best) : []
  if (rateOf(phrases) <= limit) return { cost: best?.cost ?? 0, phrases }
  // A pause is not worth a line that can't be said: the calmest way goes first then, so that more room never does harm.
  const through = windows.length > 1 ? ways(windows, 0, windows.length, 0, count) : []
  const plans = [
    { cost: best?.cost ?? 0, phrases },
    ...ends.map(path => ({ cost: path.cost, phrases: phrasesOf(path) })),
    ...through.map(({ phrase, cost }) => ({ cost, phrases: [phrase] })),
  ]
  return plans.reduce((a, b) => (rateOf(b.phrases) < rateOf(a.phrases) ? b : a))

  /** The ways to say some pieces in some windows, with their relaxations. */
  function ways(all: readonly Span[], since: number, until: number, from: number, to: number) {
    const group = all.slice(since, until)
    const { start, end } = spanOf(group)
    const free = relaxations[room.screen]
    const [previous, next] = [all[since - 1], all[until]]
    // Inside the line the phrase before a pause goes first: late is borne better than early.
    const gapAfter = next ? next.start - end - breath : room.after
    const gapBefore = previous ? start - previous.end - breath - free.after : room.before
    const early = Math.max(0, Math.min(free.before, gapBefore))
    const late = Math.max(0, Math.min(free.after, gapAfter))
    const speaking = wording.time(from, to)
    const share = group.reduce((sum, window) => sum + lengthOf(window), 0) / Math.max(1, whole)
    const mismatch = weights.pause * throughPause * (group.length - 1)
    const text = wording.join(from, to)
    return relaxed(speaking, end - start, early, late).map(([left, right]) => {
      const slot = { start: start - left, end: end + right }
      const room = Math.max(1, lengthOf(slot))
      const rate = speaking / room
      const length = rate < slowest ? Math.floor(speaking / slowest) : room
      const phrase = { text, from, to, speaking, slot, rate, start: slot.start, end: slot.start + length }
      const cost =
        share *
          (weights.rate * Math.abs(Math.log(rate)) +
            weights.beyond * Math.max(0, Math.log(rate / limit)) +
            weights.overlap * (1 - iou(group, [phrase])) +
            (weights.relax * (left + right) + weights.early * left) / room +
            lips(phrase)) +
        mismatch
      return { phrase, cost }
    })
  }

  function lips(phrase: Planned): number {
    if (room.screen !== 'on' || !room.closures) return 0
    const theirs = room.closures.filter(at => at >= phrase.slot.start && at < phrase.slot.end)
    if (theirs.length === 0) return 0
    const ours = wording
      .closures(phrase.from, phrase.to)
      .map(share => phrase.start + share * lengthOf(phrase))
    return weights.closures * (1 - closureF1(theirs, ours))
  }
}

/** What a change of pace from one phrase to the next costs. */
export const changeOf = (from: number, to: number): number =>
  weights.smooth * Math.abs(Math.log(Math.max(slowest, to) / Math.max(slowest, from)))
const change = (before: Path, phrase: Planned) => changeOf(before.phrase.rate, phrase.rate)

function phrasesOf(path: Path): Planned[] {
  const phrases: Planned[] = []
  for (let at: Path | undefined = path; at; at = at.before) phrases.unshift(at.phrase)
  return phrases
}

/** The voice's time of some phrases ÷ the time they were given. */
export const rateOf = (phrases: readonly Pick<Planned, 'speaking' | 'slot'>[]): number =>
  phrases.reduce((sum, { speaking }) => sum + speaking, 0) /
  Math.max(
    1,
    phrases.reduce((sum, { slot }) => sum + lengthOf(slot), 0),
  )

/** Keeps a path unless a cheaper one can do whatever it can: |ln| obeys the triangle inequality. */
function add(cell: Path[], path: Path): void {
  const beats = (one: Path, other: Path) => one.cost + change(one, other.phrase) <= other.cost
  if (cell.some(other => beats(other, path))) return
  for (let at = cell.length - 1; at >= 0; at--) {
    const other = cell[at]
    if (other && beats(path, other)) cell.splice(at, 1)
  }
  cell.push(path)
}

/**
 * What a phrase may take of the silence around it: as much as it needs and no more, after it before in front of it. The
 * steps are the same however much there is, so that who has more silence has every choice of who has less.
 */
function relaxed(speaking: Ms, slot: Ms, early: Ms, late: Ms): (readonly [left: Ms, right: Ms])[] {
  const [there, need] = [early + late, Math.max(0, Math.ceil(speaking - slot))]
  const sums: Ms[] = []
  for (let sum = 0; sum <= there && sum < need; sum += step) sums.push(sum)
  return [...sums, ...(need <= there ? [need] : [])].map(sum => [
    sum - Math.min(sum, late),
    Math.min(sum, late),
  ])
}

const breakCost = (word: string): number =>
  weights.pause * (breaks.find(([after]) => after.test(word))?.[1] ?? 0)

/** Where the text may break, its beginning and its end included. */
function placesIn({ pieces }: Wording): number[] {
  const all = pieces.map((_, at) => at + 1)
  if (all.length <= most.places) return [0, ...all]
  const every = Math.ceil(all.length / (most.places / 2))
  const good = all.filter(at => breakCost(pieces[at - 1] ?? '') < 0.5).slice(0, most.places / 2)
  return [0, ...all.filter(at => at === pieces.length || at % every === 0 || good.includes(at))]
}

/** The windows with their shortest pauses spoken through, when there are too many. */
function fewer(windows: readonly Span[]): Span[] {
  const joined = [...windows]
  while (joined.length > most.windows) {
    const gap = (index: number) => (joined[index + 1]?.start ?? 0) - (joined[index]?.end ?? 0)
    let at = 0
    for (let index = 1; index < joined.length - 1; index++) if (gap(index) < gap(at)) at = index
    joined.splice(at, 2, spanOf(joined.slice(at, at + 2)))
  }
  return joined
}

const spanOf = (spans: readonly Span[]): Span => ({
  start: spans[0]?.start ?? 0,
  end: spans.at(-1)?.end ?? 0,
})
