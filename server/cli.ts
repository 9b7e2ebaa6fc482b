/** `kotodama COMMAND …`: finds the command, runs it, and says what went wrong in a person's words. */
import { Problem } from '../pipelines/problem.ts'
import type { Command } from './commands/command.ts'

type Loaded = { readonly run: Command; readonly usage?: string }
/** One line a command; its code is loaded when it is called. */
const commands: Readonly<Record<string, readonly [says: string, load: () => Promise<Loaded>]>> = {
  demo: ['make the sample episode and show it', () => import('./commands/demo.ts')],
  start: ['start the server', () => import('./commands/start.ts')],
  ingest: ['make subtitles and a dub draft of a file', () => import('./commands/ingest.ts')],
  subtitles: [
    'read, convert, check, fix, sync, compare subtitle files',
    () => import('./commands/subtitles.ts'),
  ],
  models: ['list, install, import, verify, remove model weights', () => import('./commands/models.ts')],
  doctor: ['tell which tools are used and what is missing', () => import('./commands/doctor.ts')],
  mouth: ['write mouth cues of a sound for animators', () => import('./commands/mouth.ts')],
  score: ['tell how well a dub lies on its original, on any two files', () => import('./commands/score.ts')],
  backup: ['copy all data into one file', () => import('./commands/backup.ts')],
  restore: ['put a backup back', () => import('./commands/restore.ts')],
  link: ['make a new one-time link for somebody', () => import('./commands/link.ts')],
  consent: ['verify receipts of consents, watch their log', () => import('./commands/consent.ts')],
  marks: ['find content credentials and watermarks in a file', () => import('./commands/marks.ts')],
  fsck: ['look for damage in the data', () => import('./commands/fsck.ts')],
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (!command) {
  const asked = ['help', '--help', '-h'].includes(name)
  const list = Object.entries(commands).map(([word, [says]]) => `  ${word.padEnd(10)} ${says}`)
  console.log(
    [...(asked ? [] : [`kotodama: no command is called ${name}`]), 'kotodama COMMAND …', ...list].join('\n'),
  )
  process.exitCode = asked ? 0 : 2
} else {
  try {
    const { run, usage } = await command[1]()
    // Asked for help nothing is done: a backup would else go into a file of that name. Who has no usage tells it verb by verb.
    if (usage !== undefined && (args.includes('--help') || args[0] === '-h')) console.log(usage)
    else process.exitCode = await run(args)
  } catch (error) {
    if (error instanceof Problem) console.error(`kotodama ${name}: ${error.message}\n  ${error.mend}`)
    else if (isUsage(error)) console.error(`kotodama ${name}: ${error.message}`)
    else console.error(error)
    process.exitCode = isUsage(error) ? 2 : 1
  }
}

function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
