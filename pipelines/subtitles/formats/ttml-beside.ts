/** What TTML says of a caption's look that the model has no word for: kept beside it, said again where a dialect can. */
import type { Beside } from '../document.ts'
import type { Look } from './ttml-style.ts'
import { escapeAttribute } from './xml-text.ts'

type Row = {
  readonly property: string
  readonly on: 'p' | 'region'
  /** What it is where nobody says it. */
  readonly usual: string
  /** As it is called when it is lost. */
  readonly called: string
}
const rows: readonly Row[] = [
  { property: 'tts:backgroundColor', on: 'p', usual: 'transparent', called: 'background of the paragraph' },
  { property: 'tts:direction', on: 'p', usual: 'ltr', called: 'direction' },
  { property: 'tts:lineHeight', on: 'p', usual: 'normal', called: 'line height' },
  { property: 'tts:rubyReserve', on: 'p', usual: 'none', called: 'room for ruby' },
  { property: 'tts:textShadow', on: 'p', usual: 'none', called: 'shadow' },
  { property: 'tts:wrapOption', on: 'p', usual: 'wrap', called: 'wrapping' },
  { property: 'ebutts:linePadding', on: 'p', usual: '0c', called: 'line padding' },
  { property: 'ebutts:multiRowAlign', on: 'p', usual: 'auto', called: 'row alignment' },
  { property: 'itts:fillLineGap', on: 'p', usual: 'false', called: 'filled line gaps' },
  { property: 'tts:backgroundColor', on: 'region', usual: 'transparent', called: 'background of the region' },
  { property: 'tts:disparity', on: 'region', usual: '0px', called: 'disparity' },
  { property: 'tts:luminanceGain', on: 'region', usual: '1.0', called: 'luminance' },
  { property: 'tts:opacity', on: 'region', usual: '1', called: 'opacity' },
  { property: 'tts:padding', on: 'region', usual: '0px', called: 'padding' },
  { property: 'tts:showBackground', on: 'region', usual: 'always', called: 'background when empty' },
  { property: 'tts:zIndex', on: 'region', usual: 'auto', called: 'layer of the region' },
]
const keyOf = ({ on, property }: Row): string => `ttml.${on}.${property}`

export const besides: Readonly<Record<string, string>> = Object.fromEntries(
  rows.map(row => [keyOf(row), row.called]),
)

/** What a paragraph, and the region it stands in, look like besides marks and places. */
export function besideLook(region: Look, paragraph: Look): Beside {
  const said: Record<string, string> = {}
  for (const row of rows) {
    const value = (row.on === 'p' ? paragraph : region).get(row.property)?.trim()
    if (value !== undefined && value !== '' && value !== row.usual) said[keyOf(row)] = value
  }
  return said
}

/** The same as attributes of a new file's paragraph or region; `can` are the properties its dialect knows. */
export const attributesBeside = (beside: Beside = {}, on: Row['on'], can: readonly string[] = []): string =>
  rows
    .filter(row => row.on === on && can.includes(`${on}.${row.property}`))
    .map(row => {
      const value = Object.hasOwn(beside, keyOf(row)) ? beside[keyOf(row)] : undefined
      return value === undefined ? '' : ` ${row.property}="${escapeAttribute(value)}"`
    })
    .join('')

/** Of TTML 1, of IMSC 1.1, and of EBU-TT-D, whose paragraphs say nothing but names of styles. */
export const besideTtml = [
  ...['backgroundColor', 'direction', 'lineHeight', 'wrapOption'].map(name => `p.tts:${name}`),
  ...['backgroundColor', 'opacity', 'padding', 'showBackground', 'zIndex'].map(name => `region.tts:${name}`),
]
export const besideImsc = rows.map(({ on, property }) => `${on}.${property}`)
export const besideEbu = ['region.tts:backgroundColor', 'region.tts:padding', 'region.tts:showBackground']
