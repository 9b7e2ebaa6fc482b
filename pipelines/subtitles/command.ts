/** `kotodama subtitles VERB FILES…`: the subtitle core for shells and for CI. It knows nothing of a server. */
import { Problem } from '../problem.ts'
import { check, fix } from './command/check.ts'
import { reconform, songs } from './command/masters.ts'
import { type Asked, type OptionName, options, parse } from './command/options.ts'
import { read } from './command/read.ts'
import { diff, sync } from './command/sync.ts'
import { type Exit, exits, type World } from './command/world.ts'
import { convert, write } from './command/write.ts'
import { formats } from './formats/all.ts'

export type { Heard, World } from './command/world.ts'

type Verb = {
  readonly says: string
  readonly files: string
  readonly takes: readonly OptionName[]
  readonly run: (asked: Asked, world: World) => Promise<Exit>
}
const places = ['out', 'in-place', 'force'] as const
const judging = [
  'house',
  'language',
  'audience',
  'fps',
  'media',
  'glossary',
  'source',
  'only',
  'skip',
  'least',
] as const
const writing = ['to', 'encoding', 'bom', 'crlf', 'language', 'fps', 'strict'] as const

const verbs: Readonly<Record<string, Verb>> = {
  read: {
    says: 'tell what files are, and what is wrong with them',
    files: 'FILES…',
    takes: ['json', 'document', 'out', 'force', 'least'],
    run: read,
  },
  write: {
    says: 'write a document back into its own format',
    files: 'FILES…',
    takes: ['json', ...places, ...writing],
    run: write,
  },
  convert: {
    says: 'write files in another format, and tell what it can’t say',
    files: 'FILES…',
    takes: ['json', ...places, ...writing],
    run: convert,
  },
  check: {
    says: 'hold files against a house’s style',
    files: 'FILES…',
    takes: ['json', 'explain', ...judging],
    run: check,
  },
  fix: {
    says: 'mend what can be mended; without --out or --in-place only show it',
    files: 'FILES…',
    takes: ['json', 'join', ...places, ...judging],
    run: fix,
  },
  sync: {
    says: 'bring files into time with a film, a sound or other subtitles',
    files: 'FILES… --with FILE',
    takes: ['json', 'with', 'farthest', ...places],
    run: sync,
  },
  reconform: {
    says: 'move files onto a later master; tell what was cut otherwise',
    files: 'FILES… --was FILE --is FILE',
    takes: ['json', 'was', 'is', 'fps', ...places],
    run: reconform,
  },
  songs: {
    says: 'find an episode’s songs again in the next one',
    files: 'FILES… --was FILE --is FILE',
    takes: ['json', 'was', 'is', 'into', ...places],
    run: songs,
  },
  diff: { says: 'hold two files side by side', files: 'BEFORE AFTER', takes: ['json'], run: diff },
}

/** Runs one verb and gives its exit code; everything that can go wrong is said on `err`. */
export async function runSubtitles([name = 'help', ...args]: readonly string[], world: World): Promise<Exit> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) {
    const asked = ['help', '--help', '-h'].includes(name)
    const complaint = asked ? '' : `kotodama subtitles: no verb is called ${name}\n`
    await (asked ? world.out(help()) : world.err(complaint + help()))
    return asked ? exits.clean : exits.wrong
  }
  if (args.includes('--help') || args.includes('-h')) {
    await world.out(helpOf(name, verb))
    return exits.clean
  }
  try {
    return await verb.run(parse(args, verb.takes), world)
  } catch (error) {
    const said = sentenceOf(error)
    if (said === undefined) throw error
    await world.err(`kotodama subtitles ${name}: ${said}\n`)
    return exits.wrong
  }
}

/** What a person did or a file is; anything else is a fault of ours. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Problem) return `${error.message}\n  ${error.mend}`
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  return /^ERR_PARSE_ARGS|^E(?:ACCES|ISDIR|NOTDIR|NOENT|NOSPC|ROFS|PERM)$/.test(code)
    ? error.message
    : undefined
}

const help = (): string =>
  [
    'kotodama subtitles VERB FILES…',
    ...Object.entries(verbs).map(([name, { says }]) => `  ${name.padEnd(9)} ${says}`),
    'FILES may be patterns ("season 1/**/*.{ass,srt}") or - for what is piped in.',
    'Ends with 0: nothing found. 1: findings, differences, or a refusal. 2: asked wrongly, or a file can’t be read.',
    `Formats: ${formats.map(format => format.name).join(', ')}.`,
    'kotodama subtitles VERB --help tells the options.\n',
  ].join('\n')

function helpOf(name: string, { says, files, takes }: Verb): string {
  const rows = takes.map(option => {
    const row: { readonly value?: string; readonly short?: string; readonly says: string } = options[option]
    const { value, short } = row
    const head = `--${option}${value ? ` ${value}` : ''}${short ? `, -${short}` : ''}`
    return `  ${head.padEnd(22)} ${row.says}`
  })
  return [`kotodama subtitles ${name} ${files}`, `  ${says}`, ...rows, ''].join('\n')
}
