import type { Judged } from './judge.ts'

/**
 * How likely it is that a line is said where it was found: logistic regression on lines of a synthesizer's voice, right
 * ones, ones that nobody says and ones with other words, over silence and over music, of which the bench says how true it
 * is for other voices.
 */
const weights = { constant: -4.5, margin: 11, fit: 0, evidence: 0 }

export function trustOf({ margin, fit, rows }: Judged): number {
  const evidence = margin * Math.sqrt(rows / 100)
  const odds = weights.constant + weights.margin * margin + weights.fit * fit + weights.evidence * evidence
  return Math.round(100 / (1 + Math.exp(-odds))) / 100
}
