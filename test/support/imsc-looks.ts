/** How imscJS says that words look and where they stand, in the words of our own model. */
import type { Document } from '../../pipelines/subtitles/document.ts'
import { type IsdElement, imscDocument, isdAt } from './imsc.ts'

export type WordLook = Readonly<Record<string, unknown>>
type Length = { readonly rw: number; readonly rh: number }

const tts = (element: IsdElement, name: string): unknown =>
  element.styleAttrs[`http://www.w3.org/ns/ttml#styling ${name}`]

function color(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined
  const hex = value.map(part => Number(part).toString(16).padStart(2, '0'))
  return `#${(hex[3] === 'ff' ? hex.slice(0, 3) : hex).join('')}`
}
const painted = (value: unknown): string | undefined => {
  const found = color(value)
  return found === undefined || (found.endsWith('00') && found.length === 9) ? undefined : found
}
const round = (value: number): number => Math.round(value * 10) / 10
const sizeOf = (element: IsdElement): number => (tts(element, 'fontSize') as Length | undefined)?.rh ?? 0

/** Every word that is shown at a time, with how it looks; what is as usual isn't said. */
export function imscLooks(xml: string, at: number): ReadonlyMap<string, WordLook> {
  const found = new Map<string, WordLook>()
  for (const region of isdAt(imscDocument(xml), at).contents) {
    const [origin, extent] = ['origin', 'extent'].map(name => tts(region, name) as { w: Length; h: Length })
    const position = tts(region, 'position') as { w: Length; h: Length } | undefined
    const corner = position ?? origin
    const axis = (length: Length | undefined) => length && round(100 * (length.rw + length.rh))
    const mode = String(tts(region, 'writingMode'))
    const place = {
      block: { before: 'top', center: 'middle', after: 'bottom' }[String(tts(region, 'displayAlign'))],
      vertical: mode === 'tbrl' || mode === 'tb' ? 'rl' : mode === 'tblr' ? 'lr' : undefined,
      box: [axis(corner?.w), axis(corner?.h), axis(extent?.w), axis(extent?.h)],
    }
    const walk = (
      element: IsdElement,
      paragraph: IsdElement | undefined,
      back: string | undefined,
      ruby: string | undefined,
    ): void => {
      const own = element.kind === 'p' ? element : paragraph
      const behind = element.kind === 'span' ? (painted(tts(element, 'backgroundColor')) ?? back) : undefined
      const kind = tts(element, 'ruby')
      if (kind === 'text') return
      const reading =
        kind === 'container'
          ? (element.contents ?? [])
              .filter(one => tts(one, 'ruby') === 'text')
              .map(wordsOf)
              .join('')
          : ruby
      for (const child of element.contents ?? []) walk(child, own, behind, reading)
      const word = element.text?.trim()
      if (!word || !own || tts(element, 'visibility') === 'hidden') return
      const decoration = [tts(element, 'textDecoration')].flat()
      const emphasis = tts(element, 'textEmphasis') as Readonly<Record<string, unknown>> | 'none'
      const outline = tts(element, 'textOutline') as { color: unknown } | 'none'
      const shear = Number(tts(own, 'shear') ?? 0)
      const look = {
        ...place,
        inline: tts(own, 'textAlign'),
        color: color(tts(element, 'color')),
        background: behind,
        italic: /italic|oblique/.test(String(tts(element, 'fontStyle'))),
        bold: tts(element, 'fontWeight') === 'bold',
        underline: decoration.includes('underline'),
        strike: decoration.includes('lineThrough'),
        emphasis: emphasis !== undefined && emphasis !== 'none' && emphasis.style !== 'none',
        upright: tts(element, 'textCombine') === 'all',
        outline: typeof outline === 'object' ? color(outline.color) : undefined,
        size: round((100 * sizeOf(element)) / sizeOf(own)),
        shear,
        ruby: reading,
      }
      for (const one of word.split(/\s+/)) found.set(one, look)
    }
    walk(region, undefined, undefined, undefined)
  }
  return found
}
const wordsOf = (element: IsdElement): string =>
  (element.text ?? '') + (element.contents ?? []).map(wordsOf).join('')

/** The same of captions. */
export function looksOfCaptions(document: Document, at: number): ReadonlyMap<string, WordLook> {
  const found = new Map<string, WordLook>()
  for (const { start, end, runs, place = {} } of document.captions) {
    if (at < start || at >= end) continue
    const {
      block = 'bottom',
      inline = 'center',
      vertical,
      box = { x: 0, y: 0, width: 100, height: 100 },
    } = place
    for (const { text, marks } of runs) {
      const look = {
        block,
        vertical,
        box: [box.x, box.y, box.width, box.height].map(round),
        inline: inline === 'left' ? 'start' : inline === 'right' ? 'end' : inline,
        color: marks.color ?? '#ffffff',
        background: marks.background,
        italic: marks.italic === true,
        bold: marks.bold === true,
        underline: marks.underline === true,
        strike: marks.strike === true,
        emphasis: marks.emphasis !== undefined,
        upright: marks.upright === true,
        outline: marks.outline,
        size: marks.size === undefined ? 100 : round(Number.parseFloat(marks.size)),
        shear: marks.shear ?? 0,
        ruby: marks.ruby?.text,
      }
      for (const one of text.split(/\s+/)) if (one !== '') found.set(one, look)
    }
  }
  return found
}
