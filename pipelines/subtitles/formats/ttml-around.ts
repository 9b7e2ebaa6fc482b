/** What paragraphs of TTML get from the elements they stand in, found once for all that stand in the same ones. */
import type { Caption } from '../document.ts'
import type { Path } from './ttml-head.ts'
import { lookAround } from './ttml-look.ts'
import type { Around } from './ttml-stretches.ts'
import type { Look, Sheet } from './ttml-style.ts'
import type { Activity } from './ttml-time.ts'
import type { Element } from './xml.ts'

export type Ancestry = {
  readonly region: Element | undefined
  /** The region, and the elements the paragraph stands in, the outermost first. */
  readonly outer: Path
  /** When all of them are there, in seconds. */
  readonly begin: number
  readonly end: number
  /** Of attributes that are passed on, the nearest. */
  readonly said: ReadonlyMap<string, string>
}
const passedOn = ['region', 'xml:space', 'xml:lang', 'ttm:agent', 'ttm:role']

/** By what a paragraph stands in and the region it names itself. */
export function ancestries(activity: Activity, regions: ReadonlyMap<string, Element>) {
  const known = new WeakMap<Path, Map<string | undefined, Ancestry>>()
  return (path: Path, named: string | undefined): Ancestry => {
    const here = known.get(path) ?? new Map<string | undefined, Ancestry>()
    if (here.size === 0) known.set(path, here)
    const found = here.get(named)
    if (found) return found
    const made = ancestryOf(path, named, activity, regions)
    here.set(named, made)
    return made
  }
}

function ancestryOf(
  path: Path,
  named: string | undefined,
  activity: Activity,
  regions: ReadonlyMap<string, Element>,
): Ancestry {
  const said = new Map<string, string>()
  for (const { attributes } of path)
    for (const name of passedOn) {
      const value = attributes.get(name)
      if (value !== undefined) said.set(name, value)
    }
  const id = named ?? said.get('region')
  const only = regions.size === 1 && id === undefined ? [...regions.values()][0] : undefined
  const region = regions.get(id ?? '') ?? only
  const outer = region ? [region, ...path] : path
  const times = outer.flatMap(one => activity.get(one) ?? [])
  return {
    region,
    outer,
    begin: Math.max(...times.map(({ begin }) => begin)),
    end: Math.min(...times.map(({ end }) => end)),
    said,
  }
}

/** How the region looks, and the nearest element a paragraph stands in; `hidden` when one of them isn't displayed. */
export type Looks = {
  readonly region: Look
  readonly nearest: Look
  readonly hidden: boolean
  /** Where paragraphs of one look stand in it, and what of that look no mark says. */
  readonly stands: WeakMap<Look, Pick<Caption, 'place' | 'beside'>>
}

export function looksIn(around: readonly Around[], inRegion: boolean, sheet: Sheet): Looks {
  let [region, nearest, hidden] = [sheet.initial, sheet.initial, false]
  around.forEach(({ element, sets }, i) => {
    nearest = lookAround(element, nearest, sheet, sets)
    if (inRegion && i === 0) region = nearest
    hidden ||= nearest.get('tts:display') === 'none'
  })
  return { region, nearest, hidden, stands: new WeakMap() }
}
