import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** What came of walking an entry to its end; plain JSON, whose digest stands in the log. */
export type Walk = { readonly entry: string; readonly certificate: unknown; readonly logged: boolean }

/** Somebody who holds what was taken back, and what is said to them. */
export type Notice = {
  readonly id: string
  readonly entry: string
  readonly body: unknown
  readonly state: 'waiting' | 'acknowledged'
  readonly tries: number
  /** When it is said (again). */
  readonly next: number
  /** Said in vain for so long that a person has to see to it. */
  readonly escalated: boolean
}

const walk = new Schema(
  {
    _id: { type: String, required: true },
    certificate: { type: Schema.Types.Mixed, required: true },
    logged: { type: Boolean, required: true },
  },
  strictly('walks'),
)
const notice = new Schema(
  {
    _id: { type: String, required: true },
    entry: { type: String, required: true },
    body: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    tries: { type: Number, required: true },
    next: { type: Number, required: true },
    escalated: { type: Boolean, required: true },
  },
  strictly('notices'),
)
notice.index({ state: 1, next: 1 })
notice.index({ entry: 1 })

export type WalkStore = ReturnType<typeof openWalks>

/** How far entries that take something away were walked, and who was told. */
export function openWalks(connection: Connection) {
  const walks = connection.model('Walk', walk)
  const notices = connection.model('Notice', notice)
  return {
    ready: async () => {
      await walks.init()
      await notices.init()
    },
    async of(entry: string): Promise<Walk | undefined> {
      const found = await walks.findById(entry).lean()
      return found ? { entry, certificate: found.certificate, logged: found.logged } : undefined
    },
    /** The first certificate of an entry stays; gives the one that stands. */
    async certify(entry: string, certificate: unknown): Promise<unknown> {
      const found = await walks
        .findOneAndUpdate(
          { _id: entry },
          { $setOnInsert: { certificate, logged: false } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean()
      return found?.certificate ?? certificate
    },
    async log(entry: string): Promise<void> {
      await walks.updateOne({ _id: entry }, { $set: { logged: true } })
    },
    /** To be said once: whoever adds it again changes nothing. */
    async announce(id: string, entry: string, body: unknown, next: number): Promise<void> {
      const fresh = { entry, body, state: 'waiting', tries: 0, next, escalated: false }
      await notices.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true })
    },
    async due(now: number): Promise<readonly Notice[]> {
      const found = await notices
        .find({ state: 'waiting', next: trusted({ $lte: now }) })
        .sort({ next: 1 })
        .limit(50)
        .lean()
      return found.map(toNotice)
    },
    async said(id: string, state: Notice['state'], next: number, escalated: boolean): Promise<void> {
      await notices.updateOne({ _id: id }, { $set: { state, next, escalated }, $inc: { tries: 1 } })
    },
    async notices(entry: string): Promise<readonly Notice[]> {
      return (await notices.find({ entry }).sort({ _id: 1 }).lean()).map(toNotice)
    },
  }
}

type Found = Omit<Notice, 'id' | 'state'> & { readonly _id: string; readonly state: string }
const toNotice = ({ _id, entry, body, state, tries, next, escalated }: Found): Notice => ({
  id: _id,
  ...{ entry, body, tries, next, escalated },
  state: state === 'acknowledged' ? 'acknowledged' : 'waiting',
})
