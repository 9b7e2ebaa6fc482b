import { join } from 'node:path'

/** Where things lie in the data folder. */
export const foldersOf = (dataDir: string) => ({
  /** The embedded store's database and socket. */
  store: join(dataDir, 'store'),
  blobs: join(dataDir, 'blobs'),
})
