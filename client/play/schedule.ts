import type { Ms } from '../state.ts'

/** A stretch of the dub, kept as a file of its own. */
export type Region = { readonly start: Ms; readonly end: Ms; readonly url: string }

/** Where the media stood at an instant of the sound's own clock (in seconds), and how fast it runs. */
export type Anchor = { readonly at: Ms; readonly clock: number; readonly rate: number }

/** Beyond this a listener notices that lips and words part; below it a new start would be heard more than the drift. */
export const driftLimit: Ms = 45

/** Regions that sound within `[from, to)`. */
export const due = (regions: readonly Region[], from: Ms, to: Ms): readonly Region[] =>
  regions.filter(region => region.end > from && region.start < to)

/** When, on the sound's clock, a region begins, and how many seconds of it are over by then. */
export function startOf(region: Region, anchor: Anchor): { readonly when: number; readonly offset: number } {
  const ahead = (region.start - anchor.at) / 1000
  return ahead >= 0
    ? { when: anchor.clock + ahead / anchor.rate, offset: 0 }
    : { when: anchor.clock, offset: -ahead }
}

/** Where the media should stand by the anchor, against where it stands. */
export const driftOf = (anchor: Anchor, clock: number, at: Ms): Ms =>
  Math.abs(anchor.at + (clock - anchor.clock) * 1000 * anchor.rate - at)

/** Decibels as a factor. */
export const factorOf = (decibels: number): number => 10 ** (decibels / 20)
