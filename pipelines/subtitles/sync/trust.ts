/**
 * What the sound bears out of a track where it was put. Speech and silence of strangers fit each other after enough cuts;
 * that lines begin where voices begin they only do by chance, and how often that is can be said beforehand.
 */
import type { Ms } from '../../terms.ts'
import { nearestTo } from '../nearest.ts'
import type { Speech } from './reference.ts'

/** A line that begins so near to a voice begins with it. Ears are exact to a tenth of a second, people to a fifth. */
const near: Ms = 200
/** Lines that are looked at together: fewer agree by chance. */
const window = 20
/** How much more often than by chance lines of a stretch that is trusted begin with a voice. */
const above = 0.15

export const beginsWithVoice = (at: Ms, { onsets }: Speech): boolean =>
  Math.abs(at - (nearestTo(at, onsets) ?? Number.POSITIVE_INFINITY)) <= near

/** The share of all instants at which somebody who begins anywhere begins with a voice. */
export function byChance({ onsets, length }: Speech): number {
  let covered = 0
  let until = 0
  for (const onset of onsets) {
    const from = Math.max(until, onset - near)
    covered += Math.max(0, onset + near - from)
    until = onset + near
  }
  return Math.min(1, covered / Math.max(1, length))
}

/**
 * The share of lines that stand in a row of lines of which hardly more than by chance are borne out. `borne` is said of
 * each line, in order.
 */
export function unborne(borne: readonly boolean[], chance: number): number {
  const wide = Math.min(window, borne.length)
  if (wide === 0) return 1
  const limit = Math.min(0.5, chance + above) * wide
  const weak = new Uint8Array(borne.length)
  let hits = 0
  for (let i = 0; i < borne.length; i++) {
    hits += Number(borne[i]) - Number(borne[i - wide] ?? false)
    if (i >= wide - 1 && hits < limit) weak.fill(1, i - wide + 1, i + 1)
  }
  return weak.reduce((sum, one) => sum + one, 0) / borne.length
}

/**
 * Whether so many of a stretch's lines begin with a voice that it is not chance: three times the spread of chance, for the
 * best of many offsets was taken.
 */
export function isBorneOut(hits: number, lines: number, chance: number): boolean {
  const spread = Math.sqrt(lines * chance * (1 - chance))
  return hits - lines * chance > 3 * spread
}
