/** Finds ffmpeg and ffprobe, and tells what is missing and what mends it. Asks the programs what they are, runs no media. */
import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

export type ToolName = 'ffmpeg' | 'ffprobe'
export type Found = 'setting' | 'system' | 'ffmpeg-static' | 'registry'
export type Tool = { readonly path: string; readonly version: string; readonly from: Found }
export type Tools = {
  readonly ffmpeg?: Tool
  readonly ffprobe?: Tool
  /** Programs that were tried and do not run, with the reason. */
  readonly broken?: readonly Broken[]
}
export type Broken = {
  readonly name: ToolName
  readonly path: string
  readonly from: Found
  readonly reason: string
}
/** One row of a doctor's report. `mend` is a command or a sentence; absent when all is well. */
export type Diagnosis = {
  readonly name: ToolName
  readonly state: 'well' | 'lacking' | 'missing'
  readonly says: string
  readonly mend?: string
}
type Candidate = { readonly path: string; readonly from: Found }
type Settings = Partial<Readonly<Record<ToolName, string>>>

/** What is asked of a build, by the listing that shows it. */
const wanted: readonly [kind: 'encoder' | 'decoder' | 'filter', names: readonly string[]][] = [
  ['encoder', ['libx264', 'aac', 'libopus', 'flac', 'mjpeg', 'pcm_s16le', 'subrip', 'ass', 'mov_text']],
  ['decoder', ['h264', 'hevc', 'vp9', 'aac', 'mp3', 'opus', 'flac', 'ac3', 'eac3', 'mov_text']],
  [
    'filter',
    ['fps', 'scale', 'split', 'asplit', 'aresample', 'pan', 'aformat', 'amix', 'ebur128', 'alimiter'],
  ],
]

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/**
 * Looks in this order: the path that was set, the system's, ffmpeg-static's, the binaries shipped in the registry.
 * The first that runs is taken; a tool that can't be found is absent.
 */
export async function findTools(settings: Settings): Promise<Tools> {
  const broken: Broken[] = []
  const find = async (name: ToolName): Promise<Tool | undefined> => {
    for (const candidate of candidates(name, settings[name])) {
      const tool = await ask(name, candidate)
      if (!('reason' in tool)) return tool
      if (tool.reason !== 'it is not there' || candidate.from === 'setting') broken.push(tool)
    }
    return undefined
  }
  const [ffmpeg, ffprobe] = await Promise.all([find('ffmpeg'), find('ffprobe')])
  return { ffmpeg, ffprobe, broken }
}

function candidates(name: ToolName, setting?: string): Candidate[] {
  const shipped = `${process.platform}-${process.arch}/${name}${process.platform === 'win32' ? '.exe' : ''}`
  const all: { from: Found; path: string | undefined }[] = [
    { from: 'setting', path: setting },
    { from: 'system', path: name },
    { from: 'ffmpeg-static', path: name === 'ffmpeg' ? staticPath() : undefined },
    { from: 'registry', path: resolved(`@${name}-installer/${shipped}`) },
  ]
  return all.flatMap(({ from, path }) => (path ? [{ from, path }] : []))
}

function resolved(id: string): string | undefined {
  try {
    return require.resolve(id)
  } catch {
    return undefined
  }
}

/** ffmpeg-static names a path even where its download was skipped: whether anything is there, `ask` finds out. */
function staticPath(): string | undefined {
  try {
    const path: unknown = require('ffmpeg-static')
    return typeof path === 'string' ? path : undefined
  } catch {
    return undefined
  }
}

async function ask(name: ToolName, { path, from }: Candidate): Promise<Tool | Broken> {
  try {
    const banner = await output(path, '-version')
    const version = new RegExp(`^${name} version (\\S+)`).exec(banner)?.[1]
    if (!version) return { name, path, from, reason: `it is not ${name}` }
    return { path: from === 'system' ? await whereIs(path) : path, version, from }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return { name, path, from, reason: 'it is not there' }
    // The registry's ffprobe is unpacked without the right to run it for everybody.
    if (code === 'EACCES' && from === 'registry' && (await chmod(path, 0o755).then(yes, no)))
      return ask(name, { path, from })
    return {
      name,
      path,
      from,
      reason: code === 'EACCES' ? 'it may not be run' : 'it does not run on this machine',
    }
  }
}
const yes = () => true
const no = () => false

async function output(path: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(path, args, { timeout: 20_000, maxBuffer: 4 << 20 })
  return stdout
}

async function whereIs(name: string): Promise<string> {
  const found = await run('sh', ['-c', 'command -v "$1"', 'sh', name]).catch(() => ({ stdout: '' }))
  return found.stdout.trim() || name
}

/** What the house uses and this build of ffmpeg lacks: `encoder libx264`. */
export async function lacksOf({ path }: Tool): Promise<string[]> {
  const lists = await Promise.all(wanted.map(([kind]) => output(path, '-hide_banner', `-${kind}s`)))
  return wanted.flatMap(([kind, names], index) => {
    const listed = namesIn(lists[index] ?? '')
    return names.filter(name => !listed.has(name)).map(name => `${kind} ${name}`)
  })
}

/** The names in a listing of ffmpeg's (`-encoders`, `-filters`): the second word of every row that begins with flags. */
export function namesIn(listing: string): ReadonlySet<string> {
  return new Set([...listing.matchAll(/^ [A-Z.|]{2,6} (\w+) /gm)].flatMap(([, name]) => name ?? []))
}

/** What a doctor says of the tools that were found, and of what that ffmpeg lacks. */
export function diagnose(tools: Tools, lacks: readonly string[]): readonly Diagnosis[] {
  const names: readonly ToolName[] = ['ffmpeg', 'ffprobe']
  return names.map(name => {
    const tool = tools[name]
    const setting = `${name.toUpperCase()}_PATH`
    const install = `Run \`apt-get install ffmpeg\`, or set ${setting}.`
    const failed = (tools.broken ?? []).filter(broken => broken.name === name)
    const tried = failed.map(({ path, reason }) => ` ${path} was tried: ${reason}.`).join('')
    const misset = failed.some(({ from }) => from === 'setting')
    if (!tool) return { name, state: 'missing', says: `${name} was not found.${tried}`, mend: install }
    const says = `${name} ${tool.version} at ${tool.path} (${origins[tool.from]}).${tried}`
    if (misset) return { name, state: 'lacking', says, mend: `Correct ${setting}, or unset it.` }
    if (name === 'ffprobe' || lacks.length === 0) return { name, state: 'well', says }
    return { name, state: 'lacking', says: `${says} It lacks ${lacks.join(', ')}.`, mend: install }
  })
}
const origins: Readonly<Record<Found, string>> = {
  setting: 'as set',
  system: "the system's",
  'ffmpeg-static': 'from ffmpeg-static',
  registry: 'shipped with the npm package',
}
