/** The wire of what went wrong and of what was noticed. Part of ../contract.ts, which see. */
import { z } from 'zod'

export const ProblemView = z.object({
  code: z.string(),
  says: z.string(),
  mend: z.string(),
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ProblemView = z.infer<typeof ProblemView>
export const FindingView = z.object({
  rule: z.string(),
  severity: z.enum(['note', 'warning', 'error']),
  /** The guide that asks for it, and where in it. */
  clause: z.string().optional(),
  says: z.string(),
  mend: z.string().optional(),
  place: z.object({
    line: z.string().optional(),
    span: z.object({ start: z.number(), end: z.number() }).optional(),
    language: z.string().optional(),
  }),
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The words it was found in, with this mended, and with all that can be. Nobody but a person takes them. */
  fix: z.object({ was: z.string(), text: z.string(), all: z.string() }).optional(),
})
export type FindingView = z.infer<typeof FindingView>
/** The body of every refusal. A 409 of a line's edit is a `Conflict`, which says more. */
export const Refusal = z.object({ problem: ProblemView })
export type Refusal = z.infer<typeof Refusal>
