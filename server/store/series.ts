import { randomUUID } from 'node:crypto'
import { Schema } from 'mongoose'
import type { z } from 'zod'
import type {
  Casting,
  Glossary,
  Honorifics,
  HouseStyle,
  Language,
  Release,
  StyleKind,
} from '../../pipelines/terms.ts'
import type { NewSeries, SeriesChange } from '../contract.ts'
import { type Connection, strictly } from './shape.ts'

export type Series = {
  readonly id: string
  readonly title: string
  readonly language: Language
  readonly targets: readonly Language[]
  readonly glossary: Glossary
  /** One row a language at most; without one, what most lines do. */
  readonly honorifics: readonly Honorifics[]
  readonly cast: readonly Casting[]
  /** Styles of imported subtitles that people sorted into kinds. */
  readonly styles: readonly StyleKind[]
  /** LUFS. */
  readonly loudness: number
  readonly release: Release
  /** Whose style the subtitles follow, where it isn't Netflix's: one row a language. */
  readonly houses: readonly HouseStyle[]
}

/** What dialogue-gated streaming platforms ask of a mix. */
const usualLoudness = -27

const schema = new Schema(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    language: { type: String, required: true },
    targets: { type: [String], required: true },
    // Checked by the contract before they come here, and read as a whole: nothing is ever asked of their inside.
    glossary: { type: [Schema.Types.Mixed], required: true },
    honorifics: { type: [Schema.Types.Mixed] },
    cast: { type: [Schema.Types.Mixed], required: true },
    styles: { type: [Schema.Types.Mixed] },
    loudness: { type: Number, required: true },
    release: { type: Schema.Types.Mixed },
    // By language, so that two people who choose for two languages don't undo each other.
    houses: { type: Schema.Types.Mixed },
    created: { type: Number, required: true },
  },
  strictly('series'),
)

export type SeriesStore = ReturnType<typeof openSeries>

export function openSeries(connection: Connection, now: () => number) {
  const model = connection.model('Series', schema)
  return {
    ready: () => model.init(),

    async add(given: z.output<typeof NewSeries>): Promise<Series> {
      const made = {
        _id: randomUUID(),
        title: given.title,
        language: given.language,
        targets: given.targets ?? [],
        glossary: given.glossary ?? [],
        honorifics: given.honorifics ?? [],
        cast: given.cast ?? [],
        styles: given.styles ?? [],
        loudness: given.loudness ?? usualLoudness,
        release: given.release ?? { territories: [], media: [] },
      }
      await model.create({ ...made, created: now() })
      return toSeries(made)
    },

    async of(id: string): Promise<Series | undefined> {
      const found = await model.findById(id).lean()
      return found ? toSeries(found) : undefined
    },

    async all(): Promise<readonly Series[]> {
      return (await model.find().sort({ created: 1, _id: 1 }).lean()).map(toSeries)
    },

    /** What is absent stays as it is. */
    async change(id: string, change: z.output<typeof SeriesChange>): Promise<Series | undefined> {
      const found = await model.findByIdAndUpdate(id, { $set: change }, { returnDocument: 'after' }).lean()
      return found ? toSeries(found) : undefined
    },

    /** A language's subtitles follow this style from now on. */
    async follow(id: string, style: HouseStyle): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { [`houses.${style.language}`]: style } })
    },
  }
}

type Found = Omit<Series, 'id' | 'glossary' | 'honorifics' | 'cast' | 'styles' | 'release' | 'houses'> & {
  readonly houses?: unknown
  readonly release?: unknown
  readonly _id: string
  readonly glossary: readonly unknown[]
  readonly cast: readonly unknown[]
  /** Absent in what was kept before there were any. */
  readonly styles?: readonly unknown[] | null
  readonly honorifics?: readonly unknown[] | null
}

const toSeries = (found: Found): Series => ({
  id: found._id,
  title: found.title,
  language: found.language,
  targets: [...found.targets],
  glossary: [...found.glossary] as Glossary,
  honorifics: [...(found.honorifics ?? [])] as Honorifics[],
  cast: [...found.cast] as Casting[],
  styles: [...(found.styles ?? [])] as StyleKind[],
  loudness: found.loudness,
  houses: Object.values((found.houses ?? {}) as Readonly<Record<Language, HouseStyle>>),
  release: (found.release ?? { territories: [], media: [] }) as Release,
})
