/** Captions against a profile: every finding with its rule, place, figures, clause and, where there is one, its mend. */

import { fill } from '../../problem.ts'
import type { Finding } from '../../terms.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import type { Profile } from './profile.ts'
import type { Found, Mended, Rule, Scene, Standing } from './rule.ts'
import { rules } from './rules.ts'

export type Remark = Finding & {
  readonly caption: string
  readonly clause: string
  readonly amount: number
  readonly at?: { readonly from: number; readonly to: number }
  /** How the caption could be mended. Whether that makes anything else worse, `mend.ts` looks. */
  readonly mended?: () => Mended
}

/** Which captions wait for each other: what is said or told, and what is sung. Signs and notes stand where they must. */
const laneOf = ({ kind, twin }: Caption): string | undefined =>
  kind === 'sign' || kind === 'note' ? undefined : kind === 'song' ? `song ${twin ?? ''}` : 'speech'

/**
 * A checker that remembers: a caption that is the very same value, between the very same neighbours, is not looked at
 * again. So checking after an edit costs what was edited.
 */
export function checkerOf(
  profile: Profile,
  scene: Scene,
): (document: Pick<Document, 'captions'>) => readonly Remark[] {
  type Known = {
    readonly previous: Caption | undefined
    readonly next: Caption | undefined
    readonly remarks: readonly Remark[]
  }
  const known = new WeakMap<Caption, Known>()
  return ({ captions }) => {
    const around = neighbours(captions)
    return captions.flatMap(caption => {
      const [previous, next] = around.get(caption) ?? []
      const before = known.get(caption)
      if (before && before.previous === previous && before.next === next) return before.remarks
      const remarks = remarksOf(standing(caption, previous, next), profile, scene)
      known.set(caption, { previous, next, remarks })
      return remarks
    })
  }
}

export const check = (
  document: Pick<Document, 'captions'>,
  profile: Profile,
  scene: Scene,
): readonly Remark[] => checkerOf(profile, scene)(document)

export function standing(
  caption: Caption,
  previous: Caption | undefined,
  next: Caption | undefined,
): Standing {
  const text = textOf(caption)
  return { caption, text, rows: text.split('\n'), previous, next }
}

export function remarksOf(place: Standing, profile: Profile, scene: Scene): readonly Remark[] {
  const remarks: Remark[] = []
  for (const rule of rules) {
    if (rule.kinds && !rule.kinds.includes(place.caption.kind)) continue
    for (const found of rule.find(place, profile, scene))
      remarks.push(remark(rule, found, place.caption, profile))
  }
  return remarks
}

function remark(
  { name, severity, says, mend, clause }: Rule,
  found: Found,
  { id, start, end }: Caption,
  profile: Profile,
): Remark {
  const { figures = {}, amount = 1, at, mended } = found
  return {
    rule: name,
    severity,
    caption: id,
    place: { span: { start, end }, language: profile.language },
    figures,
    says: fill(says, figures),
    mend: fill(mend, figures),
    clause: `${profile.clause}: ${clause}`,
    amount,
    ...(at && { at }),
    ...(mended && { mended }),
  }
}

/** Each caption with the one before and the one after it, by time, in its lane. */
export function neighbours(
  captions: readonly Caption[],
): ReadonlyMap<Caption, readonly [Caption | undefined, Caption | undefined]> {
  const lanes = new Map<string, Caption[]>()
  for (const caption of captions) {
    const lane = laneOf(caption)
    if (lane === undefined) continue
    const list = lanes.get(lane)
    if (list) list.push(caption)
    else lanes.set(lane, [caption])
  }
  const around = new Map<Caption, readonly [Caption | undefined, Caption | undefined]>()
  for (const list of lanes.values()) {
    if (!inOrder(list)) list.sort((a, b) => a.start - b.start || a.end - b.end)
    list.forEach((caption, i) => void around.set(caption, [list[i - 1], list[i + 1]]))
  }
  return around
}
const inOrder = (list: readonly Caption[]): boolean =>
  list.every((caption, i) => i === 0 || (list[i - 1]?.start ?? 0) <= caption.start)
