import type { Ms } from '../../terms.ts'
import type { ScriptLine } from '../script.ts'
import type { Rough } from './coarse.ts'
import { frameMs } from './mel.ts'

/** What the sound says of the times that a script gives its lines. */
export type Times = {
  /** At least half of them are right, but for the shift. */
  readonly believed: boolean
  /** By so much they are early throughout: another cut, another leader. */
  readonly shift: Ms
  /** How many lines have a time and were found, and how many of these where it says. */
  readonly of: number
  readonly agree: number
}

/** Times that are this far apart, one way or the other, are the same time: scripts give whole seconds. */
const same: Ms = 1000
/** So many times out of their places at least are no chance. */
const few = 3
/** Fewer than that are believed only when they are shifted by no more than this. */
const little: Ms = 2000

/**
 * Holds a script's times against where its lines were found by sound alone: the shift is that on which most agree.
 * @returns nothing when no line that was found has a time
 */
export function weighTimes(script: readonly Pick<ScriptLine, 'start'>[], rough: Rough): Times | undefined {
  const off = script
    .flatMap(({ start }, line) => {
      const found = rough[line]
      return start === undefined || !found ? [] : [found.start * frameMs - start]
    })
    .sort((a, b) => a - b)
  if (off.length === 0) return undefined
  let best: readonly number[] = []
  for (let from = 0, to = 0; to < off.length; to++) {
    while ((off[to] ?? 0) - (off[from] ?? 0) > 2 * same) from++
    if (to + 1 - from > best.length) best = off.slice(from, to + 1)
  }
  const shift = best[best.length >> 1] ?? 0
  const believed = 2 * best.length >= off.length && (best.length >= few || Math.abs(shift) <= little)
  return { believed, shift, of: off.length, agree: best.length }
}

/**
 * Where lines are looked for when their times are believed: a line that was found elsewhere than its time says is looked for
 * there instead, if that is between the places of the lines around it on whose times both agree.
 * @param lengths frames that each line takes, where no end is given
 */
export function withinTimes(
  script: readonly Pick<ScriptLine, 'start' | 'end'>[],
  rough: Rough,
  { shift }: Times,
  lengths: readonly number[],
  frames: number,
): Rough {
  const windows = script.map(({ start, end }, line) => {
    if (start === undefined) return undefined
    const from = Math.max(0, Math.round((start + shift) / frameMs))
    const to = end === undefined ? from + (lengths[line] ?? 0) : Math.round((end + shift) / frameMs)
    return from < frames ? { start: from, end: Math.min(frames, to) } : undefined
  })
  const agrees = script.map((_, line) => {
    const [window, found] = [windows[line], rough[line]]
    return window && found && Math.abs(found.start - window.start) * frameMs <= same
  })
  const looked: ({ readonly start: number; readonly end: number } | undefined)[] = []
  for (const [line, window] of windows.entries()) {
    const before = rough[agrees.lastIndexOf(true, line - 1)]
    const after = rough[agrees.indexOf(true, line + 1)]
    const from = Math.max(line > 0 ? (before?.start ?? 0) : 0, looked.findLast(Boolean)?.start ?? 0)
    const fits = window && window.start >= from && window.end <= (after?.end ?? frames)
    looked.push(!agrees[line] && fits ? window : rough[line])
  }
  return inOrder(looked)
}

/** A place that begins before the one before it does is none: one of the two is wrong, and the path is to say which. */
function inOrder(rough: Rough): Rough {
  let reached = 0
  return rough.map(place => {
    if (!place || place.start < reached) return undefined
    reached = place.start
    return place
  })
}
