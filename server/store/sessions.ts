import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** A session by the hash of its token. It ends at `expires`, which use puts off, and at `ends`, which nothing does. */
export type Session = {
  readonly id: string
  readonly user: string
  readonly expires: number
  readonly ends: number
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    user: { type: String, required: true },
    expires: { type: Number, required: true, index: true },
    ends: { type: Number, required: true },
  },
  strictly('sessions'),
)

export type Sessions = ReturnType<typeof openSessions>

export function openSessions(connection: Connection) {
  const model = connection.model('Session', schema)
  return {
    ready: () => model.init(),

    async begin({ id, ...session }: Session): Promise<void> {
      await model.create({ _id: id, ...session })
    },

    async of(id: string, now: number): Promise<Session | undefined> {
      const found = await model.findOne({ _id: id, expires: trusted({ $gt: now }) }).lean()
      return found ? { id, user: found.user, expires: found.expires, ends: found.ends } : undefined
    },

    async putOff(id: string, expires: number): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { expires } })
    },

    async end(id: string): Promise<void> {
      await model.deleteOne({ _id: id })
    },

    /** Ends every session of a person, and gives their ids. */
    async endAllOf(user: string): Promise<readonly string[]> {
      const found = await model.find({ user }).lean()
      await model.deleteMany({ user })
      return found.map(session => session._id)
    },

    /** Forgets what is over. */
    async prune(now: number): Promise<void> {
      await model.deleteMany({ expires: trusted({ $lte: now }) })
    },
  }
}
