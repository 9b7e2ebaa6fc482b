import { statfs } from 'node:fs/promises'
import { catalogue, diagnose, findTools, installedIn } from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { foldersOf } from '../store/folders.ts'
import type { Command } from './command.ts'

/** Says which tools are used, what is missing, and the command that mends it. 1 when something needed is missing. */
export const run: Command = async () => {
  const config = readConfig()
  const found = diagnose(await findTools(config.tools))
  for (const { state, says, mend } of found)
    say(state === 'well' ? '✓' : state === 'lacking' ? '!' : '✗', says, mend)

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const node = major > 20 || (major === 20 && minor >= 19)
  say(
    node ? '✓' : '✗',
    `Node.js ${process.versions.node}`,
    node ? undefined : 'Install Node.js 20.19 or newer.',
  )

  const models = await installedIn(foldersOf(config.dataDir).models)
  for (const { id, licence } of models) say('✓', `model ${id} (${licence.name})`)
  for (const use of ['speech', 'translation'] as const)
    if (!models.some(model => model.use === use) && !configured(config, use)) {
      const first = catalogue.find(model => model.use === use)
      say(
        '!',
        `no engine for ${use === 'speech' ? 'speech-to-text' : 'translation'} (scripts, subtitles and memory still work)`,
        `Run \`kotodama models install ${first?.id}\`.`,
      )
    }

  const disk = await statfs(config.dataDir).catch(() => undefined)
  if (disk) {
    const free = (disk.bavail * disk.bsize) / 1e9
    say(
      free > 5 ? '✓' : '!',
      `${free.toFixed(1)} GB free in ${config.dataDir}`,
      free > 5 ? undefined : 'An episode takes about 1 GB while it is made.',
    )
  }
  return found.some(({ state }) => state === 'missing') || !node ? 1 : 0
}

function configured({ engines }: ReturnType<typeof readConfig>, use: 'speech' | 'translation'): boolean {
  return use === 'speech'
    ? engines.transcription !== undefined
    : Boolean(engines.chat ?? engines.deepl ?? engines.libretranslate)
}

function say(mark: string, says: string, mend?: string): void {
  console.log(`${mark} ${says}${mend ? `\n  ${mend}` : ''}`)
}
