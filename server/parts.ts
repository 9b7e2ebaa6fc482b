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
export async function openParts(
  { dataDir, mongodbUri }: Config,
  { join, log }: { readonly join: boolean; readonly log?: (says: string, more?: object) => void },
) {
  const store = await openStore({ dataDir, mongodbUri, join, log })
  const { connection } = store
  const work = openWork(connection, Date.now)
  // Workers live and die with whoever keeps the embedded store: who has just begun to keep it finds none alive.
  if (store.own && store.kind === 'embedded') await work.release()
  return {
    store,
    people: await openPeople(connection, Date.now),
    work,
    artifacts: await openArtifacts(connection, Date.now),
    blobs: await openBlobs(foldersOf(dataDir).blobs),
    close: () => store.close(),
  }
}
