import { equal, text, utf8 } from '../bytes.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { type NoteSigner, signNote } from './note.ts'
import { readLog, writeTiles } from './read.ts'
import type { Storage } from './storage.ts'
import { bundle, tilePath, tilesOf } from './tiles.ts'
import { growTree, type Hash, leafHash, type Tree } from './tree.ts'
import type { Witness } from './witness.ts'

export type Log = {
  /** How many entries are acknowledged. */
  readonly size: () => number
  /** The acknowledged entries from this index on. */
  readonly entries: (from?: number) => readonly Uint8Array[]
  /** The newest signed checkpoint. */
  readonly checkpoint: () => string
  /**
   * Puts entries at the end and gives the index of the first. Resolves when they would outlive a power cut and every
   * witness has signed. After a throw nothing is acknowledged, but what was written so far may come to light when the
   * log recovers: whoever appends tells by `entries`, never by having called.
   */
  readonly append: (entries: readonly Uint8Array[]) => Promise<number>
  /** Shows that the log can be written, after a failure: signs and writes what is acknowledged once more. Throws. */
  readonly touch: () => Promise<void>
  /** Proofs in the tree of the acknowledged entries. */
  readonly inclusion: (index: number) => readonly Hash[]
  readonly consistency: (from: number) => readonly Hash[]
}

export type LogWish = {
  readonly storage: Storage
  readonly origin: string
  readonly signer: NoteSigner
  readonly witnesses?: readonly Witness[]
}

type State = { readonly tree: Tree; readonly entries: Uint8Array[]; size: number; note: string }

/**
 * Opens the log, checking every byte of it. The checkpoint is the commit: what lies beyond it was never acknowledged.
 * Throws when the bytes are not what was signed, and when a witness has seen a longer or another log: an old backup
 * put back is such a log.
 */
export async function openLog({ storage, origin, signer, witnesses = [] }: LogWish): Promise<Log> {
  let state = await load()
  let broken = false
  let turn: Promise<unknown> = Promise.resolve()

  async function load(): Promise<State> {
    const note = await spelt('checkpoint')
    const next = await spelt('checkpoint.next')
    if (!note && !next) return publish({ tree: growTree(), entries: [], size: 0, note: '' })
    const signed = note ? await readLog(storage, note, signer, origin) : undefined
    const ahead = next
      ? await readLog(storage, next, signer, origin).catch(error => {
          if (signed) return undefined // a crash came before all of it was written
          throw error
        })
      : undefined
    const grown =
      ahead &&
      ahead.tree.size() > (signed?.tree.size() ?? -1) &&
      (!signed || equal(ahead.tree.root(signed.tree.size()), signed.tree.root()))
    const found = grown ? ahead : signed
    if (!found) throw new TypeError('The log has no checkpoint.')
    for (const witness of witnesses) {
      const seen = await witness.seen()
      if (seen.size > found.tree.size() || !equal(found.tree.root(seen.size), seen.root))
        throw new TypeError('A witness has seen a longer or another log than this one.')
    }
    const loaded = { ...found, size: found.tree.size(), note: note ?? '' }
    return grown ? publish(loaded) : loaded
  }

  async function spelt(path: string): Promise<string | undefined> {
    const bytes = await storage.read(path)
    return bytes && text(bytes)
  }

  /** Commits the whole tree: announced on disk, then witnessed, then made the checkpoint. */
  async function publish({ tree, entries }: State): Promise<State> {
    const signed = signNote(writeCheckpoint({ origin, size: tree.size(), root: tree.root() }), [signer])
    // A witness that has signed must find this tree again after a crash: it is announced on disk first.
    await storage.write('checkpoint.next', utf8(signed))
    let note = signed
    for (const witness of witnesses) {
      const { size } = await witness.seen()
      note += await witness.cosign(signed, size, tree.consistency(size))
    }
    await storage.write('checkpoint', utf8(note))
    return { tree, entries, size: tree.size(), note }
  }

  async function append(added: readonly Uint8Array[]): Promise<number> {
    if (added.length === 0) throw new RangeError('There is nothing to append.')
    bundle(added) // a length that can't be written is refused before anything changes
    if (broken) state = await load()
    broken = true
    const { tree, entries, size: first } = state
    for (const entry of added) {
      entries.push(entry.slice())
      tree.grow(leafHash(entry))
    }
    await writeTiles(storage, tree, entries, first)
    state = await publish(state)
    broken = false
    await sweep(first, state.size)
    return first
  }

  /** Partial tiles may go when the whole tile stands (C2SP tlog-tiles). What stays by mischance harms nobody. */
  async function sweep(from: number, size: number): Promise<void> {
    for (let index = tilesOf(from).whole; index < tilesOf(size).whole; index++)
      for (const level of ['entries', 0] as const)
        await storage.remove(`${tilePath(level, index)}.p`).catch(() => undefined)
  }

  async function touch(): Promise<void> {
    state = await publish(broken ? await load() : state)
    broken = false
  }

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  return Object.freeze({
    size: () => state.size,
    entries: (from = 0) => state.entries.slice(from, state.size),
    checkpoint: () => state.note,
    append: (added: readonly Uint8Array[]) => inTurn(() => append(added)),
    touch: () => inTurn(touch),
    inclusion: (index: number) => state.tree.inclusion(index, state.size),
    consistency: (from: number) => state.tree.consistency(from, state.size),
  })
}
