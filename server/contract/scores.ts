/** The wire of figures: how long words take to say, and how a dub lies on its original. Part of ../contract.ts, which see. */
import { z } from 'zod'

/** How much of a language's text fits: characters a second, characters a row, rows; and which house says so. */
export const PaceView = z.object({
  cps: z.number(),
  columns: z.number(),
  rows: z.number(),
  house: z.string(),
})
export type PaceView = z.infer<typeof PaceView>
/**
 * What a page needs to tell how long a text takes to say, at every key: for every match of each pattern (flags `giu`) so
 * many milliseconds, and `base`. `bands` are verdicts by speaking time ÷ room, the calmest first; beyond them it is
 * `overlong`.
 */
export const SpeakingView = z.object({
  base: z.number(),
  parts: z.array(z.object({ pattern: z.string(), ms: z.number() })),
  syllable: z.number(),
  bands: z.array(
    z.object({
      verdict: z.enum(['green', 'ok', 'amber', 'short']),
      least: z.number(),
      most: z.number(),
    }),
  ),
})
export type SpeakingView = z.infer<typeof SpeakingView>
/**
 * How a dub lies on the original's speech, 0 to 1: what of the original is spoken over, the two durations held against
 * each other, and intersection over union. Milliseconds early are below 0.
 */
export const LineScoreView = z.object({
  intersection: z.number(),
  durations: z.number(),
  iou: z.number(),
  rate: z.number().optional(),
  onset: z.number().optional(),
  offset: z.number().optional(),
  flaps: z.number().optional(),
})
export type LineScoreView = z.infer<typeof LineScoreView>
const ErrorView = z.object({ median: z.number(), p90: z.number(), within: z.number() })
export const ScoreView = z.object({
  lines: z.int(),
  silent: z.int(),
  intersection: z.number(),
  durations: z.number(),
  iou: z.number(),
  rateCompliance: z.number().optional(),
  smoothness: z.number().optional(),
  onset: ErrorView.optional(),
  offset: ErrorView.optional(),
  flaps: z.number().optional(),
})
export type ScoreView = z.infer<typeof ScoreView>
