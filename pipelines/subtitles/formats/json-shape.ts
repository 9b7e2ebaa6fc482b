/**
 * The document as JSON must be: the edge at which a file that anybody may have written becomes the model's types. What
 * has the shape is taken as it stands, with the order of its keys and with those nobody here knows.
 */
import { z } from 'zod'
import type { Beside, Caption, Document, Marks, Named, Origin, Part, Place, Run } from '../document.ts'

const text = z.string()
const number = z.number()
/** Looks no further than the first that is not as it must be: a million of them would take a minute to list. */
const listOf = <T>(one: z.ZodType<T>) =>
  z.custom<readonly T[]>(
    value => Array.isArray(value) && value.every(item => one.safeParse(item).success),
    'not a list of what it must hold',
  )
const side = z.enum(['after', 'outside'])

const marks: z.ZodType<Marks> = z.object({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  underline: z.boolean().optional(),
  strike: z.boolean().optional(),
  color: text.optional(),
  background: text.optional(),
  outline: text.optional(),
  font: text.optional(),
  size: text.optional(),
  style: text.optional(),
  voice: text.optional(),
  language: text.optional(),
  classes: listOf(text).optional(),
  ruby: z.object({ text, side: side.optional() }).optional(),
  emphasis: text.optional(),
  upright: z.boolean().optional(),
  shear: number.optional(),
  sung: z.object({ start: number, end: number, how: z.enum(['fill', 'outline']).optional() }).optional(),
})

const run: z.ZodType<Run> = z.object({ text, marks, kept: text.optional() })

const place: z.ZodType<Place> = z.object({
  block: z.enum(['top', 'middle', 'bottom']).optional(),
  inline: z.enum(['left', 'center', 'right', 'start', 'end']).optional(),
  vertical: z.enum(['rl', 'lr']).optional(),
  box: z.object({ x: number, y: number, width: number, height: number }).optional(),
  point: z.object({ x: number, y: number }).optional(),
  region: text.optional(),
})

const beside = z.custom<Beside>(
  value =>
    typeof value === 'object' && value !== null && Object.values(value).every(one => typeof one === 'string'),
  'not words under keys',
)

export const captionShape: z.ZodType<Caption> = z.object({
  id: text.min(1),
  start: z.int(),
  end: z.int(),
  kind: z.enum(['dialogue', 'sign', 'song', 'note', 'narration']),
  runs: listOf(run),
  speaker: text.optional(),
  place: place.optional(),
  style: text.optional(),
  label: text.optional(),
  layer: number.optional(),
  twin: text.optional(),
  rights: text.optional(),
  beside: beside.optional(),
})

const named: z.ZodType<Named> = z.object({
  name: text,
  marks,
  place: place.optional(),
  beside: beside.optional(),
})

const part: z.ZodType<Part> = z.object({
  raw: text,
  caption: captionShape.optional(),
  also: listOf(captionShape).optional(),
})

const origin: z.ZodType<Origin> = z.object({
  format: text,
  encoding: text,
  bom: z.boolean(),
  newline: z.enum(['\n', '\r\n', '\r']),
  parts: listOf(part),
  odd: listOf(z.object({ text, bytes: text })).optional(),
})

/** Everything of a document but its captions, which are looked at one by one. */
export const headShape: z.ZodType<Omit<Document, 'captions'>> = z.object({
  language: text.optional(),
  title: text.optional(),
  styles: listOf(named).optional(),
  regions: listOf(named).optional(),
  rate: z.object({ num: z.int().positive(), den: z.int().positive() }).optional(),
  offset: z.int().optional(),
  beside: beside.optional(),
  origin: origin.optional(),
})
