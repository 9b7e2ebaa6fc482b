import type { Judged } from './judge.ts'

/** What is known of a place beside what the mouths say. */
export type Circumstances = {
  /** How much slower than the synthesizer the line is said, in nats off the pace of the other lines. */
  readonly off: number
}

/**
 * How likely it is that a line is said where it was found: logistic regression on 792 places of lines spoken by flite's kal16
 * and slt, right ones, ones that nobody says and ones with other words, clean and over noise and music. The bench says how
 * true it is for other voices and for people.
 */
const weights = { constant: 3.61, margin: 0.84, evidence: 0.64, fit: 3.67, apart: -1.52, off: -4.44 }

export function trustOf({ margin, fit, rows, apart }: Judged, { off }: Circumstances): number {
  const odds =
    weights.constant +
    weights.margin * margin +
    weights.evidence * margin * Math.sqrt(rows / 100) +
    weights.fit * fit +
    weights.apart * (apart / 100) +
    weights.off * off
  return Math.round(100 / (1 + Math.exp(-odds))) / 100
}
