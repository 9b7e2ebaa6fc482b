import { readdir, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { openCatalogue } from './catalogue.ts'
import type { Store } from './command.ts'
import { answerTo, expire } from './commands.ts'
import { openCursors } from './cursors.ts'
import { openDatabase } from './database.ts'
import { openReader, readMessage, writeAnswer } from './wire.ts'

export type Server = { readonly close: () => Promise<void> }

/** As often as MongoDB looks for documents whose time is over. */
const sweepMs = 60_000

/**
 * Serves the database file on a Unix socket that only its owner may open. Every command is done from beginning to end
 * before the next, in one transaction, and is on the disk's journal before it is answered.
 * Throws `Busy` when another process has the file.
 */
export async function serve(
  file: string,
  socket: string,
  durability: 'normal' | 'full',
  now: () => number,
): Promise<Server> {
  const database = openDatabase(file, durability)
  const folder = dirname(file)
  const store: Store = {
    folder,
    database,
    catalogue: openCatalogue(database),
    cursors: openCursors(now),
    now,
  }
  // The lock on the file is ours, so a socket or a copy that is there was left by a process that died.
  await rm(socket, { force: true })
  for (const name of await readdir(folder)) if (/^copy-.*\.db$/.test(name)) await rm(join(folder, name))

  const clients = new Set<Socket>()
  const server = createServer(client => {
    clients.add(client)
    client.on('close', () => clients.delete(client))
    client.on('error', () => client.destroy())
    const read = openReader(bytes => {
      const message = readMessage(bytes)
      const answer = answerTo(store, message.call)
      if (message.wantsAnswer) client.write(writeAnswer(message, answer))
    })
    client.on('data', chunk => {
      try {
        read(Buffer.from(chunk))
      } catch {
        // Whoever speaks something else than the protocol is not spoken to.
        client.destroy()
      }
    })
  })
  const before = process.umask(0o177)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  }).finally(() => process.umask(before))

  const sweeper = setInterval(() => {
    store.cursors.sweep()
    try {
      expire(store)
    } catch {
      // A full disk, say, keeps them a little longer: they are looked for again and again.
    }
  }, sweepMs)
  return {
    async close() {
      clearInterval(sweeper)
      for (const client of clients) client.destroy()
      await new Promise(resolve => server.close(resolve))
      database.close()
    },
  }
}
