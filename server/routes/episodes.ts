import { Problem } from '../../pipelines/problem.ts'
import type { Blob, HouseStyle, Language, Probe } from '../../pipelines/terms.ts'
import type { PaceView } from '../contract.ts'
import type { Jobs } from '../jobs.ts'
import type { Library } from '../known.ts'
import type { Live } from '../live.ts'
import { type Compare, carryOver, type Late } from '../masters.ts'
import type { People } from '../store/people.ts'
import type { Upload, Uploads } from '../uploads.ts'
import { type Known, viewEpisode, viewRow } from '../view.ts'
import type { Deeds } from './deed.ts'

export type EpisodeParts = {
  readonly people: People
  readonly library: Library
  readonly jobs: Pick<Jobs, 'start' | 'cancel'>
  readonly uploads: Uploads
  /** Reads what a file says of itself, as a hostile one. @throws Problem */
  readonly probe: (file: { readonly path: string; readonly name: string }) => Promise<Probe>
  /** What two masters share by their sound. @throws Problem */
  readonly compare: Compare
  readonly blobs: Parameters<typeof carryOver>[3]['blobs']
  readonly live: Pick<Live, 'tell'>
  readonly pace: (language: Language, houses: readonly HouseStyle[]) => PaceView | undefined
}
type Named =
  | 'allEpisodes'
  | 'streams'
  | 'newEpisode'
  | 'changeEpisode'
  | 'oneEpisode'
  | 'run'
  | 'pack'
  | 'cancel'

export function episodeDeeds(parts: EpisodeParts): Pick<Deeds, Named> {
  const { people, library, jobs, uploads, probe, pace, live } = parts
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
      const media = await uploads.find(body.media, session.user.id)
      const extras = await findExtras(body, session.user.id)
      const targets = (body.targets ?? series.targets).filter(language => language !== series.language)
      const { audioStream, textStream } = body
      const { id } = await people.episodes.add({
        series: series.id,
        number: body.number,
        title: body.title ?? '',
        targets: [...new Set(targets)],
        ...(body.onAir && { onAir: body.onAir }),
        source: {
          ...{ file: await uploads.take(media, bytes), name: media.name, language: series.language },
          ...(await takeExtras(extras)),
          ...(audioStream !== undefined && { audioStream }),
          ...(textStream !== undefined && { textStream }),
        },
      })
      await dropAll([media, ...Object.values(extras)])
      await jobs.start(id, session.user.name)
      return view(id)
    },

    changeEpisode: async ({ session: { user }, where, body }) => {
      const known = await library.known(where.episode)
      const { id, source } = known.episode
      if (Object.keys(body).length === 0)
        throw new Problem('bad-request', { where: 'body', reason: 'nothing is to be changed' })
      const { media: later, script: _, subtitles: __, me: ___, ...facts } = body
      const media = later === undefined ? undefined : await uploads.find(later, user.id)
      const extras = await findExtras(body, user.id)
      if (media && (body.script !== undefined || body.subtitles !== undefined))
        throw new Problem('bad-request', { where: 'media', reason: 'other words come before it or after it' })
      const late = media && (await carriedTo(media, known))
      const gone = slots.filter(slot => body[slot] === null).map(slot => [slot, null] as const)
      // Music and effects of another cut would lie beside the picture.
      const stale = source.me && late && !late.same ? { me: null } : {}
      const files = { ...stale, ...(await takeExtras(extras)), ...Object.fromEntries(gone) }
      const master = media && {
        ...{ file: await uploads.take(media, bytes), name: media.name },
        ...(await streamIn(media, source.audioStream)),
        ...late?.words,
      }
      // Cut off anywhere, the same file can be given again: lines that moved are not moved twice, and a master that was
      // taken has work waiting for it, so that nobody holds lines of the one before against it.
      if (late && master) {
        await people.lines.carry(id, { ...late.moves, master: master.file.digest }, user.id)
        await jobs.start(id, user.name)
      }
      await people.episodes.change(id, { ...facts, files, ...(master && { master }) }, user)
      await dropAll([...(media ? [media] : []), ...Object.values(extras)])
      if (master || Object.keys(files).length > 0) await jobs.start(id, user.name)
      for (const language of late ? [known.episode.source.language, ...known.episode.targets] : [])
        live.tell({
          type: 'lines:changed',
          episode: id,
          language,
          lines: [...(late?.moves.reopened ?? [])],
          by: user.name,
        })
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

  /** Lines of an earlier master are known to be its lines only once all of it is made. */
  async function carriedTo(
    media: Upload,
    { episode, progress, draft, worked }: Known,
  ): Promise<Late | undefined> {
    if (!draft.media || !draft.transcript?.lines.length) return undefined
    if (progress.state === 'waiting' || progress.state === 'running') throw new Problem('busy')
    if (progress.state !== 'ready')
      throw new Problem('bad-request', { where: 'media', reason: 'the work stopped: finish it first' })
    const { source } = episode
    const { language } = source
    const late = { ...media, language, ...(await streamIn(media, source.audioStream)) }
    const { media: was, transcript } = draft
    return carryOver({ media: was, transcript }, { source, worked }, late, parts)
  }

  /** The sound that was chosen, where the file has it, too. */
  async function streamIn({ path, name }: Upload, audioStream: number | undefined) {
    if (audioStream === undefined) return {}
    const { audio } = await probe({ path, name })
    return audio.some(({ index }) => index === audioStream) ? { audioStream } : {}
  }

  /** All of them are there, before any is taken. */
  async function findExtras(asked: Asked, owner: string): Promise<Extras<Upload>> {
    const found: Extras<Upload> = {}
    for (const slot of slots) {
      const upload = asked[slot]
      if (typeof upload === 'string') found[slot] = await uploads.find(upload, owner)
    }
    return found
  }

  async function takeExtras(extras: Extras<Upload>): Promise<Extras<Blob>> {
    const taken: Extras<Blob> = {}
    for (const slot of slots) {
      const upload = extras[slot]
      if (upload) taken[slot] = await uploads.take(upload, slot === 'me' ? bytes : 'text/plain')
    }
    return taken
  }

  async function dropAll(all: readonly Upload[]): Promise<void> {
    for (const upload of all) await uploads.drop(upload)
  }
}

/** What may come with the media. */
const slots = ['script', 'subtitles', 'me'] as const
type Slot = (typeof slots)[number]
type Extras<T> = { [S in Slot]?: T }
type Asked = { readonly [S in Slot]?: string | null | undefined }
/** What it is, the probe finds out: what its sender says of it is not believed. */
const bytes = 'application/octet-stream'
