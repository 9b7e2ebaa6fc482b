import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** What came of walking an entry to its end; plain JSON, whose digest stands in the log. */
export type Walk = { readonly entry: string; readonly certificate: unknown; readonly logged: boolean }

/** Somebody who holds what was taken back, and what is said to them. */
export type Notice = {
  readonly id: string
  readonly entry: string
  /** Whose account fetched it. */
  readonly recipient: string
  readonly body: unknown
  readonly state: 'waiting' | 'acknowledged'
  readonly tries: number
  /** When it is said (again). */
  readonly next: number
  /** Said in vain for so long that a person has to see to it. */
  readonly escalated: boolean
  /** Who said that it was heeded, and when: an account, or the address that notices are sent to. */
  readonly by?: string
  readonly at?: number
}
/** What the address of notices acknowledged, no account did. */
export const byAddress = 'address'

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
    recipient: { type: String, required: true },
    by: String,
    at: Number,
  },
  strictly('notices'),
)
notice.index({ state: 1, next: 1 })
notice.index({ entry: 1 })
notice.index({ recipient: 1 })

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
    async announce({
      id,
      ...more
    }: Pick<Notice, 'id' | 'entry' | 'recipient' | 'body' | 'next'>): Promise<void> {
      const fresh = { ...more, state: 'waiting', tries: 0, escalated: false }
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
    /** It was said and nobody acknowledged it. */
    async said(id: string, next: number, escalated: boolean): Promise<void> {
      await notices.updateOne({ _id: id }, { $set: { next, escalated }, $inc: { tries: 1 } })
    },
    /** The first acknowledgement stands. False when there was one, or no such notice. */
    async acknowledge(id: string, by: string, at: number): Promise<boolean> {
      const set = { $set: { state: 'acknowledged', by, at } }
      return (await notices.updateOne({ _id: id, state: 'waiting' }, set)).modifiedCount === 1
    },
    async notice(id: string): Promise<Notice | undefined> {
      const found = await notices.findById(id).lean()
      return found ? toNotice(found) : undefined
    },
    /** What somebody was told, the newest last. */
    async noticesTo(recipient: string): Promise<readonly Notice[]> {
      return (await notices.find({ recipient }).sort({ next: 1, _id: 1 }).lean()).map(toNotice)
    },
    async notices(entry: string): Promise<readonly Notice[]> {
      return (await notices.find({ entry }).sort({ _id: 1 }).lean()).map(toNotice)
    },
  }
}

type Found = Omit<Notice, 'id' | 'state' | 'by' | 'at'> & {
  readonly _id: string
  readonly state: string
  readonly by?: string | null
  readonly at?: number | null
}
const toNotice = ({ _id, entry, recipient, body, state, tries, next, escalated, by, at }: Found): Notice => ({
  id: _id,
  ...{ entry, recipient, body, tries, next, escalated },
  state: state === 'acknowledged' ? 'acknowledged' : 'waiting',
  ...(by != null && { by }),
  ...(at != null && { at }),
})
