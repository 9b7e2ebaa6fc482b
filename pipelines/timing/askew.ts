import type { Ms, Span } from '../terms.ts'
import { iou, lengthOf, shared } from './measures.ts'
import { joinOver } from './windows.ts'

/** How far a file may lie off another as a whole: a logo, a recap, an hour's programme time are cut off before. */
const farthest: Ms = 60_000
const [coarse, fine]: readonly [Ms, Ms] = [100, 10]
/** Fewer lines than this lie somewhere by chance. */
const few = 3
/** What is gained by less than this is no shift but a dub that keeps its own time. */
const gain = 0.2

/** Shorter or longer lines overlap their originals as much over a second or two: then it is beginnings that tell. */
const [alike, around]: readonly [number, Ms] = [0.97, 2000]

/** A dub that lies off its original as a whole: by so much (late above 0), and what overlap it would have without. */
export type Askew = { readonly by: Ms; readonly iou: number }

/** Tries every place up to a minute off; gives the one at which both speak together most, where that is far better. */
export function askewOf(source: readonly Span[], dub: readonly Span[]): Askew | undefined {
  const [theirs, ours] = [joinOver(source), joinOver(dub)]
  if (theirs.length < few || ours.length < few) return undefined
  const both = (by: Ms) => shared(source, moved(dub, by))
  const near = least(places(-farthest, farthest, coarse), by => -both(by))
  const enough = alike * both(near)
  const good = places(near - around, near + around, fine).filter(by => both(by) >= enough)
  const by = least(good, by => apart(theirs, moved(ours, by)))
  const straight = iou(source, moved(dub, by))
  return straight - iou(source, dub) >= gain ? { by, iou: Math.round(1000 * straight) / 1000 } : undefined
}

const moved = (spans: readonly Span[], by: Ms) =>
  spans.map(({ start, end }) => ({ start: start - by, end: end - by }))

const places = (from: Ms, to: Ms, step: Ms): Ms[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step)

function least(all: readonly Ms[], cost: (by: Ms) => number): Ms {
  const found = all.map(by => [cost(by), by] as const)
  return found.reduce((one, other) => (other[0] < one[0] ? other : one), found[0] ?? [0, 0])[1]
}

/** How far the beginnings of the one are from the nearest of the other, in the mean; what is far off is another line. */
function apart(theirs: readonly Span[], ours: readonly Span[]): number {
  let at = 0
  const gaps = theirs.map(({ start }) => {
    const distance = (index: number) => Math.abs((ours[index]?.start ?? Number.POSITIVE_INFINITY) - start)
    while (distance(at + 1) <= distance(at)) at++
    return Math.min(around, distance(at))
  })
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
}

/** Nobody speaks so long without a pause: it is music that was taken for speech. */
const breathless: Ms = 15_000

/** The longest speech without a pause, where it is longer than anybody's. */
export function unbroken(speech: readonly Span[]): Ms | undefined {
  const longest = Math.max(0, ...joinOver(speech).map(lengthOf))
  return longest > breathless ? longest : undefined
}
