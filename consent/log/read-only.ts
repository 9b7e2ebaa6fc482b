import { text } from '../bytes.ts'
import type { Log } from './log.ts'
import type { NoteVerifier } from './note.ts'
import { readLog } from './read.ts'
import type { Storage } from './storage.ts'

/**
 * A log whose secret key is not at hand: it can be read and proven from, and nothing can be written to it. Throws when
 * its bytes are not what was signed.
 */
export async function readOnlyLog(storage: Storage, verifier: NoteVerifier): Promise<Log> {
  const bytes = await storage.read('checkpoint')
  if (!bytes) throw new TypeError('The log has no checkpoint.')
  const note = text(bytes)
  const { entries, tree } = await readLog(storage, note, verifier, verifier.name)
  const size = tree.size()
  const closed = async () => {
    throw new Error('The log’s key is missing: nothing can be written.')
  }
  return Object.freeze({
    size: () => size,
    entries: (from = 0) => entries.slice(from),
    checkpoint: () => note,
    append: closed,
    touch: closed,
    inclusion: (index: number) => tree.inclusion(index, size),
    consistency: (from: number) => tree.consistency(from, size),
  })
}
