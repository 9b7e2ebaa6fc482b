/** The stretches of time in which a paragraph looks the same, and what of it is there in each. */
import { childrenOf } from './ttml-style.ts'
import type { Active, Activity } from './ttml-time.ts'
import { type Element, isElement, type Text } from './xml.ts'

/** An element something stands in, with those of its animations that go on. */
export type Around = { readonly element: Element; readonly sets: readonly Element[] }
/** `paragraph` holds only what is active from `begin` to `end`, in seconds. */
export type Stretch = {
  readonly begin: number
  readonly end: number
  readonly paragraph: Element
  readonly around: readonly Around[]
}

/**
 * How many nodes may be read in all stretches of all paragraphs together. A thousand words that come one by one and
 * stay make half a million: a file of nothing else would take the square of its length.
 */
export const roomFor = (length: number): number => 30_000 + length / 3

type TimesOf = (node: Element | Text) => Active | undefined

/** What paragraphs stand in from `begin` to `until`. */
type Held = {
  readonly begin: number
  readonly until: number
  readonly around: readonly Around[]
  /** Animations that begin or end in between. */
  readonly moving: readonly Element[]
  /** Nothing there is ever animated. */
  readonly quiet: boolean
}

/** Cuts paragraphs of one document; `undefined` for one that changes more often than there is room for. */
export function cutter(known: Activity, room: number) {
  // Elements with fewer children than in the file are as active as they were there.
  const copies = new WeakMap<Element, Active>()
  const timesOf: TimesOf = node => (isElement(node) ? copies.get(node) : undefined) ?? known.get(node)
  const copied = (from: Element, to: Element): void => {
    const active = timesOf(from)
    if (active) copies.set(to, active)
  }
  const narrowed = (element: Element, begin: number, end: number): Element =>
    kept(element, child => isDuring(timesOf(child), begin, end), copied)
  const animations = new Map<Element, Animations>()
  /** What the last paragraph there stood in: most stand in the same, and share how that looks. */
  const before = new WeakMap<readonly Element[], Held>()
  let left = room
  const heldIn = (around: readonly Element[], begin: number, until: number): Held => {
    const last = before.get(around)
    if (last && (last.quiet || (last.begin === begin && last.until === until))) return last
    const held = around.map((element): Around => {
      const own = animations.get(element) ?? animationsOf(element, timesOf)
      animations.set(element, own)
      return { element, sets: during(own, begin, until, () => --left > 0) }
    })
    const isSame = last && held.every(({ sets }, i) => sameElements(sets, last.around[i]?.sets))
    const next: Held = {
      begin,
      until,
      around: isSame ? last.around : held,
      moving: held.flatMap(({ sets }) => sets).filter(set => isChange(timesOf(set), begin, until)),
      quiet: around.every(element => animations.get(element)?.sets.length === 0),
    }
    before.set(around, next)
    return next
  }
  return (
    paragraph: Element,
    around: readonly Element[],
    { begin, end }: Pick<Active, 'begin' | 'end'>,
  ): readonly Stretch[] | undefined => {
    const until = end > begin ? end : begin + 0.001
    const { around: held, moving } = heldIn(around, begin, until)
    if (left <= 0) return undefined
    const inside = timedIn(paragraph)
    const changes = moving.length > 0 ? [...moving, ...inside] : inside
    if (changes.length === 0) return [{ begin, end, paragraph, around: held }]
    const edges = edgesOf(changes, timesOf, begin, until)
    const cost = weigh(paragraph, held, edges, timesOf)
    if (edges.length > 2) left -= cost
    if (left <= 0) return undefined
    const stretches: Stretch[] = []
    const cut = (of: Pick<Stretch, 'paragraph' | 'around'>, low: number, high: number): void => {
      const [from, to] = [edges[low] ?? begin, edges[high] ?? until]
      if (high - low === 1) {
        stretches.push({ ...of, begin: from, end: high === edges.length - 1 ? end : to })
        return
      }
      const middle = (low + high) >> 1
      for (const [a, b] of [
        [low, middle],
        [middle, high],
      ] as const) {
        const [start, stop] = [edges[a] ?? begin, edges[b] ?? until]
        cut(
          {
            paragraph: narrowed(of.paragraph, start, stop),
            around: of.around.map(({ element, sets }) => ({
              element,
              sets: sets.filter(one => isDuring(known.get(one), start, stop)),
            })),
          },
          a,
          b,
        )
      }
    }
    cut({ paragraph: narrowed(paragraph, begin, until), around: held }, 0, edges.length - 1)
    return stretches
  }
}

const sameElements = (a: readonly Element[], b: readonly Element[] = []): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

/** A paragraph with all its words, whenever they come, and nothing that is animated. */
export const still = (paragraph: Element): Element =>
  kept(paragraph, child => !isElement(child) || child.name !== 'tt:set')

/** Whether it begins or ends in between. */
const isChange = (active: Active | undefined, begin: number, end: number): boolean =>
  active !== undefined && (active.begin > begin || active.end < end)

const isDuring = (active: Active | undefined, begin: number, end: number): boolean =>
  active === undefined || (active.begin < active.end && active.begin < end && active.end > begin)

/** An element with some of what it holds; the very same where it is all of it. */
function kept(
  element: Element,
  keep: (child: Element | Text) => boolean,
  copied: (from: Element, to: Element) => void = () => {},
): Element {
  const children: (Element | Text)[] = []
  let isWhole = true
  for (const child of element.children) {
    const held = !keep(child)
      ? undefined
      : isElement(child) && child.children.length > 0
        ? kept(child, keep, copied)
        : child
    if (held !== child) isWhole = false
    if (held) children.push(held)
  }
  if (isWhole) return element
  const copy = { ...element, children }
  copied(element, copy)
  return copy
}

/** What has times of its own, by an attribute or by its turn, and animations. */
function timedIn(element: Element, found: (Element | Text)[] = []): (Element | Text)[] {
  const inTurn = element.attributes.get('timeContainer') === 'seq'
  for (const child of element.children) {
    if (!isElement(child)) {
      if (inTurn) found.push(child)
      continue
    }
    const { name, attributes } = child
    const timed = attributes.has('begin') || attributes.has('end') || attributes.has('dur')
    if (inTurn || timed || name === 'tt:set') found.push(child)
    timedIn(child, found)
  }
  return found
}

function edgesOf(
  changes: readonly (Element | Text)[],
  timesOf: TimesOf,
  begin: number,
  end: number,
): number[] {
  const edges = new Set([begin, end])
  for (const change of changes) {
    const active = timesOf(change)
    if (!active || active.end <= active.begin) continue
    for (const edge of [active.begin, active.end]) if (edge > begin && edge < end) edges.add(edge)
  }
  return [...edges].sort((a, b) => a - b)
}

/** In how many stretches the nodes are, taken together. */
function weigh(
  paragraph: Element,
  around: readonly Around[],
  edges: readonly number[],
  timesOf: TimesOf,
): number {
  const count = (node: Element | Text, low: number, high: number): number => {
    const { begin, end } = timesOf(node) ?? { begin: low, end: high }
    const [from, to] = [Math.max(low, begin), Math.min(high, end)]
    if (to <= from) return 1
    const own = below(edges, to) - below(edges, from)
    return isElement(node) ? node.children.reduce((sum, child) => sum + count(child, from, to), own) : own
  }
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  return [paragraph, ...around.flatMap(({ sets }) => sets)].reduce(
    (sum, node) => sum + count(node, low, high),
    0,
  )
}

/** How many of sorted numbers are below one. */
function below(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** By their beginning; `latest` are the latest ends of those so far. */
type Animations = {
  readonly sets: readonly { readonly set: Element; readonly end: number }[]
  readonly begins: readonly number[]
  readonly latest: readonly number[]
}

function animationsOf(element: Element, timesOf: TimesOf): Animations {
  const sets = childrenOf(element, 'tt:set')
    .flatMap(set => {
      const { begin = 0, end = 0 } = timesOf(set) ?? {}
      return begin < end ? [{ set, begin, end }] : []
    })
    .sort((a, b) => a.begin - b.begin)
  let last = Number.NEGATIVE_INFINITY
  const latest = sets.map(({ end }) => {
    last = Math.max(last, end)
    return last
  })
  return { sets, begins: sets.map(({ begin }) => begin), latest }
}

/** The animations that go on in a stretch, in their document's order. `more` is asked at every step. */
function during(
  { sets, begins, latest }: Animations,
  begin: number,
  end: number,
  more: () => boolean,
): readonly Element[] {
  const found: Element[] = []
  for (let at = below(begins, end) - 1; at >= 0 && (latest[at] ?? 0) > begin && more(); at--) {
    const one = sets[at]
    if (one && one.end > begin) found.push(one.set)
  }
  return found.sort((a, b) => a.start - b.start)
}
