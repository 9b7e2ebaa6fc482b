/** A paragraph of Timed Text as captions: one for every stretch of time that it looks the same. */
import type { LineKind, Ms } from '../../terms.ts'
import { type Caption, same, textOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import type { Complaints } from './format.ts'
import type { Path } from './ttml-head.ts'
import { childrenOf, type frameOf, type Look, lookOf, placeOf } from './ttml-style.ts'
import { readRuns, type Setting } from './ttml-text.ts'
import { readTime, type TtmlClock } from './ttml-time.ts'
import type { Element } from './xml.ts'
import { xmlComplaints } from './xml-faults.ts'

export const complaints = {
  ...xmlComplaints,
  'root-missing': ['error', 'The file has no element tt.', 'Nothing was read.'],
  'time-odd': ['warning', 'This is no time expression: {}.', 'It was passed over.'],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'end-missing': [
    'warning',
    'The paragraph never ends.',
    'It ends with the next one, or after five seconds.',
  ],
  'region-unknown': ['note', 'There is no region {}.', 'It was read as if it stood at the bottom.'],
} as const satisfies Complaints<string>

const toMs = (seconds: number): Ms => Math.round(seconds * 1000)

export type World = Setting & {
  readonly clock: TtmlClock
  readonly regions: ReadonlyMap<string, Element>
  readonly frame: ReturnType<typeof frameOf>
  readonly complain: (code: keyof typeof complaints, at: number, found?: string) => void
}

const kinds: Readonly<Record<string, LineKind>> = {
  lyrics: 'song',
  narration: 'narration',
  'x-sign': 'sign',
  'x-note': 'note',
}

export function captionsOf(paragraph: Element, path: Path, before: number, world: World): readonly Caption[] {
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
    if (stop < start) world.complain('times-backward', paragraph.start, `${start} ${stop}`)
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
