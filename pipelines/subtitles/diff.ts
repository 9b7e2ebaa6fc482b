/** Two tracks held side by side, caption by caption: what came, went, moved, was timed, worded or dressed otherwise. */
import type { Ms } from '../terms.ts'
import { type Caption, type Document, same, textOf } from './document.ts'

/** `moved`: as long as it was, at another time. `retimed`: another length. `style`: marks, place, kind, speaker. */
export type Change = 'moved' | 'retimed' | 'reworded' | 'style'
export type Pair =
  | {
      readonly how: 'same' | 'changed'
      readonly before: Caption
      readonly after: Caption
      readonly changes: readonly Change[]
    }
  | { readonly how: 'added'; readonly after: Caption }
  | { readonly how: 'removed'; readonly before: Caption }

/** Milliseconds that two formats round differently are no difference. */
const slack: Ms = 1
/** Alike texts are looked for among so many of the nearest: a track of a thousand "Yes." is no thousand squared. */
const mostAlike = 32

/** Pairs in the order of the second track; what is gone stands where it was. */
export function diff(
  before: Pick<Document, 'captions'>,
  after: Pick<Document, 'captions'>,
  { tolerance = slack }: { readonly tolerance?: Ms } = {},
): readonly Pair[] {
  const [a, b] = [inOrder(before.captions), inOrder(after.captions)]
  const pairs = new Map<Caption, Caption>(anchors(a, b))
  pairBetween(a, b, pairs)
  const taken = new Set(pairs.values())
  pairStrays(
    a.filter(one => !pairs.has(one)),
    b.filter(one => !taken.has(one)),
    pairs,
  )
  const sources = new Map([...pairs].map(([one, other]) => [other, one]))
  const rows: Pair[] = []
  let at = 0
  for (const one of b) {
    const source = sources.get(one)
    for (; at < a.length; at++) {
      const old = a[at]
      if (!old || (source ? old === source : old.start > one.start)) break
      if (!pairs.has(old)) rows.push({ how: 'removed', before: old })
      else if (source) break
    }
    if (a[at] === source) at++
    rows.push(source ? compared(source, one, tolerance) : { how: 'added', after: one })
  }
  const told = new Set(rows.flatMap(row => (row.how === 'removed' ? [row.before] : [])))
  for (const old of a) if (!pairs.has(old) && !told.has(old)) rows.push({ how: 'removed', before: old })
  return rows
}

const inOrder = (captions: readonly Caption[]) =>
  captions.toSorted((x, y) => x.start - y.start || x.end - y.end)
const keyOf = (caption: Caption): string => textOf(caption).normalize('NFC').replace(/\s+/g, ' ').trim()

function compared(before: Caption, after: Caption, tolerance: Ms): Pair {
  const off = (x: Ms, y: Ms) => Math.abs(x - y) > tolerance
  const [begins, ends] = [off(before.start, after.start), off(before.end, after.end)]
  const longer = off(before.end - before.start, after.end - after.start)
  const reworded = textOf(before) !== textOf(after)
  const changes: Change[] = []
  if ((begins || ends) && longer) changes.push('retimed')
  else if (begins) changes.push('moved')
  if (reworded) changes.push('reworded')
  if (dressedOtherwise(before, after, reworded)) changes.push('style')
  return { how: changes.length === 0 ? 'same' : 'changed', before, after, changes }
}

function dressedOtherwise(before: Caption, after: Caption, reworded: boolean): boolean {
  const about = ['place', 'kind', 'speaker', 'style', 'layer', 'rights'] as const
  if (about.some(name => !same(before[name], after[name]))) return true
  // Where the words differ, marks are held against each other by what is worn, not where.
  const worn = ({ runs }: Caption) =>
    [...new Set(runs.map(({ marks, kept }) => JSON.stringify([marks, kept])))].sort()
  return reworded ? !same(worn(before), worn(after)) : !same(before.runs, after.runs)
}

/** The longest run of captions with the same words in the same order (patience; n log n). */
function anchors(a: readonly Caption[], b: readonly Caption[]): readonly (readonly [Caption, Caption])[] {
  const places = new Map<string, number[]>()
  b.forEach((caption, i) => {
    const key = keyOf(caption)
    const list = places.get(key)
    if (list) list.push(i)
    else places.set(key, [i])
  })
  type Link = { readonly a: number; readonly b: number; readonly before: Link | undefined }
  const tops: Link[] = []
  a.forEach((caption, i) => {
    const list = places.get(keyOf(caption)) ?? []
    for (const j of nearest(list, i)) {
      const at = firstAtLeast(tops, j)
      tops[at] = { a: i, b: j, before: at > 0 ? tops[at - 1] : undefined }
    }
  })
  const found: [Caption, Caption][] = []
  for (let link = tops.at(-1); link; link = link.before) {
    const [one, other] = [a[link.a], b[link.b]]
    if (one && other) found.push([one, other])
  }
  return found.reverse()
}

/** From the last to the first, so that one caption is taken once. */
const nearest = (places: readonly number[], at: number): readonly number[] =>
  (places.length <= mostAlike
    ? [...places]
    : places.toSorted((x, y) => Math.abs(x - at) - Math.abs(y - at)).slice(0, mostAlike)
  ).sort((x, y) => y - x)

function firstAtLeast(tops: readonly { readonly b: number }[], value: number): number {
  let [low, high] = [0, tops.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle]?.b ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Between two anchors, captions that stand at the same time, by their neighbours' clock, are one reworded. */
function pairBetween(a: readonly Caption[], b: readonly Caption[], pairs: Map<Caption, Caption>): void {
  const taken = new Set(pairs.values())
  let [offset, from] = [0, 0]
  const free = b.filter(one => !taken.has(one))
  for (const one of a) {
    const twin = pairs.get(one)
    if (twin) {
      offset = twin.start - one.start
      continue
    }
    const shared = (other: Caption) =>
      Math.min(one.end + offset, other.end) - Math.max(one.start + offset, other.start)
    while (from < free.length && (free[from]?.end ?? 0) < one.start + offset - longestCaption) from++
    let best: Caption | undefined
    for (let i = from; i < free.length; i++) {
      const other = free[i]
      if (!other || other.start >= one.end + offset) break
      if (!taken.has(other) && shared(other) > 0 && (!best || shared(other) > shared(best))) best = other
    }
    if (best && 2 * shared(best) >= Math.min(one.end - one.start, best.end - best.start)) {
      pairs.set(one, best)
      taken.add(best)
    }
  }
}
const longestCaption: Ms = 60_000

/** The same words elsewhere in another order are the same caption, moved. */
function pairStrays(a: readonly Caption[], b: readonly Caption[], pairs: Map<Caption, Caption>): void {
  const byText = new Map<string, Caption[]>()
  for (const one of b) byText.set(keyOf(one), [...(byText.get(keyOf(one)) ?? []), one])
  for (const one of a) {
    const other = byText.get(keyOf(one))?.shift()
    if (other && keyOf(one) !== '') pairs.set(one, other)
  }
}
