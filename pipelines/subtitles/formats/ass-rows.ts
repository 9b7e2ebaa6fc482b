/** Rows of an ASS script: their fields by the section's `Format:` row, and its clock. */
import type { Ms } from '../../terms.ts'

/** The names of a section's fields, in order and lower case. The last takes all that remains of a row, commas included. */
export type Shape = readonly string[]
export const shapeOf = (format: string): Shape => format.split(',').map(name => name.trim().toLowerCase())

/** Of events the last field is the text, whether or not their format says so. */
export const eventShapeOf = (format: string): Shape => {
  const shape = shapeOf(format)
  return shape.includes('text') ? shape : [...shape, 'text']
}

export const eventFormat = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'
export const usualEvent = shapeOf(eventFormat)

/** The fields of a row behind its colon; fewer than the shape has when commas are missing. */
export function fieldsOf(row: string, colon: number, shape: Shape): string[] {
  const fields: string[] = []
  let from = colon + 1
  while (row.charCodeAt(from) === 32) from++
  for (let i = 1; i < shape.length; i++) {
    const comma = row.indexOf(',', from)
    if (comma < 0) break
    fields.push(row.slice(from, comma))
    from = comma + 1
  }
  fields.push(row.slice(from))
  return fields
}

/** h:mm:ss.cc with any number of digits; a fraction is one of a second. As lenient as libass, which takes no sign but −. */
export function readTime(written = ''): Ms | undefined {
  const quick = quickly(written)
  if (quick >= 0) return quick
  const found = /^\s*(-?)(\d{1,9}):(\d{1,4}):(\d{1,4})(?:[.:,](\d{1,9}))?\s*$/.exec(written.slice(0, 60))
  if (!found) return undefined
  const [, sign, hours, minutes, seconds, fraction = ''] = found
  const ms = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
  const whole = ms + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return sign ? -whole : whole
}

/** 0:00:00.00 as every program writes it; −1 for anything else. */
function quickly(written: string): Ms {
  if (
    written.length !== 10 ||
    written.charCodeAt(1) !== 58 ||
    written.charCodeAt(4) !== 58 ||
    written.charCodeAt(7) !== 46
  )
    return -1
  const ms =
    digit(written, 0) * 3_600_000 +
    digit(written, 2) * 600_000 +
    digit(written, 3) * 60_000 +
    digit(written, 5) * 10_000 +
    digit(written, 6) * 1000 +
    digit(written, 8) * 100 +
    digit(written, 9) * 10
  return ms >= 0 ? ms : -1
}
function digit(written: string, at: number): number {
  const value = written.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}

/** Hundredths are all the script's clock has. */
export function printTime(instant: Ms): string {
  const cs = Math.max(0, Math.round(instant / 10))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(cs / 360_000)}:${pad(Math.floor(cs / 6000) % 60)}:${pad(Math.floor(cs / 100) % 60)}.${pad(cs % 100)}`
}

/** A word that can stand between two commas. */
export const clean = (field: string): string => field.replace(/[,\r\n]+/g, ' ')
