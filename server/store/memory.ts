import { createHash } from 'node:crypto'
import { Schema } from 'mongoose'
import type { Language, MemoryEntry } from '../../pipelines/terms.ts'
import { type Connection, strictly } from './shape.ts'

const schema = new Schema(
  {
    /** The digest of series, languages and both sentences: the same pair is kept once. */
    _id: { type: String, required: true },
    series: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    source: { type: String, required: true },
    target: { type: String, required: true },
    origin: { type: String, default: '' },
    at: { type: Number, required: true },
  },
  strictly('memory'),
)
schema.index({ series: 1, from: 1, to: 1, at: -1 })

/** One write stays well under what a MongoDB server takes in one message. */
const batch = 1000

export type Memory = ReturnType<typeof openMemory>

/** The translation memory of a series: sentences people once translated. */
export function openMemory(connection: Connection, now: () => number) {
  const model = connection.model('Memory', schema)
  return {
    ready: () => model.init(),

    /** Adds what is new and gives how many that were. A pair without words on both sides is none. */
    async add(series: string, entries: readonly MemoryEntry[]): Promise<number> {
      const whole = entries.filter(entry => entry.source.trim() && entry.target.trim())
      let added = 0
      for (let from = 0; from < whole.length; from += batch) {
        const writes = whole.slice(from, from + batch).map(entry => ({
          updateOne: {
            filter: { _id: keyOf(series, entry) },
            update: { $setOnInsert: { series, ...entry, at: now() } },
            upsert: true,
          },
        }))
        added += (await model.bulkWrite(writes, { ordered: false })).upsertedCount
      }
      return added
    },

    /** The newest first, always in the same order: it is an input of steps whose results are remembered. */
    async of(series: string, from: Language, to: Language): Promise<readonly MemoryEntry[]> {
      const found = await model.find({ series, from, to }).sort({ at: -1, _id: 1 }).lean()
      return found.map(({ source, target, origin }) => ({ from, to, source, target, origin }))
    },
  }
}

function keyOf(series: string, { from, to, source, target }: MemoryEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([series, from, to, source, target]))
    .digest('hex')
}
