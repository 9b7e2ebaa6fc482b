import type { Span } from '../../terms.ts'
import type { Judged } from './judge.ts'

/** What is known of a place beside what the mouths say. */
export type Circumstances = {
  /** How much slower than the synthesizer the line is said, in nats off the pace of the other lines. */
  readonly off: number
}

/** How likely a line is said in a place: 0 to 1. */
export type Trust = (judged: Judged, about: Circumstances, place: Span, line: number) => number

/** What trust is made of. */
export const cluesOf = ({ margin, fit, rows, apart }: Judged, { off }: Circumstances) => ({
  constant: 1,
  margin,
  evidence: margin * Math.sqrt(rows / 100),
  fit,
  apart: apart / 100,
  off,
})
export type Clues = ReturnType<typeof cluesOf>

/**
 * Between two logistic regressions on places of lines: right ones, ones that nobody says and ones with other words, clean and over
 * noise and music. `npm run bench -- trust` makes such places, fits them anew and prints both; docs/decisions/align.md says why
 * not these: people fit less well than synthesizers. How true they are for other voices, `npm run bench -- align` says.
 */
export const weights: Clues = {
  constant: 3.9,
  margin: 1.4,
  evidence: 0.3,
  fit: 4.6,
  apart: -1.5,
  off: -3.7,
}

export const trustOf: Trust = (judged, about) => {
  const clues = cluesOf(judged, about)
  const odds = clueNames.reduce((sum, clue) => sum + weights[clue] * clues[clue], 0)
  return Math.round(100 / (1 + Math.exp(-odds))) / 100
}
export const clueNames = ['constant', 'margin', 'evidence', 'fit', 'apart', 'off'] as const
