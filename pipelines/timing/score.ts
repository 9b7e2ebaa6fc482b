import type { Ms, Span } from '../terms.ts'
import { iou, shared, total } from './measures.ts'

/** One line of the original and what a dub makes of it. Spans are where somebody speaks. */
export type Pair = {
  readonly source: readonly Span[]
  readonly dub: readonly Span[]
  readonly speaker?: string
  readonly text?: string
  /** The voice's own time of the dub's words ÷ its playing time, where it is known: 1.1 is said a tenth faster. */
  readonly rate?: number
  readonly flaps?: readonly Span[]
}

/**
 * How a dubbed line lies on its original. Two figures go by the name of “speech overlap”: they are named apart here.
 * All but errors are 0 to 1; errors are ms, early below 0. What can't be known is absent.
 */
export type LineScore = {
  readonly start: Ms
  readonly end: Ms
  readonly speaker?: string
  readonly text?: string
  /** |source ∩ dub| ÷ |source|: how much of the original's speech is spoken over (Brannon, Virkar & Thompson, TACL 2023). */
  readonly intersection: number
  /** min ÷ max of the two durations, wherever they lie (IWSLT 2023 dubbing track). */
  readonly durations: number
  /** |source ∩ dub| ÷ |source ∪ dub|: what both of them leave out, too early, too late and too long. */
  readonly iou: number
  readonly rate?: number
  readonly onset?: Ms
  readonly offset?: Ms
  /** The share of the mouth's flapping in which the dub speaks. */
  readonly flaps?: number
}

/** A whole dub: medians over lines, shares of lines, and overlaps of all time together. */
export type Score = {
  readonly lines: number
  /** Lines of the original over which the dub says nothing. */
  readonly silent: number
  readonly intersection: number
  readonly durations: number
  readonly iou: number
  /** Of lines whose rate is known, those from 0.85 to 1.15 (where stretching stays good). */
  readonly rateCompliance?: number
  /** Mean of 1 − |r_t − r_t−1| ÷ r_t−1 over neighbours of one speaker (the smoothness term of Virkar et al., 2021). */
  readonly smoothness?: number
  readonly onset?: ErrorScore
  readonly offset?: ErrorScore
  readonly flaps?: number
}
/** Of the absolute errors; `within` is the share from 80 ms early to 120 ms late (McGrath & Summerfield; Davis & Kim). */
export type ErrorScore = { readonly median: Ms; readonly p90: Ms; readonly within: number }

export const tolerance = { early: 80, late: 120 } as const
export const goodRates = { least: 0.85, most: 1.15 } as const
/** What human dubs reach, by the first of the two overlaps (median over lines; facts of 319 hours): nobody needs 1. */
export const humanOverlap = 0.73

export function scoreLine({ source, dub, speaker, text, rate, flaps }: Pair): LineScore {
  const [ours, theirs] = [total(dub), total(source)]
  const [first, last] = [
    Math.min(...source.map(({ start }) => start)),
    Math.max(...source.map(({ end }) => end)),
  ]
  const spoken = ours > 0
  return {
    start: Number.isFinite(first) ? first : 0,
    end: Number.isFinite(last) ? last : 0,
    ...(speaker !== undefined && { speaker }),
    ...(text !== undefined && { text }),
    intersection: round(theirs === 0 ? (spoken ? 0 : 1) : shared(source, dub) / theirs),
    durations: round(Math.max(ours, theirs) === 0 ? 1 : Math.min(ours, theirs) / Math.max(ours, theirs)),
    iou: round(iou(source, dub)),
    ...(spoken && rate !== undefined && { rate: round(rate) }),
    ...(spoken &&
      theirs > 0 && {
        onset: Math.min(...dub.map(({ start }) => start)) - first,
        offset: Math.max(...dub.map(({ end }) => end)) - last,
      }),
    ...(flaps && flaps.length > 0 && { flaps: round(shared(flaps, dub) / total(flaps)) }),
  }
}

export function scoreDub(pairs: readonly Pair[]): {
  readonly whole: Score
  readonly lines: readonly LineScore[]
} {
  const lines = pairs.map(scoreLine)
  const [source, dub] = [pairs.flatMap(pair => pair.source), pairs.flatMap(pair => pair.dub)]
  const flaps = pairs.flatMap(pair => pair.flaps ?? [])
  const rates = known(lines.map(({ rate }) => rate))
  const steps = changes(lines)
  return {
    lines,
    whole: {
      lines: lines.length,
      silent: pairs.filter(pair => total(pair.source) > 0 && total(pair.dub) === 0).length,
      intersection: round(total(source) === 0 ? 1 : shared(source, dub) / total(source)),
      // Weighted by time, as each line's share of the longer of its two durations.
      durations: round(weighted(pairs)),
      iou: round(iou(source, dub)),
      ...(rates.length > 0 && {
        rateCompliance: share(rates, rate => rate >= goodRates.least && rate <= goodRates.most),
      }),
      ...(steps.length > 0 && {
        smoothness: round(steps.reduce((sum, step) => sum + step, 0) / steps.length),
      }),
      ...errors('onset', known(lines.map(({ onset }) => onset))),
      ...errors('offset', known(lines.map(({ offset }) => offset))),
      ...(flaps.length > 0 && { flaps: round(shared(flaps, dub) / total(flaps)) }),
    },
  }
}

function weighted(pairs: readonly Pair[]): number {
  const both = pairs.map(pair => [total(pair.dub), total(pair.source)] as const)
  const longer = both.reduce((sum, [ours, theirs]) => sum + Math.max(ours, theirs), 0)
  return longer === 0 ? 1 : both.reduce((sum, [ours, theirs]) => sum + Math.min(ours, theirs), 0) / longer
}

/** How steady the pace stays from each line to the next of the same speaker. */
function changes(lines: readonly LineScore[]): number[] {
  const last = new Map<string, number>()
  return lines.flatMap(({ speaker = '', rate }) => {
    if (rate === undefined || rate <= 0) return []
    const before = last.get(speaker)
    last.set(speaker, rate)
    return before === undefined ? [] : [Math.max(0, 1 - Math.abs(rate - before) / before)]
  })
}

function errors<K extends string>(name: K, all: readonly Ms[]): Partial<Record<K, ErrorScore>> {
  if (all.length === 0) return {}
  const sizes = all.map(Math.abs).sort((a, b) => a - b)
  const at = (part: number) => sizes[Math.min(sizes.length - 1, Math.floor(part * sizes.length))] ?? 0
  const within = share(all, error => error >= -tolerance.early && error <= tolerance.late)
  return { [name]: { median: at(0.5), p90: at(0.9), within } } as Partial<Record<K, ErrorScore>>
}

/**
 * Isometric translation's length compliance: the share of lines whose length in characters, spaces left out, is within
 * 10 % of the original's; originals of 10 characters and less always comply (Lakew et al. 2021; IWSLT 2022). A poor proxy
 * of timing: ±10 % characters tells little of ±10 % time.
 */
export function lengthCompliance(
  pairs: readonly { readonly source: string; readonly dub: string }[],
): number {
  const letters = (text: string) => [...text.replace(/\s/gu, '')].length
  return share(pairs, ({ source, dub }) => {
    const own = letters(source)
    return own <= 10 || Math.abs(letters(dub) - own) / own <= 0.1
  })
}

const known = (all: readonly (number | undefined)[]) => all.filter(one => one !== undefined)
const share = <T>(all: readonly T[], is: (one: T) => boolean) =>
  all.length === 0 ? 1 : round(all.filter(is).length / all.length)
const round = (value: number) => Math.round(1000 * value) / 1000
