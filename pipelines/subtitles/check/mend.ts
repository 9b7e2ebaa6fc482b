/** Mends: previewed one by one or applied together. A mend that makes any other finding worse is not offered. */
import type { Caption, Document } from '../document.ts'
import { checkerOf, neighbours, type Remark, remarksOf, standing } from './check.ts'
import type { Profile } from './profile.ts'
import type { Scene } from './rule.ts'

export type Mend = {
  readonly remark: Remark
  readonly before: Caption
  readonly after: Caption
  /** The caption that `after` holds beside `before`, and that is gone. */
  readonly joined?: Caption
}

type Around = readonly [Caption | undefined, Caption | undefined]

/** The mend of a finding as it would be applied now, or nothing when there is none that helps without harm. */
export function previewMend(
  document: Document,
  remark: Remark,
  profile: Profile,
  scene: Scene,
): Mend | undefined {
  return previewer(document, profile, scene)(remark)
}

/** The same for many findings of one document, each mended alone. */
export function previewer(
  document: Document,
  profile: Profile,
  scene: Scene,
): (remark: Remark) => Mend | undefined {
  const around = neighbours(document.captions)
  const named = new Map(document.captions.map(caption => [caption.id, caption]))
  const weigh = weigher(profile, scene)
  return remark => {
    const before = named.get(remark.caption)
    const after = before && mendOf(remark, before, around, weigh)
    return before && after && { remark, before, after }
  }
}

/**
 * Applies every mend that helps, until none is left: mending again changes nothing. Every applied mend lessens a
 * finding and worsens none, so it comes to an end. Only findings that are `wanted` are mended; all are weighed.
 */
export function mendAll(
  document: Document,
  profile: Profile,
  scene: Scene,
  wanted: (remark: Remark) => boolean = () => true,
): { readonly document: Document; readonly mends: readonly Mend[] } {
  const checker = checkerOf(profile, scene)
  const weigh = weigher(profile, scene)
  const mends: Mend[] = []
  let now = document
  for (let round = 0; round < rounds; round++) {
    const around = neighbours(now.captions)
    const named = new Map(now.captions.map(caption => [caption.id, caption]))
    const touched = new Set<string>()
    const changed = new Map<string, Caption>()
    for (const remark of checker(now)) {
      // A neighbour of what was changed in this round is looked at anew in the next.
      if (touched.has(remark.caption) || !wanted(remark)) continue
      const before = named.get(remark.caption)
      const after = before && mendOf(remark, before, around, weigh)
      if (!before || !after) continue
      mends.push({ remark, before, after })
      changed.set(before.id, after)
      for (const one of [before, ...(around.get(before) ?? [])]) if (one) touched.add(one.id)
    }
    if (changed.size === 0) break
    now = { ...now, captions: now.captions.map(caption => changed.get(caption.id) ?? caption) }
  }
  return { document: now, mends }
}
/** One caption is mended at most once a round; more rounds than a hundred would be a circle. */
const rounds = 100

type Neighbours = ReadonlyMap<Caption, Around>
type Weigh = (
  caption: Caption,
  previous: Caption | undefined,
  next: Caption | undefined,
) => ReadonlyMap<string, number>

/** How much is wrong with a caption where it stands, by rule; remembered while it stands there. */
export function weigher(profile: Profile, scene: Scene): Weigh {
  const known = new WeakMap<
    Caption,
    {
      readonly previous: Caption | undefined
      readonly next: Caption | undefined
      readonly sums: ReadonlyMap<string, number>
    }
  >()
  return (caption, previous, next) => {
    const before = known.get(caption)
    if (before && before.previous === previous && before.next === next) return before.sums
    const sums = new Map<string, number>()
    for (const { rule, amount } of remarksOf(standing(caption, previous, next), profile, scene))
      sums.set(rule, (sums.get(rule) ?? 0) + amount)
    known.set(caption, { previous, next, sums })
    return sums
  }
}

/** The first way that lessens this finding and worsens nothing, of the caption or of those beside it. */
function mendOf(
  { rule, mended }: Remark,
  before: Caption,
  around: Neighbours,
  weigh: Weigh,
): Caption | undefined {
  const ways = mended?.()
  if (ways === undefined) return undefined
  const [previous, next] = around.get(before) ?? []
  const [outerLeft, outerRight] = [previous && around.get(previous)?.[0], next && around.get(next)?.[1]]
  const place = (caption: Caption) => [
    ...(previous ? [weigh(previous, outerLeft, caption)] : []),
    weigh(caption, previous, next),
    ...(next ? [weigh(next, caption, outerRight)] : []),
  ]
  const was = place(before)
  return [ways].flat().find(after => {
    // One that passes a neighbour has other neighbours, which nobody asked.
    if ((previous && !inOrder(previous, after)) || (next && !inOrder(after, next))) return false
    return harmless(rule, was, place(after))
  })
}

type Sums = ReadonlyMap<string, number>
/** Whether there is less of what is to be mended, and not more of anything else. */
export function harmless(rule: string, before: readonly Sums[], after: readonly Sums[]): boolean {
  const [was, is] = [sum(before), sum(after)]
  return (
    (is.get(rule) ?? 0) < (was.get(rule) ?? 0) &&
    [...is].every(([name, amount]) => amount <= (was.get(name) ?? 0) + 1e-9)
  )
}

const inOrder = (a: Caption, b: Caption): boolean =>
  a.start < b.start || (a.start === b.start && a.end <= b.end)

function sum(parts: readonly Sums[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const part of parts) for (const [name, amount] of part) sums.set(name, (sums.get(name) ?? 0) + amount)
  return sums
}
