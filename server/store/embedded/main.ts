/**
 * The process of the embedded store: `main.ts DATABASE-FILE SOCKET [normal|full]`. Its keeper hears over IPC that it is
 * ready, or why it is not, and it ends when its keeper does. Started without a keeper it runs until it is stopped.
 */
import { Busy } from './database.ts'
import { serve } from './server.ts'

/** What the keeper hears, once. */
export type Word =
  | { readonly type: 'ready' }
  | { readonly type: 'busy' }
  | { readonly type: 'failed'; readonly reason: string }

const [file, socket, durability] = process.argv.slice(2)
const tell = (word: Word) => process.send?.(word)

// Whatever is made here is for its owner alone.
process.umask(0o077)

try {
  if (!file || !socket) throw new Error('The store needs a database file and a socket.')
  const server = await serve(file, socket, durability === 'full' ? 'full' : 'normal', Date.now)
  const end = () => void server.close().finally(() => process.exit())
  process.on('SIGTERM', end)
  process.on('disconnect', end)
  process.on('SIGINT', end)
  tell({ type: 'ready' })
} catch (error) {
  if (error instanceof Busy) tell({ type: 'busy' })
  else tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) })
  if (!process.send) console.error(error)
  process.exitCode = 1
  process.disconnect?.()
}
