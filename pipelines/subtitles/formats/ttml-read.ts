/** Timed Text (TTML 1 and 2, IMSC, EBU-TT-D, iTT, the DFXP drafts) as captions: one for every stretch of time a paragraph looks the same. */
import type { LineKind, Ms } from '../../terms.ts'
import {
  type Caption,
  type Document,
  type Named,
  type Part,
  type Reading,
  same,
  textOf,
} from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining } from './format.ts'
import { rowOf, rowsOf } from './rows.ts'
import { agentsOf, besideOf, type Path, paragraphsOf, regionsOf, wordsOf } from './ttml-head.ts'
import { prefixes } from './ttml-names.ts'
import {
  childrenOf,
  frameOf,
  type Look,
  lookOf,
  marksOf,
  noLook,
  placeOf,
  saidBy,
  sheetOf,
} from './ttml-style.ts'
import { readRuns, type Setting } from './ttml-text.ts'
import { activityOf, clockOf, readTime, type TtmlClock } from './ttml-time.ts'
import { type Element, readXml, type Text } from './xml.ts'

const complaints = {
  unclosed: [
    'error',
    'The element is never closed: {}.',
    'It was read as if it ended with the one around it.',
  ],
  unopened: ['error', 'Something is closed that was never opened: {}.', 'It was passed over.'],
  stray: ['warning', 'A < stands where no element begins.', 'It was read as text.'],
  entity: ['warning', 'There is an entity that is not known.', 'It was kept as it is written.'],
  doctype: ['warning', 'There is a document type.', 'It was passed over, with everything it declares.'],
  attributes: ['warning', 'The attributes can not all be read.', 'Those that could were.'],
  deep: ['error', 'Elements stand too deep inside of each other: {}.', 'It was left out.'],
  'root-missing': ['error', 'The file has no element tt.', 'Nothing was read.'],
  'time-odd': ['warning', 'This is no time expression: {}.', 'It was passed over.'],
  'end-missing': [
    'warning',
    'The paragraph never ends.',
    'It ends with the next one, or after five seconds.',
  ],
  'region-unknown': ['note', 'There is no region {}.', 'It was read as if it stood at the bottom.'],
} as const satisfies Complaints<string>

const unending: Ms = 5000
const toMs = (seconds: number): Ms => Math.round(seconds * 1000)

type World = Setting & {
  readonly clock: TtmlClock
  readonly regions: ReadonlyMap<string, Element>
  readonly frame: ReturnType<typeof frameOf>
  readonly complain: (code: keyof typeof complaints, at: number, found?: string) => void
}

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
  const clock = clockOf(root)
  const regions = regionsOf(head)
  const activity = new Map<Element | Text, { begin: number; end: number; base: number }>()
  for (const region of regions.values()) activityOf(region, clock, activity)
  if (body) activityOf(body, clock, activity)
  const language = root.attributes.get('xml:lang') ?? ''
  const world: World = {
    clock,
    regions,
    activity,
    language,
    sheet: sheetOf(head),
    agents: agentsOf(head),
    frame: frameOf(root),
    source: text,
    complain,
  }
  const captions: Caption[] = []
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
  const ends = closing(captions)
  if (ends.size > 0) complain('end-missing', 0)
  const end = (caption: Caption): Caption => ends.get(caption) ?? caption
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
    captions: captions.map(end),
    ...(language !== '' && { language }),
    ...(title && { title }),
    styles: [...world.sheet.styles.values()].map(style => named(style, saidBy(style, world.sheet))),
    regions: [...regions.values()].map(region => {
      const look = lookOf(region, noLook, world.sheet, 0, activity)
      return named(region, look, placeOf(look, look, undefined, world.frame))
    }),
    ...(hasRate && { rate: clock.rate }),
    beside: besideOf(root, text),
    origin: {
      ...origin,
      parts: parts.map(
        ({ raw, caption, also }): Part => ({
          raw,
          ...(caption && { caption: end(caption) }),
          ...(also && { also: also.map(end) }),
        }),
      ),
    },
  }
  return { document, diagnostics }
}

const kinds: Readonly<Record<string, LineKind>> = {
  lyrics: 'song',
  narration: 'narration',
  'x-sign': 'sign',
  'x-note': 'note',
}

function captionsOf(paragraph: Element, path: Path, before: number, world: World): readonly Caption[] {
  const { activity, regions, clock } = world
  const own = activity.get(paragraph)
  if (!own) return []
  for (const name of ['begin', 'end', 'dur']) {
    const written = paragraph.attributes.get(name)
    if (written !== undefined && readTime(written, clock) === undefined)
      world.complain('time-odd', paragraph.start, written)
  }
  const around = [...path.slice(1), paragraph]
  const id = around.map(one => one.attributes.get('region')).findLast(one => one !== undefined)
  const region =
    regions.get(id ?? '') ?? (regions.size === 1 && id === undefined ? [...regions.values()][0] : undefined)
  if (id !== undefined && !region) world.complain('region-unknown', paragraph.start, id)
  const intervals = [...around, ...(region ? [region] : [])].flatMap(one => activity.get(one) ?? [])
  const [begin, end] = [
    Math.max(...intervals.map(one => one.begin)),
    Math.min(...intervals.map(one => one.end)),
  ]
  const edges = new Set([begin])
  for (const node of changesOf(paragraph, [...around, ...(region ? [region] : [])]))
    for (const edge of [activity.get(node)?.begin ?? begin, activity.get(node)?.end ?? begin])
      if (edge > begin && edge < end) edges.add(edge)
  const times = [...edges].sort((a, b) => a - b)
  // Tags between words are kept where the paragraph is one caption only.
  const setting = times.length > 1 ? { ...world, source: undefined } : world
  const found: Caption[] = []
  times.forEach((at, i) => {
    const caption = captionAt(paragraph, path, region, at, setting, world)
    const until = times[i + 1] ?? end
    const last = found.at(-1)
    const [start, stop] = [toMs(at), Number.isFinite(until) ? toMs(until) : Number.POSITIVE_INFINITY]
    if (times.length > 1 && textOf(caption).trim() === '') return
    if (last && last.end === start && same(last.runs, caption.runs) && same(last.place, caption.place))
      found[found.length - 1] = { ...last, end: stop }
    else
      found.push({
        ...caption,
        id: String(before + found.length + 1),
        start,
        end: stop,
        ...(own.base > 0 && { beside: { 'ttml.base': String(own.base) } }),
      })
  })
  return found
}

/** What may change how a paragraph looks while it stands: timed spans, and animations of anything it stands in. */
function changesOf(paragraph: Element, around: readonly Element[]): readonly Element[] {
  const changes: Element[] = around.flatMap(one => childrenOf(one, 'tt:set'))
  const walk = (element: Element) => {
    for (const child of childrenOf(element)) {
      if (child.name === 'tt:set' || ['begin', 'end', 'dur'].some(name => child.attributes.has(name)))
        changes.push(child)
      walk(child)
    }
  }
  walk(paragraph)
  return changes.filter(child => child !== paragraph)
}

function captionAt(
  paragraph: Element,
  path: Path,
  region: Element | undefined,
  at: number,
  setting: Setting,
  { regions, frame, agents }: World,
): Omit<Caption, 'id' | 'start' | 'end'> {
  const look = (element: Element, outer: Look) => lookOf(element, outer, setting.sheet, at, setting.activity)
  const regionLook = region ? look(region, setting.sheet.initial) : setting.sheet.initial
  const own = [...path, paragraph].reduce((outer, element) => look(element, outer), regionLook)
  const nearest = (name: string) =>
    [...path, paragraph].map(one => one.attributes.get(name)).findLast(value => value !== undefined)
  const hidden = own.get('tts:display') === 'none' || own.get('tts:visibility') === 'hidden'
  const runs = hidden
    ? []
    : readRuns(paragraph, own, at, setting, nearest('xml:space') === 'preserve', nearest('xml:lang') ?? '')
  const place =
    regions.size > 0
      ? placeOf(regionLook, own, region?.attributes.get('xml:id'), frame)
      : placeOf(
          new Map([['tts:displayAlign', 'after']]),
          new Map([['tts:textAlign', own.get('tts:textAlign') ?? 'center']]),
          undefined,
          frame,
        )
  const speaker = agents.get(nearest('ttm:agent') ?? '')
  const label = paragraph.attributes.get('xml:id')
  return {
    kind: kindOf(nearest('ttm:role'), own, textOf({ runs })),
    runs,
    ...(speaker !== undefined && speaker !== '' && { speaker }),
    ...(Object.keys(place).length > 0 && { place }),
    ...(label !== undefined && { label }),
  }
}

function kindOf(role: string | undefined, look: Look, text: string): LineKind {
  const found = role?.split(/\s+/).find(one => Object.hasOwn(kinds, one))
  if (found !== undefined) return kinds[found] ?? 'dialogue'
  if (look.get('itts:forcedDisplay') === 'true') return 'sign'
  return isSong(text) ? 'song' : 'dialogue'
}

/** What never ends, ends with the next that begins. */
function closing(captions: readonly Caption[]): ReadonlyMap<Caption, Caption> {
  const starts = captions.map(({ start }) => start).sort((a, b) => a - b)
  return new Map(
    captions
      .filter(({ end }) => !Number.isFinite(end))
      .map(caption => {
        const next = starts.find(start => start > caption.start) ?? Number.POSITIVE_INFINITY
        return [caption, { ...caption, end: Math.min(next, caption.start + unending) }]
      }),
  )
}
