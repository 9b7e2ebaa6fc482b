import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'

/** A store of its own for one test. Where MONGODB_URI names a server, a database there that is dropped at the end. */
export async function openTestStore() {
  const uri = process.env.MONGODB_URI
  if (!uri) throw new Error('MONGODB_URI is needed until the embedded store stands')
  const connection = await mongoose.createConnection(uri, { dbName: `test-${randomUUID()}` }).asPromise()
  return {
    connection,
    ping: async () => void (await connection.db?.admin().ping()),
    close: async () => {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}
