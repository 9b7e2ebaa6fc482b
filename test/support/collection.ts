import type { Connection, mongo } from 'mongoose'

export type Fields = mongo.BSON.Document & { _id?: number | string | object | null }
export type Collection = mongo.Collection<Fields>

let made = 0

/** A new collection, spoken to without a schema, with these documents in it. */
export async function newCollection(
  connection: Connection,
  docs: readonly Fields[] = [],
): Promise<Collection> {
  const collection = connection.getClient().db().collection<Fields>(`tested_${++made}`)
  await collection.drop()
  if (docs.length > 0) await collection.insertMany(docs.map(doc => ({ ...doc })))
  return collection
}

/** What a store answers to what it refuses. */
export async function refusal(work: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return Object.assign(error)
    throw error
  }
  throw new Error('expected a refusal')
}
