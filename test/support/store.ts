import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenedStore, openStore } from '../../server/store/connect.ts'
import { atEnd } from './ends.ts'

/** One embedded store serves every test of a run; where MONGODB_URI names a server, that does. */
let opened: Promise<OpenedStore> | undefined

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'kotodama-store-'))
  const store = await openStore({ dataDir: folder, mongodbUri: process.env.MONGODB_URI })
  atEnd(async () => {
    opened = undefined
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return store
}

/** A database of its own for one test, gone when it is closed. */
export async function openTestStore() {
  opened ??= open()
  const connection = (await opened).connection.useDb(`test-${randomUUID()}`)
  return {
    connection,
    ping: async () => void (await connection.db?.admin().ping()),
    close: async () => void (await connection.dropDatabase()),
  }
}
