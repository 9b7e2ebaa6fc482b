/**
 * Two captions made one, where the first is too short or the second comes too soon and no other mend helped. Whoever
 * approves captions one by one does not want it: it is for files, and done only where it was asked for.
 */
import { type Caption, type Document, plain, type Run, same, textOf, tidy } from '../document.ts'
import { checkerOf, neighbours, type Remark } from './check.ts'
import { harmless, type Mend, mendAll, weigher } from './mend.ts'
import type { Profile } from './profile.ts'
import type { Scene } from './rule.ts'

/** What joining can mend. */
const joinable = new Set(['too-short', 'gap-short', 'overlap'])

/** As `mendAll`, and then joins; what was joined is mended again, until there is nothing left to do. */
export function joinAll(
  document: Document,
  profile: Profile,
  scene: Scene,
  wanted: (remark: Remark) => boolean = () => true,
): { readonly document: Document; readonly mends: readonly Mend[] } {
  const mends: Mend[] = []
  let now = document
  for (;;) {
    const mended = mendAll(now, profile, scene, wanted)
    const joined = joinOnce(mended.document, profile, scene, wanted)
    mends.push(...mended.mends, ...joined.mends)
    now = joined.document
    // Every join leaves one caption less: it comes to an end.
    if (joined.mends.length === 0) return { document: now, mends }
  }
}

/** Every join that helps, of captions that are not beside each other. */
function joinOnce(
  document: Document,
  profile: Profile,
  scene: Scene,
  wanted: (remark: Remark) => boolean,
): { readonly document: Document; readonly mends: readonly Mend[] } {
  const around = neighbours(document.captions)
  const named = new Map(document.captions.map(caption => [caption.id, caption]))
  const weigh = weigher(profile, scene)
  const beside = (caption: Caption | undefined, side: 0 | 1) => caption && around.get(caption)?.[side]
  const touched = new Set<Caption>()
  const [changed, gone] = [new Map<Caption, Caption>(), new Set<Caption>()]
  const mends: Mend[] = []
  const join = (remark: Remark, first: Caption | undefined, second: Caption | undefined): boolean => {
    if (!first || !second) return false
    const [left, right] = [beside(first, 0), beside(second, 1)]
    const all = [left, first, second, right].flatMap(one => one ?? [])
    if (all.some(one => touched.has(one))) return false
    const [outerLeft, outerRight] = [beside(left, 0), beside(right, 1)]
    const edges = (from: Caption, to: Caption) => [
      ...(left ? [weigh(left, outerLeft, from)] : []),
      ...(right ? [weigh(right, to, outerRight)] : []),
    ]
    const was = [...edges(first, second), weigh(first, left, second), weigh(second, first, right)]
    const after = waysOf(first, second, profile).find(one =>
      harmless(remark.rule, was, [...edges(one, one), weigh(one, left, right)]),
    )
    if (!after) return false
    mends.push({ remark, before: first, after, joined: second })
    changed.set(first, after)
    gone.add(second)
    for (const one of all) touched.add(one)
    return true
  }
  for (const remark of checkerOf(profile, scene)(document)) {
    const caption = named.get(remark.caption)
    if (!caption || !joinable.has(remark.rule) || !wanted(remark)) continue
    const forward = join(remark, caption, beside(caption, 1))
    if (!forward && remark.rule === 'too-short') join(remark, beside(caption, 0), caption)
  }
  if (mends.length === 0) return { document, mends }
  const captions = document.captions.filter(one => !gone.has(one)).map(one => changed.get(one) ?? one)
  return { document: { ...document, captions }, mends }
}

const sentenceEnds = /[.!?…。！？♪][\p{Pe}\p{Pf}"'”’]*$/u
const unspaced = /^(?:ja|zh|th|km|lo|my)\b/

/** The ways two captions may be one, the best first: in one row, in two, or as two people who share it. */
function waysOf(first: Caption, second: Caption, profile: Profile): readonly Caption[] {
  const [a, b] = [textOf(first).trim(), textOf(second).trim()]
  if (!isPlain(first) || !isPlain(second) || a === '' || b === '') return []
  for (const name of ['kind', 'place', 'style', 'layer', 'beside'] as const)
    if (!same(first[name], second[name])) return []
  const made = (speaker: string | undefined, ...runs: readonly Run[]): Caption => {
    const { speaker: _, ...rest } = first
    const end = Math.max(first.end, second.end)
    return { ...rest, end, runs: tidy(runs), ...(speaker !== undefined && { speaker }) }
  }
  const word = (text: string): Run => ({ text, marks: plain })
  const { speaker } = first
  if (speaker !== second.speaker) {
    if (!profile.dual || speaker === undefined || second.speaker === undefined || /\n/.test(a + b)) return []
    const mark = profile.dual.space ? '- ' : '-'
    return [
      made(undefined, word(profile.dual.both ? mark : ''), ...first.runs, word(`\n${mark}`), ...second.runs),
    ]
  }
  // Nobody said who speaks: a sentence that goes on is one person's, two sentences may be two.
  if (speaker === undefined && sentenceEnds.test(a)) return []
  const space = unspaced.test(profile.language) ? '' : ' '
  return [space, '\n'].map(between => made(speaker, ...first.runs, word(between), ...second.runs))
}

/** Neither sung, nor linked, nor with anything around its words that only its format understands. */
const isPlain = ({ kind, twin, rights, runs }: Caption): boolean =>
  (kind === 'dialogue' || kind === 'narration') &&
  twin === undefined &&
  rights === undefined &&
  runs.every(({ kept, marks }) => kept === undefined && !marks.sung && !marks.ruby)
