import { statfs } from 'node:fs/promises'
import { catalogue, diagnose, findTools, installedIn, lacksOf } from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { inspectConsent } from '../consent/inspect.ts'
import { findKey, keyNames } from '../consent/keys.ts'
import { certifiedUntil } from '../marks.ts'
import { foldersOf } from '../store/folders.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama doctor'

/** Says which tools are used, what is missing, and the command that mends it. 1 when something needed is missing. */
export const run: Command = async () => {
  const config = readConfig()
  const tools = await findTools(config.tools)
  const found = diagnose(tools, tools.ffmpeg ? await lacksOf(tools.ffmpeg) : [])
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

  const registered = await register(config)
  const until = await certifiedUntil(config.keysDir).catch(() => 0)
  if (until !== undefined) {
    const days = Math.floor((until - Date.now()) / 86_400_000)
    say(
      days > 60 ? '✓' : days >= 0 ? '!' : '✗',
      until === 0
        ? 'the certificate of the content credentials can’t be read'
        : `the certificate of the content credentials ends on ${new Date(until).toISOString().slice(0, 10)}`,
      days > 60
        ? undefined
        : `Put another into ${config.keysDir}, or take both files of it away to have one made.`,
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
  return found.some(({ state }) => state === 'missing') || !node || !registered ? 1 : 0
}

/** Says how the register of consents stands; false when it is damaged or lacks a key. */
async function register(config: ReturnType<typeof readConfig>): Promise<boolean> {
  const { size, latest, waiting, voices, damages } = await inspectConsent(config.dataDir)
  if (size === undefined && damages.length === 0) {
    say('✓', 'the register of consents is begun at the first start')
    return true
  }
  const given = {
    log: config.consent.logKey,
    company: config.consent.companyKey,
    master: config.consent.masterKey,
  }
  const found = await Promise.all(
    keyNames.map(
      async name => [name, await findKey(config.keysDir, name, given[name], false).catch(String)] as const,
    ),
  )
  const lacking = found.filter(([, key]) => !(key instanceof Uint8Array))
  for (const [name, key] of lacking)
    say(
      '✗',
      `the ${name} key of the register of consents is missing or unusable`,
      typeof key === 'string'
        ? key
        : `Put ${name}.key back into ${config.keysDir}; until then nobody’s voice is used.`,
    )
  for (const { rule, what } of damages.slice(0, 5))
    say(
      '✗',
      `the register of consents is damaged (${rule}: ${what})`,
      'Run `kotodama fsck`, then `kotodama restore`.',
    )
  if (waiting > 0)
    say(
      '!',
      `${waiting} withdrawals wait for the log of consents`,
      'They hold already; free some space or start the server so that they are logged.',
    )
  if (damages.length + lacking.length > 0) return false
  const when = latest === undefined ? '' : `, the newest of ${new Date(latest).toISOString()}`
  say('✓', `the register of consents is whole: ${size} entries${when}, ${voices} sealed voices`)
  return true
}

function configured({ engines }: ReturnType<typeof readConfig>, use: 'speech' | 'translation'): boolean {
  return use === 'speech'
    ? engines.transcription !== undefined
    : Boolean(engines.chat ?? engines.deepl ?? engines.libretranslate)
}

function say(mark: string, says: string, mend?: string): void {
  console.log(`${mark} ${says}${mend ? `\n  ${mend}` : ''}`)
}
