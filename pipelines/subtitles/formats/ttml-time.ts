/** When elements of TTML are active: time expressions (TTML2 §12.3) and containers in parallel and in sequence (§12.4). */
import type { Rate } from '../../terms.ts'
import { type Element, isElement, type Text } from './xml.ts'

export type TtmlClock = {
  readonly rate: Rate
  /** Frames a second that time codes count. */
  readonly counted: number
  readonly ticks: number
  readonly smpte: boolean
  readonly drop: 'nonDrop' | 'dropNTSC' | 'dropPAL'
}

export function clockOf(root: Element): TtmlClock {
  const given = Number.parseInt(root.attributes.get('ttp:frameRate') ?? '', 10)
  const counted = given > 0 && given < 1e6 ? given : 30
  const [, times = '1', over = '1'] =
    /^\s*(\d{1,9})[\s:](\d{1,9})\s*$/.exec(root.attributes.get('ttp:frameRateMultiplier') ?? '') ?? []
  const [num, den] = [counted * Math.max(1, Number(times)), Math.max(1, Number(over))]
  const ticks = Number.parseInt(root.attributes.get('ttp:tickRate') ?? '', 10)
  const drop = root.attributes.get('ttp:dropMode')
  return {
    rate: { num, den },
    counted,
    ticks: ticks > 0 ? ticks : given > 0 ? num / den : 1,
    smpte: root.attributes.get('ttp:timeBase') === 'smpte',
    drop: drop === 'dropNTSC' || drop === 'dropPAL' ? drop : 'nonDrop',
  }
}

const expression =
  /^(?:(\d{2,9}):(\d\d):(\d\d)(?:(\.\d{1,20})|:(\d{2,9})(?:\.\d{1,9})?)?|(\d{1,15}(?:\.\d{1,20})?)(h|m|s|ms|f|t))$/

/** Seconds, or nothing for what is no time expression. */
export function readTime(
  written: string,
  { rate, counted, ticks, smpte, drop }: TtmlClock,
): number | undefined {
  const found = expression.exec(written.trim())
  if (!found) return undefined
  const [, hours, minutes, seconds, fraction, frames, offset, metric] = found
  const fps = rate.num / rate.den
  if (offset !== undefined) {
    const metrics: Readonly<Record<string, number>> = {
      h: 3600,
      m: 60,
      s: 1,
      ms: 1 / 1000,
      f: 1 / fps,
      t: 1 / ticks,
    }
    const unit = metrics[metric ?? ''] ?? 1
    // Division keeps what multiplication by an inverse would round.
    return metric === 'ms'
      ? Number(offset) / 1000
      : metric === 'f'
        ? Number(offset) / fps
        : metric === 't'
          ? Number(offset) / ticks
          : Number(offset) * unit
  }
  const whole = Number(hours) * 3600 + Number(minutes) * 60
  if (frames === undefined) return whole + Number.parseFloat(`${seconds}${fraction ?? ''}`)
  if (!smpte) return whole + Number(seconds) + Number(frames) / fps
  const count =
    (whole + Number(seconds)) * counted + Number(frames) - dropped(Number(hours) * 60 + Number(minutes), drop)
  return (count * rate.den) / rate.num
}

/** Frame numbers that were never used: two at every minute but each tenth (NTSC), four at every other minute (PAL). */
function dropped(minutes: number, drop: TtmlClock['drop']): number {
  if (drop === 'dropNTSC') return 2 * (minutes - Math.floor(minutes / 10))
  if (drop === 'dropPAL') return 4 * (Math.floor(minutes / 2) - Math.floor(minutes / 20))
  return 0
}

/** In seconds; `base` is what its own `begin` and `end` count from. */
export type Active = { readonly begin: number; readonly end: number; readonly base: number }
export type Activity = ReadonlyMap<Element | Text, Active>

const timed = new Set(['tt:body', 'tt:div', 'tt:p', 'tt:span', 'tt:br', 'tt:region', 'tt:set', 'tt:image'])

/** The active intervals of an element and of everything inside it. */
export function activityOf(
  element: Element,
  clock: TtmlClock,
  into = new Map<Element | Text, Active>(),
): Map<Element | Text, Active> {
  resolve(element, undefined, undefined, clock, into)
  return into
}

const inSequence = (element: Element | undefined): boolean =>
  element?.attributes.get('timeContainer') === 'seq'

function resolve(
  node: Element | Text,
  parent: Element | undefined,
  before: Active | undefined,
  clock: TtmlClock,
  into: Map<Element | Text, Active>,
): Active {
  const base = inSequence(parent) && before ? before.end : parent ? (into.get(parent)?.begin ?? 0) : 0
  const explicitEnd = timeIn(node, 'end', clock)
  const explicitDur = timeIn(node, 'dur', clock)
  const begin = base + (timeIn(node, 'begin', clock) ?? 0)
  const active = { begin, end: begin, base }
  into.set(node, active)
  const implicit = isElement(node)
    ? implicitEnd(node, begin, inSequence(parent), clock, into)
    : inSequence(parent)
      ? begin
      : Number.POSITIVE_INFINITY
  const byDur = explicitDur === undefined ? undefined : begin + explicitDur
  const byEnd = explicitEnd === undefined ? undefined : base + explicitEnd
  active.end =
    byDur !== undefined && byEnd !== undefined ? Math.min(byDur, byEnd) : (byDur ?? byEnd ?? implicit)
  return active
}

function timeIn(node: Element | Text, name: string, clock: TtmlClock): number | undefined {
  const written = isElement(node) ? node.attributes.get(name) : undefined
  return written === undefined ? undefined : readTime(written, clock)
}

/** Of what has no end of its own: that of its contents, or none. */
function implicitEnd(
  element: Element,
  begin: number,
  sequential: boolean,
  clock: TtmlClock,
  into: Map<Element | Text, Active>,
): number {
  let end = begin
  let before: Active | undefined
  const seq = inSequence(element)
  for (const child of contentsOf(element)) {
    before = resolve(child, element, before, clock, into)
    end = seq ? before.end : Math.max(end, before.end)
  }
  // A picture lasts as long as what it stands in lets it.
  if (!seq && element.attributes.has('smpte:backgroundImage')) return Number.POSITIVE_INFINITY
  if (holds(element)) return end
  return sequential ? begin : Number.POSITIVE_INFINITY
}

const containers = /^(?:container|textContainer|baseContainer)$/
const isSet = (child: Element | Text): boolean => isElement(child) && child.name === 'tt:set'

/** Animations come first; words count in paragraphs and spans alone, and are the span itself where it holds nothing else. */
function contentsOf(element: Element): readonly (Element | Text)[] {
  if (element.children.length === 0) return element.children
  const words =
    element.name === 'tt:p' ||
    (element.name === 'tt:span' &&
      !isWords(element) &&
      !containers.test(element.attributes.get('tts:ruby') ?? ''))
  const inside = element.children.filter(child => (isElement(child) ? timed.has(child.name) : words))
  const sets = inside.filter(isSet)
  return element.name === 'tt:region' ? sets : [...sets, ...inside.filter(child => !isSet(child))]
}

/** Whether an element ends with what it holds. A span of nothing but words lasts as words do. */
const holds = (element: Element): boolean =>
  element.name === 'tt:span'
    ? !isWords(element)
    : element.name === 'tt:body' || element.name === 'tt:div' || element.name === 'tt:p'

/** Words that a comment, an animation or somebody else's element cuts in two are still only words. */
function isWords({ name, children }: Element): boolean {
  if (name !== 'tt:span') return false
  const inside = children.filter(child => !isElement(child) || (timed.has(child.name) && !isSet(child)))
  return inside.length > 0 && !inside.some(isElement)
}
