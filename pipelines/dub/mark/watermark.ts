import { createHmac } from 'node:crypto'
import type { Ms } from '../../terms.ts'
import { embed, size } from './embed.ts'
import { type Heeded, listen, matching } from './listen.ts'
import { chipsOf, patternOf } from './pattern.ts'
import { openSpectrum } from './spectrum.ts'

export type { Heeded, Mark } from './listen.ts'

/** What a mark's id is made of: it is the same for every take and the mix of one version of an episode. */
export type Marked = { readonly title: string; readonly episode: string; readonly language: string }

/** Decibels by which speech is raised and lowered, band by band; and the bed, whose long notes would tremble. */
export const depths = { speech: 1.25, bed: 0.5 } as const

/** The mark of one version of an episode, ready to be laid on its sounds. */
export type Marker = {
  readonly id: string
  readonly mark: (
    samples: Float32Array,
    from: number,
    depth: keyof typeof depths,
    shares?: Float32Array,
  ) => Float32Array
}

export type Watermark = {
  /** Another when the key or the way of marking is another: an input of whatever is marked. */
  readonly identity: string
  /** 64 bits as 16 hexadecimal digits, by a keyed digest: whoever has the key finds the episode by trying. */
  readonly idOf: (of: Marked) => string
  /**
   * The sound with the mark of this id in it, as long and as loud as it was.
   * @param samples 48 kHz, one channel, silent before and after
   * @param from the place of the first sample in the programme
   * @param shares what part of the depth is used at each sample; absent: all of it
   */
  readonly mark: (
    samples: Float32Array,
    from: number,
    id: string,
    depth: keyof typeof depths,
    shares?: Float32Array,
  ) => Float32Array
  /** What marks of this key are in 16 kHz sound. */
  readonly listen: (chunks: Chunks, known?: readonly string[]) => Promise<Heeded>
  /** How surely this very mark is there, in standard deviations. */
  readonly matching: (chunks: Chunks, id: string, from?: Ms) => Promise<number>
  readonly close: () => void
}
type Chunks = AsyncIterable<Float32Array> | Iterable<Float32Array>

export const markerOf = (watermark: Pick<Watermark, 'idOf' | 'mark'>, of: Marked): Marker => {
  const id = watermark.idOf(of)
  return {
    id,
    mark: (samples, from, depth, shares) => watermark.mark(samples, from, id, depth, shares),
  }
}

/** @param key 32 secret bytes: who has them can find marks, make them and take them out */
export async function openWatermark(key: Uint8Array): Promise<Watermark> {
  if (key.length !== 32) throw new TypeError('A watermark key has 32 bytes.')
  const digest = (about: string, text: string) =>
    createHmac('sha256', key).update(`${about}\n${text}`).digest('hex')
  const pattern = patternOf(key)
  const spectrum = await openSpectrum(size)
  let last: { readonly id: string; readonly chips: Int8Array } | undefined
  const chips = (id: string) => {
    if (last?.id !== id) last = { id, chips: chipsOf(pattern, id) }
    return last.chips
  }
  return {
    identity: `watermark/1/${digest('kotodama/watermark/name/1', '').slice(0, 16)}`,
    idOf: ({ title, episode, language }) =>
      digest('kotodama/watermark/id/1', JSON.stringify([title, episode, language])).slice(0, 16),
    mark: (samples, from, id, depth, shares) =>
      embed(samples, from, chips(id), depths[depth], spectrum, shares),
    listen: (sound, known) => listen(sound, pattern, known),
    matching: (sound, id, from) => matching(sound, pattern, id, from),
    close: () => spectrum.close(),
  }
}
