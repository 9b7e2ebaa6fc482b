import { join } from 'node:path'

/** Where the register lies in the data folder. The keys of voices lie elsewhere, and in no backup. */
export const consentFolders = (dataDir: string) => {
  const root = join(dataDir, 'consent')
  return {
    root,
    /** C2SP tiles and checkpoint, and `public-key`: anybody may read these. */
    log: join(root, 'log'),
    /** The statements that the log commits to, with their salts. */
    records: join(root, 'records'),
    /** What waits for the log. */
    journal: join(root, 'journal'),
    /** Voices, sealed. */
    vault: join(root, 'vault'),
  }
}
