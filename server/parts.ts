import type { Config } from './config.ts'
import { openArtifacts } from './store/artifacts.ts'
import { openBlobs } from './store/blobs.ts'
import { openStore } from './store/connect.ts'
import { foldersOf } from './store/folders.ts'
import { openPeople } from './store/people.ts'
import { openWork } from './store/work.ts'

export type Parts = Awaited<ReturnType<typeof openParts>>

/**
 * Opens what is kept. `join` says that another process may own the data already and is welcome to: workers and the
 * command line join, a server owns.
 * @throws Problem `store-busy` when it may not join and somebody owns the data
 */
export async function openParts({ dataDir, mongodbUri }: Config, { join }: { readonly join: boolean }) {
  const store = await openStore({ dataDir, mongodbUri, join })
  const { connection } = store
  return {
    store,
    people: await openPeople(connection, Date.now),
    work: openWork(connection, Date.now),
    artifacts: await openArtifacts(connection, Date.now),
    blobs: await openBlobs(foldersOf(dataDir).blobs),
    close: () => store.close(),
  }
}
