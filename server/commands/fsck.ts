import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { fsck } from '../store/fsck.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama fsck [--repair]'

/** Looks for damage in the data, and with --repair mends what can be. 1 when something is damaged and was not mended. */
export const run: Command = async args => {
  const options = { repair: { type: 'boolean', default: false } } as const
  const { repair } = parseArgs({ args: [...args], options }).values
  const { dataDir, mongodbUri } = readConfig()
  const { artifacts, blobs, findings } = await fsck(dataDir, { repair, mongodbUri })
  for (const { severity, says, mend } of findings)
    console.log(`${severity}: ${says}${mend ? `\n  ${mend}` : ''}`)
  console.log(`${artifacts} steps and ${blobs} files looked at, ${findings.length} findings`)
  return findings.some(({ severity }) => severity === 'error') && !repair ? 1 : 0
}
