import { type Connection, Schema, trusted } from 'mongoose'
import type { Digest } from '../../pipelines/terms.ts'

/** A step that was done, remembered by the digest of what it was and what it was given. */
export type Artifact = {
  readonly key: Digest
  readonly step: string
  readonly version: number
  readonly inputs: readonly Digest[]
  /** A blob of JSON. */
  readonly result: Digest
  /** The blobs that the result names, however deep. */
  readonly blobs: readonly Digest[]
  /** Whose voices are in it and by which entries of the register, when there are any: what a withdrawal finds it by. */
  readonly stands?: readonly string[]
  /** The steps that were done within it. */
  readonly parts?: readonly Digest[]
  /** The episodes whose last making had use for it. */
  readonly live?: readonly string[]
  readonly at: Date
}

export type Artifacts = {
  readonly recall: (key: Digest) => Promise<Artifact | undefined>
  /** Written once: who comes second with the same key finds it remembered, and that is well. */
  readonly remember: (made: Omit<Artifact, 'at'>) => Promise<void>
  /** Which steps made this blob. */
  readonly makersOf: (blob: Digest) => Promise<readonly Artifact[]>
  /** Which steps were given this. */
  readonly usersOf: (input: Digest) => Promise<readonly Artifact[]>
  /** Everything that people are heard in who are named here, or that was made by an entry that is; what was let go since, too. */
  readonly derivedFrom: (ids: Iterable<string>) => AsyncIterable<Pick<Artifact, 'key' | 'step' | 'blobs'>>
  readonly forget: (key: Digest) => Promise<void>
  readonly all: () => AsyncIterable<Artifact>
  /** What an episode has use for, by key, with the steps within. */
  readonly usedBy: (episode: string) => Promise<ReadonlyMap<Digest, readonly Digest[]>>
  /** Says that an episode has use for these. */
  readonly use: (keys: readonly Digest[], episode: string) => Promise<void>
  /** Says that an episode has none for these any more. @returns those that nobody has use for now */
  readonly leave: (keys: readonly Digest[], episode: string) => Promise<readonly Artifact[]>
  /** Forgets them. Of those in which people are heard it stays known what they were, with the digests of their files. */
  readonly retire: (gone: readonly Artifact[]) => Promise<void>
  /** Those of the blobs that some remembered step made or was given. */
  readonly naming: (blobs: readonly Digest[]) => Promise<ReadonlySet<Digest>>
}

const fields = {
  step: { type: String, required: true },
  version: { type: Number, required: true },
  inputs: { type: [String], required: true },
  result: { type: String, required: true },
  blobs: { type: [String], required: true },
  stands: { type: [String], default: undefined },
  at: { type: Date, required: true },
} as const
const schema = new Schema(
  {
    _id: { type: String, required: true },
    ...fields,
    parts: { type: [String], default: undefined },
    live: { type: [String], default: undefined },
  },
  { versionKey: false, collection: 'artifacts' },
)
schema.index({ inputs: 1 })
schema.index({ blobs: 1 })
schema.index({ result: 1 })
schema.index({ stands: 1 })
schema.index({ live: 1 })

/** What is known for good of results with people's voices in them, after their bytes are gone. */
const past = new Schema(
  { _id: { type: String, required: true }, key: { type: String, required: true }, ...fields },
  { versionKey: false, collection: 'retired' },
)
past.index({ stands: 1 })

/** As many keys as one question names. */
const atOnce = 500

export async function openArtifacts(connection: Connection, now: () => number): Promise<Artifacts> {
  const model = connection.model('Artifact', schema)
  const retired = connection.model('Retired', past)
  await Promise.all([model.init(), retired.init()])

  return {
    async recall(key) {
      const found = await model.findById(key).lean()
      return found ? toArtifact(found) : undefined
    },
    async remember({ key, step, version, inputs, result, blobs, stands = [], parts = [], live = [] }) {
      const record = {
        ...{ step, version, inputs: [...inputs], result, blobs: [...blobs], at: new Date(now()) },
        ...(stands.length > 0 && { stands: [...stands] }),
        ...(parts.length > 0 && { parts: [...parts] }),
        ...(live.length > 0 && { live: [...live] }),
      }
      try {
        await model.updateOne({ _id: key }, { $setOnInsert: record }, { upsert: true })
      } catch (error) {
        // On MongoDB two upserts at once may both insert; the second is told so.
        if (!(error instanceof Error && 'code' in error && error.code === 11000)) throw error
      }
    },
    async makersOf(blob) {
      const [within, itself] = await Promise.all([
        model.find({ blobs: blob }).lean(),
        model.find({ result: blob }).lean(),
      ])
      const byKey = new Map([...within, ...itself].map(found => [found._id, toArtifact(found)]))
      return [...byKey.values()]
    },
    async usersOf(input) {
      return (await model.find({ inputs: input }).lean()).map(toArtifact)
    },
    async *derivedFrom(ids) {
      const any = trusted({ $in: [...ids] })
      // Whole and in small batches: to leave fields out costs the embedded store more than to send them, and others wait.
      const found = model.find({ stands: any }).lean().cursor({ batchSize: 1000 })
      for await (const { _id: key, step, blobs } of found) yield { key, step, blobs }
      const before = retired.find({ stands: any }).lean().cursor({ batchSize: 1000 })
      for await (const { key, step, blobs } of before) yield { key, step, blobs }
    },
    async forget(key) {
      await model.deleteOne({ _id: key })
    },
    async *all() {
      for await (const found of model.find().sort({ _id: 1 }).lean().cursor()) yield toArtifact(found)
    },
    async usedBy(episode) {
      const used = new Map<Digest, readonly Digest[]>()
      for await (const { _id, parts } of model.find({ live: episode }).lean().cursor({ batchSize: 1000 }))
        used.set(_id, parts ?? [])
      return used
    },
    async use(keys, episode) {
      for (const some of batches(keys))
        await model.updateMany({ _id: trusted({ $in: some }) }, { $addToSet: { live: episode } })
    },
    async leave(keys, episode) {
      const left: Artifact[] = []
      for (const some of batches(keys)) {
        const these = { _id: trusted({ $in: some }) }
        await model.updateMany(these, { $pull: { live: episode } })
        left.push(...(await model.find(these).lean()).map(toArtifact))
      }
      return left.filter(({ live = [] }) => live.length === 0)
    },
    async retire(gone) {
      for (const some of batches(gone)) {
        for (const { key, parts: _, live: __, ...rest } of some.filter(({ stands }) => stands))
          await retired.updateOne(
            { _id: `${key}.${rest.result}` },
            { $setOnInsert: { key, ...rest } } as object,
            {
              upsert: true,
            },
          )
        await model.deleteMany({ _id: trusted({ $in: some.map(({ key }) => key) }) })
      }
    },
    async naming(blobs) {
      const named = new Set<Digest>()
      for (const some of batches(blobs)) {
        const asked = new Set(some)
        for (const field of ['blobs', 'inputs', 'result'] as const)
          for (const found of await model.find({ [field]: trusted({ $in: some }) }).lean())
            for (const digest of [found.result, ...found.blobs, ...found.inputs])
              if (asked.has(digest)) named.add(digest)
      }
      return named
    },
  }
}

function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += atOnce) yield all.slice(from, from + atOnce)
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | null }
type Found = Omit<Artifact, 'key' | 'stands' | 'parts' | 'live'> & { _id: string } & Loose<
    Pick<Artifact, 'stands' | 'parts' | 'live'>
  >

function toArtifact({ _id: key, stands, parts, live, ...rest }: Found): Artifact {
  return { key, ...rest, ...(stands && { stands }), ...(parts && { parts }), ...(live && { live }) }
}
