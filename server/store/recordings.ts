import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** A recording of a person that lies in the vault, to be spoken after with their leave. */
export type Recording = {
  /** Its name in the vault, which tells nothing. */
  readonly name: string
  readonly actor: string
  /** The SHA-256 of it as base64url. */
  readonly digest: string
  readonly at: number
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    actor: { type: String, required: true },
    digest: { type: String, required: true },
    at: { type: Number, required: true },
  },
  strictly('recordings'),
)
schema.index({ actor: 1, at: -1 })

export type RecordingStore = ReturnType<typeof openRecordings>

export function openRecordings(connection: Connection, now: () => number) {
  const model = connection.model('Recording', schema)
  return {
    ready: () => model.init(),
    async add({ name, actor, digest }: Omit<Recording, 'at'>): Promise<void> {
      await model.create({ _id: name, actor, digest, at: now() })
    },
    /** The one to speak after. */
    async newest(actor: string): Promise<Recording | undefined> {
      const found = await model.findOne({ actor }).sort({ at: -1, _id: 1 }).lean()
      return found ? { name: found._id, actor: found.actor, digest: found.digest, at: found.at } : undefined
    },
    async ofActor(actor: string): Promise<readonly Recording[]> {
      const found = await model.find({ actor }).sort({ at: 1 }).lean()
      return found.map(({ _id: name, actor, digest, at }) => ({ name, actor, digest, at }))
    },
    /** Of what was recorded up to this instant; gives how many. */
    async forget(actor: string, until: number): Promise<number> {
      return (await model.deleteMany({ actor, at: trusted({ $lte: until }) })).deletedCount
    },
  }
}
