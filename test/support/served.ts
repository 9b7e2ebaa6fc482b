import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The server as its operator starts it: a process of its own, on a free port, with its log at hand. */
export type Served = {
  readonly url: string
  readonly pid: number
  /** One-time link of the first administrator, when there is none yet. */
  readonly link?: string
  /** Hears every record of the log, as JSON, of the server and its worker. */
  readonly listen: (hear: (record: Record<string, unknown>) => void) => void
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

const root = join(import.meta.dirname, '../..')

export async function serve(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const child = spawn(process.execPath, [join(root, 'server/kotodama.mjs'), 'start'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'debug',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ears = new Set<(record: Record<string, unknown>) => void>()
  const errors: string[] = []
  createInterface({ input: child.stderr }).on('line', line => errors.push(line))
  let link: string | undefined
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', code =>
      reject(new Error(`the server ended with ${code}: ${errors.slice(-5).join('\n')}`)),
    )
    let found: string | undefined
    createInterface({ input: child.stdout }).on('line', line => {
      found ??= / at (http:\S+),/.exec(line)?.[1]
      link ??= /once: (\S+)/.exec(line)?.[1]
      if (found) resolve(found)
      if (!line.startsWith('{')) return
      for (const hear of ears) hear(JSON.parse(line))
    })
  })
  return {
    url,
    pid: child.pid ?? 0,
    ...(link && { link }),
    listen: hear => void ears.add(hear),
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  await gone
}
