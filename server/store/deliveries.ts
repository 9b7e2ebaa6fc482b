import { randomUUID } from 'node:crypto'
import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** A file in which people are heard that left the house: to whom, when, and what it was. */
export type Delivery = {
  readonly id: string
  readonly episode: string
  readonly name: string
  /** SHA-256 of what was handed over, as hex. */
  readonly digest: string
  readonly actors: readonly string[]
  readonly entries: readonly string[]
  /** Who fetched it: their id and what they are called. */
  readonly recipient: string
  readonly called: string
  readonly at: number
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    episode: { type: String, required: true },
    name: { type: String, required: true },
    digest: { type: String, required: true },
    actors: { type: [String], required: true },
    entries: { type: [String], required: true },
    recipient: { type: String, required: true },
    called: { type: String, required: true },
    at: { type: Number, required: true },
  },
  strictly('deliveries'),
)
schema.index({ entries: 1 })
schema.index({ actors: 1 })

export type DeliveryStore = ReturnType<typeof openDeliveries>

export function openDeliveries(connection: Connection, now: () => number) {
  const model = connection.model('Delivery', schema)
  return {
    ready: () => model.init(),
    async add(given: Omit<Delivery, 'id' | 'at'>): Promise<void> {
      const { actors, entries, ...rest } = given
      await model.create({
        _id: randomUUID(),
        ...rest,
        actors: [...actors],
        entries: [...entries],
        at: now(),
      })
    },
    /** What left with these voices or by these entries, in the order in which it left. */
    async derivedFrom(ids: Iterable<string>): Promise<readonly Delivery[]> {
      const any = trusted({ $in: [...ids] })
      const found = await model
        .find({ $or: [{ entries: any }, { actors: any }] })
        .sort({ at: 1, _id: 1 })
        .lean()
      return found.map(({ _id: id, actors, entries, ...rest }) => ({
        id,
        ...rest,
        actors: [...actors],
        entries: [...entries],
      }))
    },
  }
}
