import { Problem } from '../../pipelines/problem.ts'
import type { Blob, HouseStyle, Language, Probe, Source } from '../../pipelines/terms.ts'
import type { PaceView } from '../contract.ts'
import type { Jobs } from '../jobs.ts'
import type { Library } from '../known.ts'
import type { People } from '../store/people.ts'
import type { Upload, Uploads } from '../uploads.ts'
import { viewEpisode, viewRow } from '../view.ts'
import type { Ask, Deeds } from './deed.ts'

export type EpisodeParts = {
  readonly people: People
  readonly library: Library
  readonly jobs: Pick<Jobs, 'start' | 'cancel'>
  readonly uploads: Uploads
  /** Reads what a file says of itself, as a hostile one. @throws Problem */
  readonly probe: (file: { readonly path: string; readonly name: string }) => Promise<Probe>
  readonly pace: (language: Language, houses: readonly HouseStyle[]) => PaceView | undefined
}
type Named = 'allEpisodes' | 'streams' | 'newEpisode' | 'oneEpisode' | 'run' | 'pack' | 'cancel'

export function episodeDeeds(parts: EpisodeParts): Pick<Deeds, Named> {
  const { people, library, jobs, uploads, probe, pace } = parts
  const view = async (id: string) => {
    const known = await library.known(id)
    const { houses } = await library.series(known.episode.series)
    return viewEpisode(known, language => pace(language, houses))
  }

  return {
    allEpisodes: async ({ where }) => (await library.knownOf(where.series)).map(viewRow),
    oneEpisode: async ({ where }) => view(where.episode),

    streams: async ({ session, where }) => {
      const { name, path } = await uploads.find(where.upload, session.user.id)
      const { duration, audio, text } = await probe({ name, path })
      return { name, duration, audio: [...audio], text: [...text] }
    },

    newEpisode: async ({ session, body }) => {
      const series = await library.series(body.series)
      if (await people.episodes.has(series.id, body.number))
        throw new Problem('name-taken', { what: 'episode', name: body.number })
      const files = await findAll(body, session.user.id)
      const targets = (body.targets ?? series.targets).filter(language => language !== series.language)
      const { id } = await people.episodes.add({
        series: series.id,
        number: body.number,
        title: body.title ?? '',
        targets: [...new Set(targets)],
        ...(body.onAir && { onAir: body.onAir }),
        source: await sourceOf(body, files, series.language),
      })
      for (const upload of Object.values(files)) await uploads.drop(upload)
      await jobs.start(id, session.user.name)
      return view(id)
    },

    run: async ({ where, session }) => {
      const { id } = await library.episode(where.episode)
      await jobs.start(id, session.user.name)
      return view(id)
    },

    pack: async ({ where, session }) => {
      const { id } = await library.episode(where.episode)
      await jobs.start(id, session.user.name, true)
      return view(id)
    },

    cancel: async ({ where }) => {
      const { id } = await library.episode(where.episode)
      await jobs.cancel(id)
      return view(id)
    },
  }

  /** All of them are there, before any is taken. */
  async function findAll(body: Body, owner: string): Promise<Files> {
    const media = await uploads.find(body.media, owner)
    const others: Partial<Record<Slot, Upload>> = {}
    for (const slot of slots)
      if (body[slot] !== undefined) others[slot] = await uploads.find(body[slot], owner)
    return { media, ...others }
  }

  async function sourceOf(body: Body, files: Files, language: Language): Promise<Source> {
    const source = { file: await uploads.take(files.media, bytes), name: files.media.name, language }
    const others: Partial<Record<Slot, Blob>> = {}
    for (const slot of slots) {
      const upload = files[slot]
      if (upload) others[slot] = await uploads.take(upload, slot === 'me' ? bytes : 'text/plain')
    }
    const { audioStream, textStream } = body
    return {
      ...source,
      ...others,
      ...(audioStream !== undefined && { audioStream }),
      ...(textStream !== undefined && { textStream }),
    }
  }
}

type Body = Ask<'newEpisode'>['body']
const slots = ['script', 'subtitles', 'me'] as const
type Slot = (typeof slots)[number]
type Files = { readonly media: Upload } & { readonly [S in Slot]?: Upload }
/** What it is, the probe finds out: what its sender says of it is not believed. */
const bytes = 'application/octet-stream'
