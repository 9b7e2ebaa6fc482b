/** The wire of mouth cues: what an animator may ask of an episode. Part of ../contract.ts, which see. */
import { z } from 'zod'

export const cueFormatNames = [
  'xdts',
  'tdts',
  'csv',
  'dat',
  'tsv',
  'xml',
  'json',
  'adobe',
  'blender',
  'ovr',
] as const
export const cuePresetNames = ['anime', 'phonetic', 'preston-blair', 'rhubarb', 'adobe'] as const
/** Whose cues, and how they are drawn and written. Without `speaker` and `line` it is everybody's. */
export const CuesAsk = z.strictObject({
  format: z.enum(cueFormatNames),
  preset: z.enum(cuePresetNames).optional(),
  /** 8, 12, 23.976, 24, 25, 30 or any fraction. */
  fps: z.string().max(15).default('24'),
  on: z.enum(['1', '2', '3']).optional(),
  lead: z.enum(['0', '1', '2', '3']).optional(),
  speaker: z.string().min(1).max(200).optional(),
  line: z.string().min(1).max(100).optional(),
})
export type CuesAsk = z.infer<typeof CuesAsk>
