import { equal } from '../bytes.ts'
import { type Checkpoint, readCheckpoint } from './checkpoint.ts'
import { type NoteVerifier, readNote } from './note.ts'
import type { Storage } from './storage.ts'
import { bundle, hashTile, tilePath, tilesOf, tileWidth, unbundle } from './tiles.ts'
import { growTree, leafHash, type Tree } from './tree.ts'

/**
 * Reads a whole log and holds every byte against the signed checkpoint: entries, hashes of every level, root. Throws a
 * TypeError that names what does not fit.
 */
export async function readLog(
  storage: Pick<Storage, 'read'>,
  note: string,
  verifier: NoteVerifier,
  origin: string,
): Promise<{ readonly entries: Uint8Array[]; readonly tree: Tree; readonly checkpoint: Checkpoint }> {
  const { body, signatures } = readNote(note, [verifier])
  if (signatures.length === 0) throw new TypeError('The log’s key has not signed this checkpoint.')
  const checkpoint = readCheckpoint(body)
  if (checkpoint.origin !== origin) throw new TypeError('This is the checkpoint of another log.')
  const entries: Uint8Array[] = []
  const tree = growTree()
  for (const { index, width } of tilesIn(checkpoint.size, 0)) {
    const path = tilePath('entries', index, width)
    const bytes = await storage.read(path)
    const found = bytes ? unbundle(bytes) : []
    if (found.length !== width) throw new TypeError(`The log lacks ${path}.`)
    for (const entry of found) tree.grow(leafHash(entry))
    entries.push(...found)
  }
  if (!equal(tree.root(), checkpoint.root))
    throw new TypeError('The log’s entries are not those that were signed.')
  for (let level = 0; checkpoint.size >= tileWidth ** level; level++)
    for (const { index, width } of tilesIn(checkpoint.size, level)) {
      const path = tilePath(level, index, width)
      const bytes = await storage.read(path)
      if (!bytes || !equal(bytes, hashTile(tree, level, index, width)))
        throw new TypeError(`The log’s ${path} is missing or wrong.`)
    }
  return { entries, tree, checkpoint }
}

/** Writes the tiles that differ from those of the tree of `from` leaves. */
export async function writeTiles(
  storage: Storage,
  tree: Tree,
  entries: readonly Uint8Array[],
  from: number,
): Promise<void> {
  for (const { index, width } of tilesIn(tree.size(), 0, from)) {
    const start = index * tileWidth
    await storage.write(tilePath('entries', index, width), bundle(entries.slice(start, start + width)))
  }
  for (let level = 0; tree.size() >= tileWidth ** level; level++)
    for (const { index, width } of tilesIn(tree.size(), level, from))
      await storage.write(tilePath(level, index, width), hashTile(tree, level, index, width))
}

/** The tiles of a level in a tree of `size` leaves, without those that were whole in the tree of `from`. */
function tilesIn(
  size: number,
  level: number,
  from = 0,
): readonly { readonly index: number; readonly width: number }[] {
  const { whole, rest } = tilesOf(size, level)
  const first = tilesOf(from, level).whole
  const full = Array.from({ length: whole - first }, (_, at) => ({ index: first + at, width: tileWidth }))
  return rest > 0 ? [...full, { index: whole, width: rest }] : full
}
