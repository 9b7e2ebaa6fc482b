import { type Connection, Mongoose } from 'mongoose'
import { Problem } from '../../pipelines/problem.ts'
import { launch } from './embedded/launch.ts'
import { foldersOf } from './folders.ts'

export type OpenStore = {
  readonly dataDir: string
  /** With it the data lives in that MongoDB; without, in the embedded store in the data folder. */
  readonly mongodbUri?: string | undefined
  /** Servers own their data; workers and commands join a store that is already served. */
  readonly join?: boolean
  /** For the embedded store: see `openDatabase`. */
  readonly durability?: 'normal' | 'full'
  readonly log?: (says: string, more?: object) => void
}
export type OpenedStore = {
  readonly connection: Connection
  readonly kind: 'embedded' | 'mongodb'
  /** False when another process of this machine keeps the store, and with it the workers. */
  readonly own: boolean
  /** For people: the address without its password, or the file. */
  readonly where: string
  readonly close: () => Promise<void>
}

/**
 * Opens the store of the models. A query that names a field the schema lacks is an error instead of a query for
 * everything, and an object with `$` in a filter is taken as a value: operators of ours are marked with `trusted`.
 * Throws `store-busy`, `store-damaged`, `store-unreachable`.
 */
export async function openStore({
  dataDir,
  mongodbUri,
  join = false,
  durability = 'normal',
  log = () => {},
}: OpenStore): Promise<OpenedStore> {
  if (mongodbUri) {
    const where = mongodbUri.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/s, '')
    const connection = await connect(mongodbUri, where)
    return { connection, kind: 'mongodb', own: true, where, close: () => connection.close() }
  }
  const embedded = await launch({ folder: foldersOf(dataDir).store, join, durability, log })
  try {
    // Nobody waits longer for a socket of this machine, also not while a store that died is started again.
    const connection = await connect(`${embedded.uri}?serverSelectionTimeoutMS=10000`, embedded.file)
    return {
      connection,
      kind: 'embedded',
      own: embedded.own,
      where: embedded.file,
      async close() {
        await connection.close()
        await embedded.close()
      },
    }
  } catch (error) {
    await embedded.close()
    throw error
  }
}

async function connect(uri: string, where: string): Promise<Connection> {
  const mongoose = new Mongoose({ strictQuery: 'throw', sanitizeFilter: true })
  const named = /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri)
  const connection = mongoose.createConnection(uri, named ? {} : { dbName: 'kotodama' })
  try {
    return await connection.asPromise()
  } catch (error) {
    await connection.close(true)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Problem('store-unreachable', { address: where, reason }, error)
  }
}
