import type { Ms, Verdict } from '../terms.ts'

/**
 * What the fit weighs, in one table. The sum of a plan is
 * `rate·|ln ρ| + overlap·(1 − IoU) + pause·mismatch + relax·(δl + δr)/slot + smooth·|ln r_t/r_t−1| + closures·(1 − F1)`:
 * the terms of prosodic alignment (Federico et al., Interspeech 2020; Virkar et al., ICASSP 2021 and 2022) as costs, with
 * the closures of Baumann & Saboo (2021). The published weights are tuned on other data and are not public; these keep
 * the order that human dubs show (Brannon, Virkar & Thompson, TACL 2023): naturalness of pace first, isochrony second,
 * lips last. `rate` > `overlap` + `relax`, so that silence is used before a voice is hurried.
 */
export const weights = {
  /** |ln ρ|, ρ = speaking time ÷ slot. */
  rate: 1,
  /** More of it beyond what stretching bears (1.25): such a phrase can't be said as it is. */
  beyond: 4,
  /** 1 − |source ∩ dub| ÷ |source ∪ dub|, in time. */
  overlap: 0.4,
  pause: 1,
  relax: 0.25,
  /** Late is borne better than early (−79 to +138 ms are noticed: McGrath & Summerfield; Davis & Kim 2013). */
  early: 0.05,
  smooth: 0.2,
  /** Only where the mouth is on screen and drawn after the sounds. */
  closures: 0.15,
  /** Every step down the translator's own order of wordings. */
  rank: 0.04,
} as const

/** What it costs to be silent between two words, by what stands between them: full stop, comma, nothing. */
export const breaks: readonly (readonly [after: RegExp, cost: number])[] = [
  [/[.!?。！？…][”’"'」』）)»]*$/u, 0],
  [/[,;:、，；：—–][”’"'」』）)»]*$/u, 0.08],
  [/./u, 0.5],
]
/** A pause of the original that the dub speaks through. */
export const throughPause = 0.12

/** Where the mouth is: seen, not seen, or nobody has looked. */
export type Screen = 'on' | 'off' | 'unknown'
/**
 * How far a phrase may leave the original's speech: 80 ms goes unseen on a mouth, off screen 300 ms (the “large
 * difference” of IWSLT 2023's dubbing baseline). Where nobody looked it begins as if seen and may end as if not.
 */
export const relaxations: Readonly<Record<Screen, { readonly before: Ms; readonly after: Ms }>> = {
  on: { before: 80, after: 80 },
  off: { before: 300, after: 300 },
  unknown: { before: 80, after: 300 },
}
/** Relaxations are tried in steps of this: a fourth of what anybody notices. */
export const step: Ms = 10
/** Between two phrases there is at least a breath. */
export const breath: Ms = 60

/** As slow as a voice stays itself; what is still too short is padded in its pauses. */
export const slowest = 0.85
/** Speaking time ÷ room: 0.9–1.1 goes unnoticed; 0.85–1.15 is good; 0.8–1.25 is the limit (measured; SubtitleEdit, vmeg). */
export const verdicts: readonly (readonly [Verdict, least: number, most: number])[] = [
  ['green', 0.9, 1.1],
  ['ok', 0.85, 1.15],
  ['amber', 0.8, 1.25],
  ['short', 0, 0.8],
]
export const limit = 1.25

export const verdictOf = (rate: number): Verdict =>
  verdicts.find(([, least, most]) => rate >= least && rate <= most)?.[0] ?? 'overlong'

/** Lines of one speaker with no more than this between them are neighbours: a change of pace is heard. */
export const neighbourMs: Ms = 3000
/** Lips meet at the same time when they do within this of each other. */
export const closureMs: Ms = 60
