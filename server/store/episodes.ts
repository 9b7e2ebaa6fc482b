import { randomUUID } from 'node:crypto'
import { Schema } from 'mongoose'
import { Problem } from '../../pipelines/problem.ts'
import type { Blob, Language, Source } from '../../pipelines/terms.ts'
import { type Connection, isTaken, strictly } from './shape.ts'

/** People's side of an episode: what came in and what is wanted of it. The machine's side stands in work.ts. */
export type Episode = {
  readonly id: string
  readonly series: string
  readonly number: string
  readonly title: string
  readonly targets: readonly Language[]
  /** ISO 8601. */
  readonly onAir?: string
  readonly source: Source
  /** Every change of it since it came in, the first one first. */
  readonly changes?: readonly Changed[]
}
/** `null` takes away. */
export type EpisodeChange = {
  readonly title?: string
  readonly onAir?: string | null
  readonly files: { readonly [Slot in Extra]?: Blob | null }
  readonly master?: Master
}
/** A later master, with the words that were carried over to it, if there were any. */
export type Master = Pick<Source, 'file' | 'name' | 'audioStream' | 'subtitles' | 'carried'>
export type Extra = 'script' | 'subtitles' | 'me'
export type Changed = {
  readonly by: string
  readonly called: string
  readonly at: number
  readonly what: readonly ('title' | 'onAir' | 'media' | Extra)[]
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    series: { type: String, required: true },
    number: { type: String, required: true },
    title: { type: String, default: '' },
    targets: { type: [String], required: true },
    onAir: String,
    source: { type: Schema.Types.Mixed, required: true },
    changes: { type: [Schema.Types.Mixed], default: undefined },
    created: { type: Number, required: true },
  },
  strictly('episodes'),
)
schema.index({ series: 1, number: 1 }, { unique: true })

export type Episodes = ReturnType<typeof openEpisodes>

export function openEpisodes(connection: Connection, now: () => number) {
  const model = connection.model('Episode', schema)
  return {
    ready: () => model.init(),

    /** @throws Problem `name-taken` when the series has an episode of this number */
    async add(given: Omit<Episode, 'id' | 'changes'>): Promise<Episode> {
      const id = randomUUID()
      try {
        await model.create({ _id: id, ...given, targets: [...given.targets], created: now() })
      } catch (error) {
        throw isTaken(error) ? new Problem('name-taken', { what: 'episode', name: given.number }) : error
      }
      return { id, ...given }
    },

    async of(id: string): Promise<Episode | undefined> {
      const found = await model.findById(id).lean()
      return found ? toEpisode(found) : undefined
    },

    /** Changes what is named, each file for itself, and keeps who did. */
    async change(
      id: string,
      { files, master, ...facts }: EpisodeChange,
      who: { readonly id: string; readonly name: string },
    ): Promise<void> {
      // With other words nothing is carried over any more, and with another master its streams are others.
      const worded = 'script' in files || 'subtitles' in files
      const source = {
        ...((worded || master) && { carried: null }),
        ...files,
        ...(master && { audioStream: null, ...(master.carried && { textStream: null }), ...master }),
      }
      const sources = Object.entries(source).map(([slot, value]) => [`source.${slot}`, value] as const)
      const all = [...Object.entries(facts), ...sources]
      const what = [...Object.keys(facts), ...(master ? ['media'] : []), ...Object.keys(files)]
      const entry = { by: who.id, called: who.name, at: now(), what }
      await model.updateOne(
        { _id: id },
        {
          $set: Object.fromEntries(all.filter(([, value]) => value !== null)),
          $unset: Object.fromEntries(all.filter(([, value]) => value === null).map(([name]) => [name, 1])),
          $push: { changes: entry },
        },
      )
    },

    async has(series: string, number: string): Promise<boolean> {
      return (await model.exists({ series, number })) !== null
    },

    async ofSeries(series: string): Promise<readonly Episode[]> {
      return (await model.find({ series }).sort({ created: 1, _id: 1 }).lean()).map(toEpisode)
    },

    async count(series: string): Promise<number> {
      return model.countDocuments({ series })
    },
  }
}

type Found = Omit<Episode, 'id' | 'source' | 'onAir' | 'changes'> & {
  readonly changes?: readonly unknown[] | null
  readonly _id: string
  readonly source: unknown
  readonly onAir?: string | null
}

const toEpisode = ({ _id: id, series, number, title, targets, onAir, source, changes }: Found): Episode => ({
  id,
  series,
  number,
  title,
  targets: [...targets],
  ...(onAir ? { onAir } : {}),
  source: source as Source,
  ...(changes && { changes: changes as readonly Changed[] }),
})
