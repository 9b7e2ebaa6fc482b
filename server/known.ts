import { Problem } from '../pipelines/problem.ts'
import type { Draft, Language, MemoryEntry, Source, Wish } from '../pipelines/terms.ts'
import type { LineView } from './contract.ts'
import type { Drafts } from './drafts.ts'
import type { Episode } from './store/episodes.ts'
import type { People } from './store/people.ts'
import type { Series } from './store/series.ts'
import { type Known, offered, type Progress, untouched } from './view.ts'
import { viewLines } from './view-line.ts'

/** Where it is known how far the machine is. */
export type WorkStatus = {
  readonly of: (episode: string) => Promise<Progress | undefined>
  readonly ofAll: (
    episodes: readonly string[],
  ) => Promise<readonly (Progress & { readonly episode: string })[]>
}
/** A use of somebody's voice, as far as it says where. */
type Spoken = {
  readonly title: string
  readonly episode: string
  readonly language: string
  readonly line: string
  readonly grant: string
}
export type Library = ReturnType<typeof openLibrary>

/** Gathers what the store, the machine and the draft know of an episode. */
export function openLibrary(people: People, work: WorkStatus, drafts: Drafts) {
  async function series(id: string): Promise<Series> {
    return (await people.series.of(id)) ?? missing('series', id)
  }

  async function episode(id: string): Promise<Episode> {
    return (await people.episodes.of(id)) ?? missing('episode', id)
  }

  async function gather(episode: Episode, progress: Progress = untouched): Promise<Known> {
    const [draft, worked] = await Promise.all([
      drafts.read(progress.draft),
      people.lines.ofEpisode(episode.id),
    ])
    return { episode, progress, draft, worked }
  }

  return {
    series,
    episode,

    async known(id: string): Promise<Known> {
      return gather(await episode(id), await work.of(id))
    },

    async knownOf(seriesId: string): Promise<readonly Known[]> {
      const episodes = await people.episodes.ofSeries((await series(seriesId)).id)
      const all = await work.ofAll(episodes.map(({ id }) => id))
      const progress = new Map(all.map(one => [one.episode, one]))
      return Promise.all(episodes.map(each => gather(each, progress.get(each.id))))
    },

    /** The draft, if its parcel is made of what stands here now. @throws Problem `parcel-unmade` */
    async parcelled(id: string): Promise<Partial<Draft>> {
      const { progress, draft } = await gather(await episode(id), await work.of(id))
      if (offered({ progress, draft }).length === 0) throw new Problem('parcel-unmade')
      return draft
    },

    async draft(id: string): Promise<Partial<Draft>> {
      return drafts.read((await work.of(id))?.draft)
    },

    /** Where a line lies that a person's voice spoke by this grant: the episode, and the sound's digest. */
    async spoken(use: Spoken): Promise<{ readonly episode: string; readonly digest: string } | undefined> {
      for (const { id, title } of await people.series.all()) {
        if (title !== use.title) continue
        for (const episode of await people.episodes.ofSeries(id)) {
          if (episode.number !== use.episode) continue
          const { versions = [] } = await drafts.read((await work.of(episode.id))?.draft)
          const takes = versions
            .filter(({ fitted }) => fitted.language === use.language)
            .flatMap(({ dub }) => dub.takes)
          const take = takes.find(({ line, state }) => line === use.line && state === 'spoken')
          if (take?.state === 'spoken' && take.by?.entries.includes(use.grant))
            return { episode: episode.id, digest: take.sound.digest }
        }
      }
      return undefined
    },

    /** Lines in one of the episode's languages. @throws Problem `not-found` */
    async lines(id: string, language: Language, only?: ReadonlySet<string>): Promise<LineView[]> {
      const asked = await episode(id)
      const from = asked.source.language
      if (language !== from && !asked.targets.includes(language)) missing('language', language)
      const progress = (await work.of(id)) ?? untouched
      const [draft, worked, source] = await Promise.all([
        drafts.read(progress.draft),
        people.lines.ofLanguage(id, language),
        people.lines.ofLanguage(id, from),
      ])
      const hands = [...worked.values()]
      const names = await people.users.names(
        hands.flatMap(({ by, approval, comments }) =>
          [by, approval?.by, ...comments.map(remark => remark.by)].filter(one => one !== undefined),
        ),
      )
      const busy = progress.state === 'waiting' || progress.state === 'running'
      return viewLines({ episode: id, language, draft, busy, worked, source, names }, only)
    },
  }
}

export function missing(what: string, id: string): never {
  throw new Problem('not-found', { what, id })
}

type Memory = (from: Language, to: Language) => Promise<readonly MemoryEntry[]>

/** What a worker is handed: what came in, and what is wanted of it with everything people changed so far. */
export async function loadWork(
  people: People,
  id: string,
): Promise<{ source: Source; wish: Wish; memory: Memory }> {
  const episode = (await people.episodes.of(id)) ?? missing('episode', id)
  const series = (await people.series.of(episode.series)) ?? missing('series', episode.series)
  const { glossary, honorifics, cast, styles, houses, loudness, release, title } = series
  const { source, targets, number } = episode
  const edits = await people.lines.edits(id)
  const memory: Memory = (from, to) => people.memory.of(series.id, from, to)
  return {
    source,
    wish: {
      title,
      episode: number,
      targets,
      glossary,
      honorifics,
      cast,
      styles,
      houses,
      edits,
      loudness,
      release,
    },
    memory,
  }
}
