import type { Judged } from './judge.ts'

/** What is known of a place beside what the mouths say. */
export type Circumstances = {
  /** How much slower than the synthesizer the line is said, in nats off the pace of the other lines. */
  readonly off: number
  /** The part of it in which somebody is heard to speak. */
  readonly spoken: number
}

/**
 * How likely it is that a line is said where it was found: logistic regression on lines of a synthesizer's voice, right
 * ones, ones that nobody says and ones with other words, over silence, noise and music; the bench says how true it is for
 * other voices and for people.
 */
const weights = { constant: 3.67, margin: 1.17, evidence: 0.83, fit: 5.6, apart: -1.32, off: -4.87 }

export function trustOf({ margin, fit, rows, apart }: Judged, { off, spoken }: Circumstances): number {
  const odds =
    weights.constant +
    weights.margin * margin +
    weights.evidence * margin * Math.sqrt(rows / 100) +
    weights.fit * fit +
    weights.apart * (apart / 100) +
    weights.off * off
  return Math.round(100 / (1 + Math.exp(-odds))) / 100
}
