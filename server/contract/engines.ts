/** The wire of engines: who is at hand to do the work. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { watchers } from './words.ts'

export const ModelView = z.object({
  id: z.string(),
  for: z.string(),
  bytes: z.number(),
  licence: z.string(),
  installed: z.boolean(),
  command: z.string(),
})
export const EnginesView = z.object({
  ears: z.string().optional(),
  tongue: z.string().optional(),
  voices: z.array(
    z.object({ engine: z.string(), preset: z.string(), languages: z.array(z.string()), says: z.string() }),
  ),
  models: z.array(ModelView),
  hints: z.array(z.string()),
})
export type EnginesView = z.infer<typeof EnginesView>

export const engineRoutes = {
  engines: {
    method: 'get',
    path: '/api/engines',
    says: 'Engines at hand and how to install more',
    may: watchers,
    answer: EnginesView,
  },
} as const
