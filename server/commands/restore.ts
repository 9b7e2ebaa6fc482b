import { readConfig } from '../config.ts'
import { restore } from '../store/restore.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama restore FILE.tar'

/** Puts a backup back, once every digest in it was checked. The server must not be running. */
export const run: Command = async ([file]) => {
  if (!file) {
    console.error(usage)
    return 2
  }
  const { dataDir, mongodbUri } = readConfig()
  const { at, blobs, before, notes } = await restore({ dataDir, mongodbUri, file })
  console.log(`Restored the backup of ${at} with ${blobs} files.`)
  if (before) console.log(`What was there before lies in ${before}.`)
  for (const note of notes) console.log(note)
  return 0
}
