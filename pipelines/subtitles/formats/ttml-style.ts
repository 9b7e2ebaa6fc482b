/** Styles of TTML: what is referred to, specified, inherited (TTML2 §8.4, §10.4). */
import type { Marks } from '../document.ts'
import { type Frame, sizeOf } from './ttml-lengths.ts'
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
export const ownOnly = new Set(
  'tts:backgroundColor tts:display tts:displayAlign tts:extent tts:opacity tts:origin tts:overflow tts:padding tts:position tts:ruby tts:showBackground tts:unicodeBidi tts:writingMode tts:zIndex tts:disparity smpte:backgroundImage'.split(
    ' ',
  ),
)

export type Sheet = {
  readonly styles: ReadonlyMap<string, Element>
  readonly frame: Frame
  /** What everything begins with, and what every element begins with again. */
  readonly initial: Look
  readonly initialOwn: Look
  /** What lists of references were found to say. */
  readonly said: Map<string, Look>
  /** How elements that say nothing look inside of a look, and how elements looked the last time they were asked. */
  readonly silent: WeakMap<Look, Look>
  readonly looks: WeakMap<Element, { readonly outer: Look; readonly look: Look }>
  /** Marks of words that look as their paragraph does. */
  readonly marks: WeakMap<Look, Marks>
}

export function sheetOf(head: Element | undefined, frame: Frame): Sheet {
  const styles = new Map<string, Element>()
  const all = new Map<string, string>()
  for (const style of childrenOf(childrenOf(head, 'tt:styling')[0])) {
    const id = style.attributes.get('xml:id')
    if (style.name === 'tt:style' && id !== undefined) styles.set(id, style)
    if (style.name === 'tt:initial') for (const [name, value] of specified(style)) all.set(name, value)
  }
  const size = sizeOf(all.get(fontSize) ?? '1c', 100 / frame.rows, frame) ?? 100 / frame.rows
  all.set(fontSize, `${size}rh`)
  const part = (own: boolean): Look => new Map([...all].filter(([name]) => ownOnly.has(name) === own))
  return {
    styles,
    frame,
    initial: part(false),
    initialOwn: part(true),
    said: new Map(),
    silent: new WeakMap(),
    looks: new WeakMap(),
    marks: new WeakMap(),
  }
}
export const fontSize = 'tts:fontSize'
export const childrenOf = (element: Element | undefined, name?: string): readonly Element[] =>
  element?.children.filter(
    (child): child is Element => isElement(child) && (name === undefined || child.name === name),
  ) ?? []

export function specified({ attributes }: Element): readonly [string, string][] {
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
  for (const id of ids.trim().split(/\s+/).slice(-50)) {
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
