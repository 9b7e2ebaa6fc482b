/** Where a manifest store lies in a WAV: a chunk of its own, behind the sound (C2PA 2.1, A.3.3). */
import type { FileHandle } from 'node:fs/promises'

/** Of a RIFF whose chunks could be read to the end. `store`: the chunk of that name, its head included. */
export type Riff = {
  readonly size: number
  readonly store?: { readonly start: number; readonly length: number }
}

/** A chunk's length in 32 bits can't say more; what is longer (RF64) has its credentials beside it. */
export const longestRiff = 0xffffffff - 65_536
const mostChunks = 10_000

/** @returns nothing where it is no RIFF WAVE that may bear a store, or not a whole one */
export async function readRiff(file: FileHandle): Promise<Riff | undefined> {
  const { size } = await file.stat()
  const head = Buffer.alloc(12)
  if ((await file.read(head, 0, 12, 0)).bytesRead < 12) return undefined
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return undefined
  if (head.readUInt32LE(4) + 8 !== size) return undefined
  let store: Riff['store']
  let at = 12
  for (let count = 0; at + 8 <= size; count++) {
    if (count === mostChunks) return undefined
    await file.read(head, 0, 8, at)
    const length = head.readUInt32LE(4)
    if (head.toString('latin1', 0, 4) === 'C2PA') {
      // Two stores: nobody can say which one counts.
      if (store) return undefined
      store = { start: at, length: 8 + length }
    }
    at += 8 + length + (length % 2)
  }
  return at === size ? { size, ...(store && { store }) } : undefined
}

/** The chunk of a store of an even length. */
export function chunkOf(store: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write('C2PA', 'latin1')
  head.writeUInt32LE(store.length, 4)
  return Buffer.concat([head, store])
}
