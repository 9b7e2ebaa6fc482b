/** An approved track on a late master: what is the same stays approved, what was changed reopens. */
import type { Ms, Span } from '../../terms.ts'
import type { Caption, Document } from '../document.ts'
import { frameAt, instantOf } from '../frames.ts'
import { type Shared, sharedSound } from '../songs/match.ts'
import type { Print } from '../songs/print.ts'

export type Reconformed = {
  readonly document: Document
  /** Captions over the very same sound: their approvals stand. Those in `moved` only came elsewhere. */
  readonly kept: readonly string[]
  readonly moved: readonly string[]
  /** Captions whose sound is no longer there, or only in part. They stand where they would have been. */
  readonly reopened: readonly { readonly caption: string; readonly why: 'gone' | 'changed' }[]
  /** Stretches of the new master that the old one hadn't: somebody has to look there. */
  readonly fresh: readonly Span[]
}

/** A caption stands a little over the speech it belongs to. */
export const readingSlack: Ms = 400
const shortestFresh: Ms = 1000

/** `length` is that of the new master. */
export function reconform(document: Document, was: Print, is: Print): Reconformed {
  return reconformBy(document, sharedSound(was, is, 2000), is.bits.length * is.hop)
}

/** The same, with the stretches both masters share already known. What is over an edge by `slack` is not cut. */
export function reconformBy(
  document: Document,
  shared: readonly Shared[],
  length: Ms,
  slack = readingSlack,
): Reconformed {
  const kept: string[] = []
  const moved: string[] = []
  const reopened: { caption: string; why: 'gone' | 'changed' }[] = []
  // Masters are cut between frames: a print is only known to a few hundredths of a second.
  const { rate } = document
  const onFrames = (offset: Ms): Ms =>
    rate ? Math.sign(offset) * instantOf(frameAt(Math.abs(offset), rate), rate) : offset
  const captions = document.captions.map((caption): Caption => {
    const { id, start, end } = caption
    const around = shared.find(({ from, to }) => start >= from - slack && end <= to + slack)
    if (around) {
      const offset = onFrames(around.offset)
      if (offset === 0) kept.push(id)
      else moved.push(id)
      return shifted(caption, offset)
    }
    const touching = shared.filter(({ from, to }) => start < to && end > from)
    reopened.push({ caption: id, why: touching.length > 0 ? 'changed' : 'gone' })
    return shifted(caption, onFrames(nearest(shared, caption)?.offset ?? 0))
  })
  return { document: { ...document, captions }, kept, moved, reopened, fresh: freshOf(shared, length) }
}

const shifted = (caption: Caption, offset: Ms): Caption =>
  offset === 0
    ? caption
    : { ...caption, start: Math.max(0, caption.start + offset), end: Math.max(1, caption.end + offset) }

/** The stretch before it, or the first one: an edit pushes what comes after it. */
const nearest = (shared: readonly Shared[], { start }: Caption): Shared | undefined =>
  shared.findLast(({ from }) => from <= start) ?? shared[0]

function freshOf(shared: readonly Shared[], length: Ms): readonly Span[] {
  const fresh: Span[] = []
  let at = 0
  for (const { from, to, offset } of shared.toSorted((a, b) => a.from + a.offset - (b.from + b.offset))) {
    if (from + offset - at >= shortestFresh) fresh.push({ start: at, end: from + offset })
    at = Math.max(at, to + offset)
  }
  if (length - at >= shortestFresh) fresh.push({ start: at, end: length })
  return fresh
}
