import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { lstat, mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../../../pipelines/problem.ts'
import { startModule } from '../../../pipelines/start.ts'
import type { Word } from './main.ts'

export type Launched = {
  /** What to connect to. */
  readonly uri: string
  readonly file: string
  /** The process that serves it now, when it is a child of ours. */
  readonly pid: () => number | undefined
  /** False when another process's store is used. */
  readonly own: boolean
  readonly close: () => Promise<void>
}
export type Launch = {
  /** An empty folder, or one used before. */
  readonly folder: string
  /** Whether a store that another process keeps on this folder is welcome. */
  readonly join: boolean
  readonly durability: 'normal' | 'full'
  readonly log: (says: string, more?: object) => void
}

export const databaseFile = (folder: string) => join(folder, 'kotodama.db')

/**
 * Starts the embedded store in a process of its own, or joins the one that serves this folder already. A store that
 * dies is started again: the driver finds it at the same socket, and what it had acknowledged is there.
 * Throws `store-busy`, or `store-damaged` when the database can't be opened.
 */
export async function launch({ folder, join, durability, log }: Launch): Promise<Launched> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const socket = await socketFor(folder)
  const file = databaseFile(folder)
  const uri = `mongodb://${encodeURIComponent(socket)}/kotodama`
  const joined: Launched = { uri, file, own: false, pid: () => undefined, close: async () => {} }
  if (join && (await answers(socket))) return joined

  const { child, word } = await start()
  if (word.type === 'busy' && join && (await answersSoon(socket))) return joined
  if (word.type === 'busy') throw new Problem('store-busy', { place: folder })
  if (word.type === 'failed') throw new Problem('store-damaged', { place: folder, reason: word.reason })

  let current = child
  const closing = new AbortController()
  const kept = keep(child)
  return {
    uri,
    file,
    own: true,
    pid: () => current.pid,
    async close() {
      closing.abort()
      await ended(current)
      await kept
    },
  }

  async function start(): Promise<{ child: ChildProcess; word: Word }> {
    const child = startModule(new URL('./main.ts', import.meta.url), [file, socket, durability], {
      // A terminal's Ctrl+C is for its keeper alone, who has last words to write and tells it when it is time.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const word = await new Promise<Word>(resolve => {
      child.once('message', (said: Word) => resolve(said))
      child.once('exit', code => resolve({ type: 'failed', reason: `its process ended with ${code}` }))
      child.once('error', error => resolve({ type: 'failed', reason: error.message }))
    })
    return { child, word }
  }

  /** Starts it again whenever it ends, for as long as it is wanted. */
  async function keep(first: ChildProcess): Promise<void> {
    for (let child = first; ; ) {
      const [code, signal] = await exited(child)
      if (closing.signal.aborted) return
      log('the store died and is started again', { code, signal })
      const next = await start()
      child = next.child
      current = child
      if (closing.signal.aborted) return ended(child)
      if (next.word.type === 'ready') continue
      log('the store could not be started again', next.word)
      await pause(retryMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  }
}

/** What keeps it from starting, a full disk say, may pass. */
const retryMs = 2000

/** One without a number never began. */
const hasExited = ({ pid, exitCode, signalCode }: ChildProcess) =>
  pid === undefined || exitCode !== null || signalCode !== null
const exited = async (child: ChildProcess): Promise<unknown[]> =>
  hasExited(child) ? [child.exitCode, child.signalCode] : once(child, 'exit')

async function ended(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return
  child.kill('SIGTERM')
  await exited(child)
}

/**
 * The socket beside the database; or, as the kernel takes no path of more than 107 bytes, in a folder of the system's
 * temporary one that is named after it. Others may write there: it is used only when it is ours and closed to them.
 */
async function socketFor(folder: string): Promise<string> {
  const beside = resolve(folder, 'store.sock')
  if (Buffer.byteLength(beside) < 100) return beside
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16)
  const other = join(tmpdir(), `kotodama-${name}`)
  await mkdir(other, { recursive: true, mode: 0o700 })
  const { uid, mode } = await lstat(other)
  if (uid !== process.getuid?.() || mode & 0o077)
    throw new Problem('store-damaged', { place: folder, reason: `${other} belongs to somebody else` })
  return join(other, 'store.sock')
}

function answers(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const client = connect(socket)
    client.once('connect', () => resolve(true))
    client.once('error', () => resolve(false))
    client.once('connect', () => client.destroy())
  })
}

/** Its owner may just be opening the file: it has a few seconds to answer. */
async function answersSoon(socket: string): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    if (await answers(socket)) return true
    await pause(100)
  }
  return false
}
