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
  /** Everything that people are heard in who are named here, or that was made by an entry that is. */
  readonly derivedFrom: (ids: Iterable<string>) => AsyncIterable<Pick<Artifact, 'key' | 'step' | 'blobs'>>
  readonly forget: (key: Digest) => Promise<void>
  readonly all: () => AsyncIterable<Artifact>
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    step: { type: String, required: true },
    version: { type: Number, required: true },
    inputs: { type: [String], required: true },
    result: { type: String, required: true },
    blobs: { type: [String], required: true },
    stands: { type: [String], default: undefined },
    at: { type: Date, required: true },
  },
  { versionKey: false, collection: 'artifacts' },
)
schema.index({ inputs: 1 })
schema.index({ blobs: 1 })
schema.index({ result: 1 })
schema.index({ stands: 1 })

export async function openArtifacts(connection: Connection, now: () => number): Promise<Artifacts> {
  const model = connection.model('Artifact', schema)
  await model.init()

  return {
    async recall(key) {
      const found = await model.findById(key).lean()
      return found ? toArtifact(found) : undefined
    },
    async remember({ key, step, version, inputs, result, blobs, stands = [] }) {
      const record = {
        ...{ step, version, inputs: [...inputs], result, blobs: [...blobs], at: new Date(now()) },
        ...(stands.length > 0 && { stands: [...stands] }),
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
    },
    async forget(key) {
      await model.deleteOne({ _id: key })
    },
    async *all() {
      for await (const found of model.find().sort({ _id: 1 }).lean().cursor()) yield toArtifact(found)
    },
  }
}

type Found = Omit<Artifact, 'key' | 'stands'> & { _id: string; stands?: readonly string[] | null | undefined }

function toArtifact({ _id: key, stands, ...rest }: Found): Artifact {
  return { key, ...rest, ...(stands && { stands }) }
}
