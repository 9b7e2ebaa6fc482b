/** Songs timed once a season: found again in the next episode by their sound. */
import type { Ms } from '../../terms.ts'
import type { Caption, Document } from '../document.ts'
import { type Shared, sharedSound } from './match.ts'
import type { Print } from './print.ts'

export type Carried = {
  /** The songs' captions where they are sung in the next episode, under new ids. */
  readonly captions: readonly Caption[]
  /** Songs of the first episode that the next one doesn't have. */
  readonly missing: readonly Caption[]
}

/** Openings and endings are at least this long; a motif under a scene is shorter. */
const shortest: Ms = 15_000
/** A caption may stand this far over the edges of what was recognised. */
const slack: Ms = 1500

/** The sung captions of an episode, where the next episode has the same sound. */
export function carrySongs(document: Document, print: Print, next: Print): Carried {
  const songs = document.captions.filter(({ kind }) => kind === 'song')
  const shared = sharedSound(print, next, shortest)
  const around = ({ start, end }: Caption): Shared | undefined =>
    shared.find(({ from, to }) => start >= from - slack && end <= to + slack)
  const captions = songs.flatMap((song): Caption[] => {
    const offset = around(song)?.offset
    return offset === undefined || song.start + offset < 0
      ? []
      : [{ ...song, id: `song-${song.id}`, start: song.start + offset, end: song.end + offset }]
  })
  return { captions, missing: songs.filter(song => around(song) === undefined) }
}

/** Where two episodes have the same long stretch of sound: their opening, their ending, their eyecatch. */
export const commonSongs = (one: Print, other: Print): readonly Shared[] => sharedSound(one, other, shortest)
