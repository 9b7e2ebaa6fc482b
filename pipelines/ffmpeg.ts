/**
 * The only place that runs ffmpeg and ffprobe. Arguments are lists built by us, inputs are opened with the safe flags,
 * and no text of a user ever stands in a filter graph or a file name. fluent-ffmpeg, which is archived, is known to this
 * file alone: it starts the process and reads its lines.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import fluent from 'fluent-ffmpeg'
import { diskFull, fractionOf, isProgressRow, reasonOf, tooSlow } from './ffmpeg-parse.ts'
import { Problem } from './problem.ts'
import type { Stage } from './stage.ts'
import type { Ms } from './terms.ts'
import { findTools, type Tools } from './tools.ts'

/** A file to read. `format` forces ffmpeg's demuxer (`mov`, `s16le`); `args` stand before `-i`. */
export type Input = { readonly file: string; readonly format?: string; readonly args?: readonly string[] }
/** A file to write, and the arguments that stand before it: maps, codecs, `-f`. It is overwritten. */
export type Output = { readonly file: string; readonly args: readonly string[] }
/** One run of ffmpeg. */
export type Job = {
  readonly inputs: readonly Input[]
  /** A `-filter_complex` graph. Numbers and our own words only. */
  readonly filter?: string
  readonly outputs: readonly Output[]
  /** How long the output will be: with it, progress is reported. */
  readonly length?: Ms
  /** Longest time it may take. */
  readonly limit?: Ms
  /** Keeps what filters print (ebur128, loudnorm, astats), not only warnings. */
  readonly verbose?: boolean
}
/** A run whose last output goes to a pipe instead of a file: `args` as in an `Output`. */
export type StreamJob = Job & { readonly stream: readonly string[] }

type At = Pick<Stage, 'signal' | 'report'>

/** Everything else (playlists, concat scripts, DASH, SDP, images, devices) may point at other files or at the network. */
const formats = 'mov,mp4,m4a,matroska,webm,mpegts,wav,flac,mp3,ogg,aac,srt,ass,webvtt,s16le,f32le,rawvideo'
const safely = ['-protocol_whitelist', 'file', '-format_whitelist', formats]
/** One allocation may not exceed this, whatever a header asks for. */
const largestAllocation = String(1 << 30)
const rowsKept = 400
/** ffmpeg finishes its files on SIGTERM, which can take long; a cancelled file is thrown away anyway. */
const grace: Ms = 500

let look: () => Promise<Tools> = () => findTools({})
let known: Promise<Tools> | undefined

/**
 * Says which tools to use from now on, and how to look for them again: of what is missing somebody is told, who installs
 * it and goes on. Without it the first run looks for them in the default order.
 */
export function useTools(tools: Tools, again: () => Promise<Tools> = async () => tools): void {
  known = Promise.resolve(tools)
  look = again
}

/** What stands in the way of opening any media, and its mend; nothing where both tools are there. */
export async function lackingTools(): Promise<Problem | undefined> {
  const { ffmpeg, ffprobe } = await tools()
  return ffmpeg && ffprobe ? undefined : new Problem('ffmpeg-missing')
}

/**
 * Runs a job to its end and gives the rows ffmpeg wrote to stderr (the last 400).
 * @throws Problem `cancelled` when the signal aborts, `ffmpeg-missing`, `disk-full`, `ffmpeg-failed` with a reason
 */
export function ffmpeg(job: Job, at: At): Promise<readonly string[]> {
  return start(job, at)
}

/**
 * Runs a job and gives what it writes to its `stream` output, in chunks as they come; ffmpeg waits while nobody reads,
 * so memory stays constant. Leaving the loop early stops ffmpeg. The other outputs are complete when the loop has ended.
 * @throws as `ffmpeg` does, at the end of the loop
 */
export async function* ffmpegStream(job: StreamJob, at: At): AsyncGenerator<Buffer, void> {
  // fluent-ffmpeg kills a process whose output stream closes 20 ms before it, so this one never says it closed.
  const pipe = new PassThrough({ emitClose: false, autoDestroy: false })
  const stop = new AbortController()
  const whole = start(job, { ...at, signal: AbortSignal.any([at.signal, stop.signal]) }, pipe)
  whole.catch(() => pipe.end())
  try {
    for await (const chunk of pipe) yield chunk
    await whole
  } finally {
    stop.abort()
    await whole.catch(() => {})
  }
}

/**
 * What ffprobe says of a file, as parsed JSON, not yet checked against any shape.
 * @param args what to show: `-show_entries …`, `-select_streams …`
 * @throws Problem `cancelled`, `ffmpeg-missing`, `ffmpeg-failed` with a reason
 */
export async function ffprobe(input: Input, args: readonly string[], at: At): Promise<unknown> {
  const { ffprobe: tool } = await tools()
  if (!tool) throw new Problem('ffmpeg-missing')
  // Not through fluent-ffmpeg: its ffprobe can't be stopped and keeps whatever a hostile file makes it print.
  const whole = [
    '-hide_banner',
    '-v',
    'warning',
    '-max_alloc',
    largestAllocation,
    ...args,
    '-of',
    'json',
    ...reading(input),
  ]
  const limits = {
    signal: at.signal,
    timeout: 120_000,
    maxBuffer: 8 << 20,
    killSignal: 'SIGKILL',
    env,
  } as const
  const { error, stdout, stderr } = await new Promise<{
    error: Error | null
    stdout: string
    stderr: string
  }>(done => {
    execFile(tool.path, whole, limits, (error, stdout, stderr) => done({ error, stdout, stderr }))
  })
  if (at.signal.aborted) throw new Problem('cancelled', {}, at.signal.reason)
  if (error) throw new Problem('ffmpeg-failed', { reason: probeFailure(error, stderr) }, error)
  return JSON.parse(stdout)
}

/** The static build in the registry crashes on transport streams where it finds the system's character tables. */
const env = process.platform === 'linux' ? { GCONV_PATH: '/nowhere' } : undefined

type Failure = Error & { readonly killed?: boolean; readonly code?: unknown; readonly signal?: unknown }

function probeFailure(error: Failure, stderr: string): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it has too much to say of itself'
  if (error.killed) return 'it took too long to read'
  return error.signal ? 'ffprobe itself broke down on it' : reasonOf(stderr.split('\n'))
}

const tools = async (): Promise<Tools> => {
  known ??= look()
  const found = await known
  if (found.ffmpeg && found.ffprobe) return found
  known = look()
  return known
}

function reading({ file, format, args = [] }: Input): string[] {
  return [...safely, ...(format ? ['-f', format] : []), ...args, '-i', `file:${file}`]
}

async function start(job: Job | StreamJob, at: At, pipe?: PassThrough): Promise<readonly string[]> {
  const { ffmpeg: tool } = await tools()
  if (!tool) throw new Problem('ffmpeg-missing')
  if (at.signal.aborted) throw new Problem('cancelled', {}, at.signal.reason)
  const { command, log } = prepare(job, at, pipe)
  command.setFfmpegPath(tool.path)

  let late = false
  const timers: NodeJS.Timeout[] = []
  const stop = () => {
    command.kill('SIGTERM')
    timers.push(setTimeout(() => command.kill('SIGKILL'), grace))
  }
  command.on('start', () => {
    if (at.signal.aborted) return stop()
    at.signal.addEventListener('abort', stop, { once: true })
    if (job.limit !== undefined)
      timers.push(
        setTimeout(() => {
          late = true
          stop()
        }, job.limit),
      )
  })
  try {
    const ended = once(command, 'end')
    command.run()
    await ended
  } catch (error) {
    if (at.signal.aborted) throw new Problem('cancelled', {}, at.signal.reason)
    if (late) throw new Problem('ffmpeg-failed', { reason: tooSlow }, error)
    throw failure(error, log)
  } finally {
    at.signal.removeEventListener('abort', stop)
    timers.forEach(clearTimeout)
  }
  return log
}

/** Before its first run fluent-ffmpeg starts ffmpeg twice more, to hear what it can do. What it can't, ffmpeg says when it is run. */
const unasked = {
  _checkCapabilities: (done: () => void) => done(),
  availableEncoders: (done: (error: undefined, encoders: object) => void) => done(undefined, {}),
}

/** The command line as fluent-ffmpeg wants it. Lists are spread: it splits the words of a list of one at spaces. */
function prepare(job: Job | StreamJob, at: At, pipe?: PassThrough) {
  const command = Object.assign(fluent(), unasked)
  const log: string[] = []
  for (const input of job.inputs) {
    const args = reading(input)
    command.input(args.at(-1) ?? '').inputOptions(...args.slice(0, -2))
  }
  const common = [
    ...['-nostdin', '-hide_banner', '-nostats', '-y', '-v', job.verbose ? 'info' : 'warning'],
    ...['-max_alloc', largestAllocation, '-progress', 'pipe:2'],
    ...(job.filter ? ['-filter_complex', job.filter] : []),
  ]
  const outputs = job.outputs.map(({ file, args }) => ({
    target: `file:${file}` as string | PassThrough,
    args,
  }))
  if (pipe && 'stream' in job) outputs.push({ target: pipe, args: job.stream })
  outputs.forEach(({ target, args }, index) => {
    command.output(target).outputOptions(...(index === 0 ? common : []), '-map_metadata', '-1', ...args)
  })
  command.on('stderr', (row: string) => {
    const fraction = job.length === undefined ? undefined : fractionOf(row, job.length)
    if (fraction !== undefined) at.report(fraction)
    if (isProgressRow(row)) return
    log.push(row)
    if (log.length > rowsKept) log.shift()
  })
  return { command, log }
}

function failure(error: unknown, log: readonly string[]): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'EACCES') return new Problem('ffmpeg-missing', {}, error)
  const rows = log.length > 0 ? log : [error instanceof Error ? error.message : String(error)]
  const reason = reasonOf(rows)
  return reason === diskFull
    ? new Problem('disk-full', { place: 'the work folder' }, error)
    : new Problem('ffmpeg-failed', { reason }, error)
}
