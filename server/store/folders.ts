import { join } from 'node:path'

/** Where things lie in the data folder. */
export const foldersOf = (dataDir: string) => ({
  /** The embedded store's database and socket. */
  store: join(dataDir, 'store'),
  blobs: join(dataDir, 'blobs'),
  /** Unfinished and unused uploads, on the same disk as the blobs. */
  uploads: join(dataDir, 'uploads'),
  /** Installed weights. */
  models: join(dataDir, 'models'),
  /** Where steps work; emptied when a worker starts. */
  scratch: join(dataDir, 'scratch'),
})
