/** Which marks a look of TTML is, and its colours. */
import type { Marks } from '../document.ts'
import type { Look } from './ttml-style.ts'

const names: Readonly<Record<string, string>> = {
  black: '#000000',
  silver: '#c0c0c0',
  gray: '#808080',
  white: '#ffffff',
  maroon: '#800000',
  red: '#ff0000',
  purple: '#800080',
  fuchsia: '#ff00ff',
  magenta: '#ff00ff',
  green: '#008000',
  lime: '#00ff00',
  olive: '#808000',
  yellow: '#ffff00',
  navy: '#000080',
  blue: '#0000ff',
  teal: '#008080',
  aqua: '#00ffff',
  cyan: '#00ffff',
  transparent: '#00000000',
}
export function readColor(written = ''): string | undefined {
  const value = written.trim().toLowerCase()
  if (Object.hasOwn(names, value)) return names[value]
  if (/^#[\da-f]{6}$/.test(value)) return value
  if (/^#[\da-f]{8}$/.test(value)) return value.endsWith('ff') ? value.slice(0, 7) : value
  const parts = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(\d{1,3})\s*)?\)$/
    .exec(value)
    ?.slice(1)
    .filter(part => part !== undefined)
    .map(Number)
  if (!parts?.every(part => part < 256)) return undefined
  const color = `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`
  return color.length === 9 && color.endsWith('ff') ? color.slice(0, 7) : color
}

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
