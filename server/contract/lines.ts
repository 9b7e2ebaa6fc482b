/** The wire of lines: what stands in them, and what people do to them. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { FindingView, Refusal } from './problem.ts'
import { LineScoreView } from './scores.ts'
import { editors, kind, language, ms, text, version, watchers } from './words.ts'

const OriginView = z.object({
  how: z.enum(['human', 'memory', 'engine', 'none']),
  score: z.number().optional(),
  engine: z.string().optional(),
  origin: z.string().optional(),
  source: z.string().optional(),
})
export const TakeView = z.object({
  state: z.enum(['spoken', 'withheld', 'unspoken']),
  start: z.number().optional(),
  end: z.number().optional(),
  stretch: z.number().optional(),
  url: z.string().optional(),
  reason: z.string().optional(),
})
const screen = z.enum(['on', 'off', 'auto'])
/** Of a song: when a piece of its words is sung, counted from the line's start. */
export const Syllable = z.strictObject({ text: text(200), start: ms, end: ms })
export type Syllable = z.infer<typeof Syllable>
/** One line in its source and in one target language. `version` counts the human edits of that language's text. */
export const LineView = z.object({
  id: z.string(),
  language,
  start: z.number(),
  end: z.number(),
  kind,
  speaker: z.string().optional(),
  /** Whose its words are: no machine translates or speaks them. */
  rights: z.string().optional(),
  /** Where the mouth is: as a person said, and as the machine saw it. */
  screen: screen.optional(),
  sight: z.enum(['on', 'off', 'unknown']).optional(),
  /** The style it wore in the subtitles it came from. */
  style: z.string().optional(),
  /** Of a song: how it is sung, counted from its start, and the same words in other forms. */
  sung: z.array(Syllable).optional(),
  forms: z.array(z.object({ form: z.enum(['romaji', 'kanji', 'translation']), text: z.string() })).optional(),
  source: z.string(),
  trust: z.number(),
  sourceVersion: version,
  text: z.string(),
  version,
  origin: OriginView,
  suggestion: z.object({ text: z.string(), origin: OriginView }).optional(),
  speaking: z.number(),
  rate: z.number(),
  verdict: z.enum(['green', 'ok', 'amber', 'short', 'overlong', 'empty']),
  /** Time in which the original speaks, and silence around it that may be used; absent of what nobody says aloud. */
  room: z.number().optional(),
  spare: z.number().optional(),
  score: LineScoreView.optional(),
  cues: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
  take: TakeView.optional(),
  approval: z.object({ by: z.string(), at: z.string() }).optional(),
  comments: z.array(z.object({ by: z.string(), at: z.string(), text: z.string() })),
  editedBy: z.string().optional(),
  /** A person's words or times are newer than the cues and the take: those are being made again. */
  pending: z.boolean().optional(),
  findings: z.array(FindingView),
})
export type LineView = z.infer<typeof LineView>
/** Some lines only: their ids with commas between them. Without it, all. */
export const LinesQuery = z.object({ only: z.string().max(20_000).optional() })
/** What is absent stays as it is. `version` is the one the editor saw; another one there is a conflict. */
export const LineEditBody = z.strictObject({
  version,
  text: text(2000).optional(),
  start: ms.optional(),
  end: ms.optional(),
  speaker: text(100).optional(),
  /** Of the original alone, for all languages. An empty `rights` takes the flag off. */
  kind: kind.optional(),
  rights: text(200).optional(),
  screen: screen.optional(),
  sung: z.array(Syllable).min(1).max(500).optional(),
})
export type LineEditBody = z.infer<typeof LineEditBody>
export const VerdictBody = z.strictObject({
  version,
  /** The words that were judged: if the machine has written others since, that is a conflict too. */
  text: text(2000).optional(),
  verdict: z.enum(['approve', 'reopen']).optional(),
  comment: text(2000).optional(),
})
/** The body of 409 when somebody was quicker: what you sent and what stands there now. */
export const Conflict = Refusal.extend({
  yours: z.union([LineEditBody, VerdictBody]),
  theirs: LineView,
})
export type Conflict = z.infer<typeof Conflict>

export const lineRoutes = {
  lines: {
    method: 'get',
    path: '/api/episodes/:episode/lines/:language',
    says: 'Lines in one language; in the language of the original, the lines themselves',
    may: watchers,
    query: LinesQuery,
    answer: z.array(LineView),
  },
  editLine: {
    method: 'put',
    path: '/api/episodes/:episode/lines/:language/:line',
    says: 'Edit a line',
    may: editors,
    body: LineEditBody,
    answer: LineView,
  },
  judgeLine: {
    method: 'post',
    path: '/api/episodes/:episode/lines/:language/:line/verdict',
    says: 'Approve, reopen, comment',
    may: watchers,
    body: VerdictBody,
    answer: LineView,
  },
} as const
