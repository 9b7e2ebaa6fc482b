/** Styles of TTML: what is referred to, specified, inherited (TTML2 §8.4, §10.4), and which marks and places that is. */
import type { Marks, Place } from '../document.ts'
import { type Element, isElement } from './xml.ts'

/** Style properties by name, `tts:color`. */
export type Look = ReadonlyMap<string, string>
export const noLook: Look = new Map()

/** Properties of TTML2, IMSC, EBU-TT and SMPTE-TT. Others are nobody's: a file could hold any number of them. */
const properties = new Set([
  ...'backgroundClip backgroundColor backgroundExtent backgroundImage backgroundOrigin backgroundPosition backgroundRepeat border bpd color direction disparity display displayAlign extent fontFamily fontKerning fontSelectionStrategy fontShear fontSize fontStyle fontVariant fontWeight ipd letterSpacing lineHeight lineShear luminanceGain opacity origin overflow padding position ruby rubyAlign rubyPosition rubyReserve shear showBackground textAlign textCombine textDecoration textEmphasis textOrientation textOutline textShadow unicodeBidi visibility wrapOption writingMode zIndex'
    .split(' ')
    .map(name => `tts:${name}`),
  ...['itts:forcedDisplay', 'itts:fillLineGap', 'ebutts:linePadding', 'ebutts:multiRowAlign'],
  'smpte:backgroundImage',
])
/** What isn't passed on to what is inside. */
const ownOnly = new Set(
  'tts:backgroundColor tts:display tts:displayAlign tts:extent tts:opacity tts:origin tts:overflow tts:padding tts:position tts:ruby tts:showBackground tts:unicodeBidi tts:writingMode tts:zIndex tts:disparity smpte:backgroundImage'.split(
    ' ',
  ),
)

export type Sheet = {
  readonly styles: ReadonlyMap<string, Element>
  readonly initial: Look
  /** What lists of references were found to say. */
  readonly said: Map<string, Look>
}

export function sheetOf(head: Element | undefined): Sheet {
  const styles = new Map<string, Element>()
  const initial = new Map<string, string>()
  for (const style of childrenOf(childrenOf(head, 'tt:styling')[0])) {
    const id = style.attributes.get('xml:id')
    if (style.name === 'tt:style' && id !== undefined) styles.set(id, style)
    if (style.name === 'tt:initial') for (const [name, value] of specified(style)) initial.set(name, value)
  }
  return { styles, initial, said: new Map() }
}
export const childrenOf = (element: Element | undefined, name?: string): readonly Element[] =>
  element?.children.filter(
    (child): child is Element => isElement(child) && (name === undefined || child.name === name),
  ) ?? []

function specified({ attributes }: Element): readonly [string, string][] {
  const found: [string, string][] = []
  for (const one of attributes) if (properties.has(one[0])) found.push(one)
  return found
}

/** Styles that refer to styles that refer to styles: nobody's go deeper, and a circle has to end. */
const deepest = 100

/** What an element says of itself: the styles it refers to, the later the stronger, then its own attributes. */
export function saidBy(element: Element, sheet: Sheet, depth = 0): Look {
  const own = specified(element)
  const referred = referredBy(element.attributes.get('style') ?? '', sheet, depth)
  const nested = element.name === 'tt:region' ? nestedIn(element, sheet, depth) : noLook
  if (own.length === 0 && nested.size === 0) return referred
  return new Map([...referred, ...nested, ...own])
}

function referredBy(ids: string, sheet: Sheet, depth: number): Look {
  if (ids === '' || depth > deepest) return noLook
  const known = sheet.said.get(ids)
  if (known) return known
  sheet.said.set(ids, noLook)
  const look = new Map<string, string>()
  for (const id of new Set(ids.trim().split(/\s+/).slice(-50))) {
    const style = sheet.styles.get(id)
    if (style) for (const [name, value] of saidBy(style, sheet, depth + 1)) look.set(name, value)
  }
  sheet.said.set(ids, look)
  return look
}

/** Styles that stand inside of a region, read once: every paragraph asks. */
function nestedIn(region: Element, sheet: Sheet, depth: number): Look {
  const key = `<region ${region.start}`
  const known = sheet.said.get(key)
  if (known) return known
  const look = new Map<string, string>()
  for (const nested of childrenOf(region, 'tt:style'))
    for (const [name, value] of saidBy(nested, sheet, depth + 1)) look.set(name, value)
  sheet.said.set(key, look)
  return look
}

/** How an element looks: inherited, said, animated by `sets`. */
export function lookOf(
  element: Element,
  outer: Look,
  sheet: Sheet,
  sets: readonly Element[] = childrenOf(element, 'tt:set'),
): Look {
  const said = saidBy(element, sheet)
  const own = sets.length === 0 ? said : new Map([...said, ...sets.flatMap(specified)])
  if (own.size === 0 && ![...outer.keys()].some(name => ownOnly.has(name))) return outer
  const look = new Map([...outer].filter(([name]) => !ownOnly.has(name)))
  for (const [name, value] of own) look.set(name, value)
  return look
}

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
  const [color, background] = [
    readColor(value('color')),
    look === paragraph ? undefined : readColor(value('backgroundColor')),
  ]
  const outline = readColor(value('textOutline').split(/\s+/)[0])
  const emphasis = value('textEmphasis')
  const slant = /^(-?\d+(?:\.\d+)?)%$/.exec(value('fontShear') || value('shear'))?.[1]
  const differs = (name: string) => value(name) !== '' && value(name) !== paragraph.get(`tts:${name}`)?.trim()
  return {
    ...(value('fontWeight') === 'bold' && { bold: true }),
    ...(/^(?:italic|oblique)$/.test(value('fontStyle')) && { italic: true }),
    ...(/(?:^|\s)underline/.test(value('textDecoration')) && { underline: true }),
    ...(/(?:^|\s)lineThrough/.test(value('textDecoration')) && { strike: true }),
    ...(color !== undefined && color !== '#ffffff' && { color }),
    ...(background !== undefined && background !== '#00000000' && { background }),
    ...(outline !== undefined && { outline }),
    ...(differs('fontFamily') && { font: value('fontFamily') }),
    ...(differs('fontSize') && { size: value('fontSize') }),
    ...(emphasis !== '' && emphasis !== 'none' && { emphasis }),
    ...(value('textCombine').startsWith('all') && { upright: true }),
    ...(slant !== undefined && Number(slant) !== 0 && { shear: Number(slant) }),
  }
}

/** The area regions of ours have: it says nothing but the picture's margins. */
export const safeArea = { x: 10, y: 10, width: 80, height: 80 } as const

type Frame = {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
}
export function frameOf(root: Element): Frame {
  const [, width = '', height = ''] =
    /^\s*(\d+)px\s+(\d+)px\s*$/.exec(root.attributes.get('tts:extent') ?? '') ?? []
  const [, columns = '32', rows = '15'] =
    /^\s*(\d+)\s+(\d+)\s*$/.exec(root.attributes.get('ttp:cellResolution') ?? '') ?? []
  return {
    width: Number(width) || 0,
    height: Number(height) || 0,
    columns: Number(columns) || 32,
    rows: Number(rows) || 15,
  }
}

/** A length as a percentage of the picture's width or height. */
function percent(length: string, axis: 'width' | 'height', frame: Frame): number | undefined {
  const [, number, unit] = /^([+-]?\d+(?:\.\d+)?)(%|px|c|rw|rh)$/.exec(length) ?? []
  const value = Number(number)
  if (unit === '%' || (unit === 'rw' && axis === 'width') || (unit === 'rh' && axis === 'height'))
    return value
  if (unit === 'px') return frame[axis] > 0 ? (100 * value) / frame[axis] : undefined
  if (unit === 'c') return (100 * value) / (axis === 'width' ? frame.columns : frame.rows)
  return undefined
}

function pair(written: string | undefined, frame: Frame): readonly [number, number] | undefined {
  const [first = '', second = ''] = written?.trim().split(/\s+/) ?? []
  const [x, y] = [percent(first, 'width', frame), percent(second, 'height', frame)]
  return x === undefined || y === undefined ? undefined : [x, y]
}

/** `tts:position` by keywords and two percentages: as much of the room that is left is on that side. */
function positioned(written: string, [width, height]: readonly [number, number]): readonly [number, number] {
  const words = written.trim().split(/\s+/)
  const share: Readonly<Record<string, number>> = { left: 0, top: 0, center: 50, right: 100, bottom: 100 }
  const parts = words.map(word =>
    Object.hasOwn(share, word) ? (share[word] ?? 50) : Number.parseFloat(word),
  )
  const swapped = /^(?:top|bottom)$/.test(words[0] ?? '') || /^(?:left|right)$/.test(words[1] ?? '')
  const [a = 50, b = 50] = swapped ? parts.slice(0, 2).reverse() : parts
  return [((100 - width) * a) / 100, ((100 - height) * b) / 100]
}

const blocks = { before: 'top', center: 'middle', after: 'bottom' } as const
const round = (value: number) => Math.round(value * 1000) / 1000

export function placeOf(region: Look, paragraph: Look, id: string | undefined, frame: Frame): Place {
  const extent = pair(region.get('tts:extent'), frame)
  const position = region.get('tts:position')
  const origin =
    position !== undefined && extent ? positioned(position, extent) : pair(region.get('tts:origin'), frame)
  const box = origin &&
    extent && { x: round(origin[0]), y: round(origin[1]), width: round(extent[0]), height: round(extent[1]) }
  const block =
    Object.entries(blocks).find(([name]) => name === (region.get('tts:displayAlign') ?? 'before'))?.[1] ??
    'top'
  const align = paragraph.get('tts:textAlign') ?? 'start'
  const inline = (['left', 'center', 'right', 'start', 'end'] as const).find(one => one === align) ?? 'start'
  const mode = region.get('tts:writingMode')
  const vertical = mode === 'tbrl' || mode === 'tb' ? 'rl' : mode === 'tblr' ? 'lr' : undefined
  const usual =
    box &&
    box.x === safeArea.x &&
    box.y === safeArea.y &&
    box.width === safeArea.width &&
    box.height === safeArea.height
  return {
    ...(block !== 'bottom' && { block }),
    ...(inline !== 'center' && { inline }),
    ...(vertical && { vertical }),
    ...(box && !usual && { box }),
    ...(id !== undefined && !/^place\d+$/.test(id) && { region: id }),
  }
}
