import { readConfig } from '../config.ts'
import { backup } from '../store/backup.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama backup FILE.tar'

/** Copies all data into one file, while the server runs or not. */
export const run: Command = async ([file]) => {
  if (!file) {
    console.error(usage)
    return 2
  }
  const { dataDir, mongodbUri } = readConfig()
  const { bytes, blobs, damaged, notes } = await backup({ dataDir, mongodbUri, file })
  console.log(`${file}: ${blobs} files, ${(bytes / 1e6).toFixed(1)} MB`)
  for (const digest of damaged) console.log(`left out, as it is damaged: ${digest}`)
  for (const note of notes) console.log(note)
  return damaged.length > 0 ? 1 : 0
}
