/** Timed Text (TTML 1 and 2, IMSC, EBU-TT-D, iTT, the DFXP drafts) as captions: one for every stretch of time a paragraph looks the same. */
import type { Ms } from '../../terms.ts'
import type { Document, Named, Part, Reading } from '../document.ts'
import { complaining } from './format.ts'
import { rowOf, rowsOf } from './rows.ts'
import { ancestries } from './ttml-around.ts'
import { agentsOf, besideOf, oddities, paragraphsOf, picturesOf, regionsOf, wordsOf } from './ttml-head.ts'
import { frameOf } from './ttml-lengths.ts'
import { lookOf } from './ttml-look.ts'
import { marksOf } from './ttml-marks.ts'
import { prefixes } from './ttml-names.ts'
import { captionsOf, complaints, type Open, type World } from './ttml-paragraph.ts'
import { placeOf } from './ttml-place.ts'
import { cutter, roomFor } from './ttml-stretches.ts'
import { childrenOf, type Look, noLook, saidBy, sheetOf } from './ttml-style.ts'
import { activityOf, clockOf } from './ttml-time.ts'
import { type Element, readXml, type Text } from './xml.ts'

const unending: Ms = 5000
export function readTtml(text: string, format: string): Reading {
  const { diagnostics, complain: say } = complaining(complaints)
  const rows = rowsOf(text)
  const complain: World['complain'] = (code, at, found) => {
    const row = rowOf(rows, at)
    say(code, row + 1, at - (rows.starts[row] ?? 0) + 1, found)
  }
  const { root, faults } = readXml(text, prefixes)
  for (const { code, at, found } of faults) complain(code, at, found)
  const origin = { format, encoding: 'utf-8', bom: false, newline: rows.newline }
  if (root?.name !== 'tt:tt') {
    complain('root-missing', 0)
    return {
      document: { captions: [], origin: { ...origin, parts: text === '' ? [] : [{ raw: text }] } },
      diagnostics,
    }
  }
  const head = childrenOf(root, 'tt:head')[0]
  const body = childrenOf(root, 'tt:body')[0]
  for (const [code, found] of oddities(root)) complain(code, root.start, found)
  for (const { at, called } of body ? picturesOf(body) : []) complain('picture', at, called)
  const clock = clockOf(root)
  const regions = regionsOf(head)
  const activity = new Map<Element | Text, { begin: number; end: number; base: number }>()
  for (const region of regions.values()) activityOf(region, clock, activity)
  if (body) activityOf(body, clock, activity)
  const language = root.attributes.get('xml:lang') ?? ''
  const world: World = {
    clock,
    activity,
    ancestry: ancestries(activity, regions),
    looks: new WeakMap(),
    hasRegions: regions.size > 0,
    stretches: cutter(activity, roomFor(text.length)),
    language,
    sheet: sheetOf(head, frameOf(root)),
    agents: agentsOf(head),
    source: text,
    complain,
  }
  const captions: Open[] = []
  const parts: Part[] = []
  let from = 0
  for (const { paragraph, path } of body ? paragraphsOf(body, [root]) : []) {
    const read = captionsOf(paragraph, path, captions.length, world)
    const [caption, ...also] = read
    if (!caption) continue
    captions.push(...read)
    if (paragraph.start > from) parts.push({ raw: text.slice(from, paragraph.start) })
    const raw = text.slice(paragraph.start, paragraph.end)
    parts.push(also.length > 0 ? { raw, caption, also } : { raw, caption })
    from = paragraph.end
  }
  if (from < text.length) parts.push({ raw: text.slice(from) })
  if (close(captions)) complain('end-missing', 0)
  const named = (element: Element, look: Look, place?: Named['place']): Named => ({
    name: element.attributes.get('xml:id') ?? '',
    marks: marksOf(look, noLook),
    ...(place && { place }),
  })
  const title = childrenOf(head, 'tt:metadata')
    .concat(head ?? [])
    .flatMap(one => childrenOf(one, 'ttm:title'))
    .map(wordsOf)[0]
  const hasRate = root.attributes.has('ttp:frameRate')
  const document: Document = {
    captions,
    ...(language !== '' && { language }),
    ...(title && { title }),
    styles: [...world.sheet.styles.values()].map(style => named(style, saidBy(style, world.sheet))),
    regions: [...regions.values()].map(region => {
      const look = lookOf(region, world.sheet.initial, world.sheet, [])
      return named(region, look, placeOf(look, look, undefined, world.sheet.frame))
    }),
    ...(hasRate && { rate: clock.rate }),
    beside: besideOf(root, text),
    origin: { ...origin, parts },
  }
  return { document, diagnostics }
}

/** What never ends, ends with the next that begins. Whether anything didn't. */
function close(captions: readonly Open[]): boolean {
  const open = captions.filter(({ end }) => !Number.isFinite(end))
  if (open.length === 0) return false
  const starts = [...new Set(captions.map(({ start }) => start))].sort((a, b) => a - b)
  const next = new Map(starts.map((start, i) => [start, starts[i + 1] ?? Number.POSITIVE_INFINITY]))
  for (const caption of open)
    caption.end = Math.min(next.get(caption.start) ?? caption.start, caption.start + unending)
  return true
}
