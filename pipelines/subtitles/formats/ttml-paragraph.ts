/** A paragraph of Timed Text as captions: one for every stretch of time that it looks the same. */
import type { LineKind, Ms } from '../../terms.ts'
import { type Caption, same, textOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import type { Complaints } from './format.ts'
import { type Ancestry, type ancestries, type Looks, looksIn } from './ttml-around.ts'
import { besideLook } from './ttml-beside.ts'
import type { Path } from './ttml-head.ts'
import { lookOf } from './ttml-look.ts'
import { placeOf } from './ttml-place.ts'
import { type Around, type cutter, type Stretch, still } from './ttml-stretches.ts'
import { type Look, noLook, type Sheet } from './ttml-style.ts'
import { readRuns, type Setting } from './ttml-text.ts'
import { type Activity, readTime, type TtmlClock } from './ttml-time.ts'
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
  'never-shown': [
    'warning',
    'The paragraph comes after one that never ends.',
    'It was left out; it stays in the file.',
  ],
  'changes-many': [
    'warning',
    'What is shown changes too often to be told.',
    'The paragraph was read as one caption with all its words.',
  ],
  picture: [
    'warning',
    'What is shown here is a picture: {}.',
    'It is in no caption; where nothing is edited it stays in the file.',
  ],
  'image-profile': [
    'warning',
    'The file is of a profile of pictures, not of words.',
    'Words that are in it were read; pictures stay in the file alone.',
  ],
  'clock-odd': [
    'warning',
    'Its times are not counted from where the picture begins: {}.',
    'They were read as if they were.',
  ],
  'region-unknown': ['note', 'There is no region {}.', 'It was read as if it stood at the bottom.'],
} as const satisfies Complaints<string>

const toMs = (seconds: number): Ms => Math.round(seconds * 1000)

/** A caption whose end may still be found. */
export type Open = Omit<Caption, 'end'> & { end: Ms }

export type World = Setting & {
  readonly activity: Activity
  readonly stretches: ReturnType<typeof cutter>
  readonly clock: TtmlClock
  readonly ancestry: ReturnType<typeof ancestries>
  /** Of what stands around many paragraphs. */
  readonly looks: WeakMap<readonly Around[], Looks>
  /** Whether a place is said by regions; where there are none, everything stands at the bottom. */
  readonly hasRegions: boolean
  readonly complain: (code: keyof typeof complaints, at: number, found?: string) => void
}

const kinds: Readonly<Record<string, LineKind>> = {
  lyrics: 'song',
  narration: 'narration',
  'x-sign': 'sign',
  'x-note': 'note',
}

const timings = ['begin', 'end', 'dur'] as const

export function captionsOf(paragraph: Element, path: Path, before: number, world: World): readonly Open[] {
  const { activity, clock } = world
  const own = activity.get(paragraph)
  if (!own) return []
  let isTimed = false
  for (const name of timings) {
    const written = paragraph.attributes.get(name)
    if (written === undefined) continue
    isTimed = true
    if (readTime(written, clock) === undefined) world.complain('time-odd', paragraph.start, written)
  }
  // Nothing at no time of its own is no caption: nobody waits for its words.
  if (!isTimed && paragraph.children.length === 0) return []
  const named = paragraph.attributes.get('region')
  const ancestry = world.ancestry(path, named)
  const { region, outer, said } = ancestry
  const id = named ?? said.get('region')
  if (id !== undefined && !region) world.complain('region-unknown', paragraph.start, id)
  const [begin, end] = [Math.max(ancestry.begin, own.begin), Math.min(ancestry.end, own.end)]
  if (!Number.isFinite(begin)) {
    world.complain('never-shown', paragraph.start)
    return []
  }
  const cut = world.stretches(paragraph, outer, { begin, end })
  if (!cut) world.complain('changes-many', paragraph.start)
  const stretches = cut ?? [stillStretch(paragraph, outer, begin, end)]
  // Tags between words are kept where the paragraph is one caption only.
  const setting = stretches.length > 1 ? { ...world, source: undefined } : world
  const found: Open[] = []
  for (const stretch of stretches) {
    const last = found.at(-1)
    const start = toMs(stretch.begin)
    const stop = Number.isFinite(stretch.end) ? toMs(stretch.end) : Number.POSITIVE_INFINITY
    if (stop < start) world.complain('times-backward', paragraph.start, `${start} ${stop}`)
    const id = String(before + found.length + 1)
    const caption = captionIn({ id, start, end: stop }, stretch, ancestry, setting, world, own.base)
    if (stretches.length > 1 && textOf(caption).trim() === '') continue
    if (last && last.end === start && looksSame(last, caption)) last.end = stop
    else found.push(caption)
  }
  return found
}

const looksSame = (a: Caption, b: Caption): boolean =>
  same(a.runs, b.runs) && same(a.place, b.place) && same(a.beside, b.beside)

const stillStretch = (paragraph: Element, outer: Path, begin: number, end: number): Stretch => ({
  begin,
  end,
  paragraph: still(paragraph),
  around: outer.map(element => ({ element, sets: [] })),
})

function captionIn(
  times: Pick<Caption, 'id' | 'start' | 'end'>,
  { paragraph, around }: Stretch,
  { region, said }: Ancestry,
  setting: Setting,
  { hasRegions, agents, looks }: World,
  base: number,
): Open {
  const { sheet } = setting
  const known = looks.get(around)
  const outer = known ?? looksIn(around, region !== undefined, sheet)
  if (!known) looks.set(around, outer)
  const own = lookOf(paragraph, outer.nearest, sheet)
  const hidden = outer.hidden || own.get('tts:display') === 'none'
  const space = nearest('xml:space', paragraph, said) === 'preserve'
  const runs = hidden
    ? []
    : readRuns(paragraph, own, setting, space, nearest('xml:lang', paragraph, said) ?? '')
  const stands = outer.stands.get(own) ?? standIn(own, outer, region, hasRegions, sheet)
  outer.stands.set(own, stands)
  const speaker = agents.get(nearest('ttm:agent', paragraph, said) ?? '')
  const label = paragraph.attributes.get('xml:id')
  return {
    ...times,
    kind: kindOf(nearest('ttm:role', paragraph, said), own, textOf({ runs })),
    runs,
    ...stands,
    ...(speaker !== undefined && speaker !== '' && { speaker }),
    ...(label !== undefined && { label }),
    ...(base > 0 && { beside: { ...stands.beside, 'ttml.base': String(base) } }),
  }
}

const nearest = (name: string, { attributes }: Element, said: Ancestry['said']): string | undefined =>
  attributes.get(name) ?? said.get(name)

/** Where a paragraph of one look stands, and what of that look the model has no word for. */
function standIn(
  own: Look,
  outer: Looks,
  region: Element | undefined,
  hasRegions: boolean,
  { frame }: Sheet,
): Pick<Caption, 'place' | 'beside'> {
  const place = hasRegions
    ? placeOf(outer.region, own, region?.attributes.get('xml:id'), frame)
    : placeOf(atBottom, new Map([['tts:textAlign', own.get('tts:textAlign') ?? 'center']]), undefined, frame)
  const beside = besideLook(region ? outer.region : noLook, own)
  return {
    ...(Object.keys(place).length > 0 && { place }),
    ...(Object.keys(beside).length > 0 && { beside }),
  }
}
const atBottom: Look = new Map([['tts:displayAlign', 'after']])

function kindOf(role: string | undefined, look: Look, text: string): LineKind {
  const found = role?.split(/\s+/).find(one => Object.hasOwn(kinds, one))
  if (found !== undefined) return kinds[found] ?? 'dialogue'
  if (look.get('itts:forcedDisplay') === 'true') return 'sign'
  return isSong(text) ? 'song' : 'dialogue'
}
