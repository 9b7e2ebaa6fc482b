/** Which marks a look of TTML is, and its colours. */
import type { Marks } from '../document.ts'
import { readColor as readAny } from './colors.ts'
import type { Look } from './ttml-style.ts'

/** TTML counts what can be seen through a colour up to 255. */
const readColor = (written?: string) => readAny(written, 255)

/** Marks of words in a span. What the whole paragraph has of font and size is the document's look, not a mark. */
export function marksOf(look: Look, paragraph: Look): Marks {
  const value = (name: string) => look.get(`tts:${name}`)?.trim() ?? ''
  const color = readColor(value('color'))
  const background = look === paragraph ? undefined : painted(value('backgroundColor'))
  const [line = '', thickness] = value('textOutline').split(/\s+(?![^(]*\))/)
  // An outline without a colour has that of the words.
  const outline =
    readColor(line) ?? (/^[\d.]/.test(line) && thickness === undefined ? (color ?? '#ffffff') : undefined)
  const emphasis = value('textEmphasis')
  const slant = /^(-?\d+(?:\.\d+)?)%$/.exec(value('fontShear') || value('shear') || value('lineShear'))?.[1]
  const differs = (name: string) => value(name) !== '' && value(name) !== paragraph.get(`tts:${name}`)?.trim()
  const size = sizeOf(value('fontSize'), paragraph.get('tts:fontSize'))
  return {
    ...(value('fontWeight') === 'bold' && { bold: true }),
    ...(/^(?:italic|oblique)$/.test(value('fontStyle')) && { italic: true }),
    ...(/(?:^|\s)underline/.test(value('textDecoration')) && { underline: true }),
    ...(/(?:^|\s)lineThrough/.test(value('textDecoration')) && { strike: true }),
    ...(color !== undefined && color !== '#ffffff' && { color }),
    ...(background !== undefined && { background }),
    ...(outline !== undefined && { outline }),
    ...(differs('fontFamily') && { font: value('fontFamily') }),
    ...(size !== undefined && { size }),
    ...(emphasis !== '' && emphasis !== 'none' && { emphasis }),
    ...(value('textCombine').startsWith('all') && { upright: true }),
    ...(slant !== undefined &&
      Number(slant) !== 0 && { shear: Math.max(-100, Math.min(100, Number(slant))) }),
  }
}

/** What is painted behind words; nothing for what can't be seen. */
export function painted(written: string | undefined): string | undefined {
  const color = readColor(written)
  return color?.length === 9 && color.endsWith('00') ? undefined : color
}

/** In percent of the paragraph's; what a style says by itself stays as it is written. */
function sizeOf(written: string, paragraph: string | undefined): string | undefined {
  if (paragraph === undefined) return written === '' ? undefined : written
  const percent = Math.round((1e4 * Number.parseFloat(written)) / Number.parseFloat(paragraph)) / 100
  return percent === 100 || !Number.isFinite(percent) ? undefined : `${percent}%`
}
