/** Songs timed once a season: found again in the next episode by their sound. */
import type { Ms } from '../../terms.ts'
import type { Caption, Document } from '../document.ts'
import { type Shared, sharedSound } from './match.ts'
import type { Print } from './print.ts'
import { withStyles } from './styles.ts'

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

/**
 * Another episode's track with those songs in it, by time, and the styles they wear; the songs alone where there is no
 * track yet. Songs that were carried before give way.
 */
export function withSongs(into: Document | undefined, of: Document, songs: readonly Caption[]): Document {
  if (!into) {
    const { origin: _, ...rest } = of
    return { ...rest, captions: songs }
  }
  const again = new Set(songs.map(({ id }) => id))
  const named = new Set(into.styles?.map(({ name }) => name))
  const worn = new Set(songs.flatMap(({ style, runs }) => [style, ...runs.map(({ marks }) => marks.style)]))
  const added = (of.styles ?? []).filter(({ name }) => worn.has(name) && !named.has(name))
  const captions = [...into.captions.filter(({ id }) => !again.has(id)), ...songs]
  return withStyles({ ...into, captions: captions.sort((a, b) => a.start - b.start) }, of, added)
}
