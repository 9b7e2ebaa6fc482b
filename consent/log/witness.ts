import { equal } from '../bytes.ts'
import { type Checkpoint, readCheckpoint } from './checkpoint.ts'
import { type NoteSigner, type NoteVerifier, readNote, signatureLine } from './note.ts'
import { emptyRoot, extend, type Hash } from './tree.ts'

/** Somebody outside who signs that the log has only ever grown. */
export type Witness = {
  /** The last state it signed: the log must prove its growth from there. Throws when it can't be reached. */
  readonly seen: () => Promise<Pick<Checkpoint, 'size' | 'root'>>
  /** The witness's signature line, or a throw when the proof does not hold. */
  readonly cosign: (note: string, from: number, proof: readonly Hash[]) => Promise<string>
}

/** Where a witness keeps what it saw; `save` resolves when it would outlive a power cut. */
export type WitnessMemory = {
  readonly load: () => Promise<Pick<Checkpoint, 'size' | 'root'> | undefined>
  readonly save: (seen: Pick<Checkpoint, 'size' | 'root'>) => Promise<void>
}

/** A witness by C2SP tlog-witness: signs a checkpoint of this log that extends the last one it signed, and no other. */
export function openWitness(
  signer: NoteSigner,
  log: NoteVerifier,
  origin: string,
  kept: WitnessMemory,
): Witness {
  let turn: Promise<unknown> = Promise.resolve()
  const seen = async () => (await kept.load()) ?? { size: 0, root: emptyRoot }

  async function look(note: string, from: number, proof: readonly Hash[]): Promise<string> {
    const { body, signatures } = readNote(note, [log])
    const next = readCheckpoint(body)
    const last = await seen()
    if (signatures.length === 0) throw new TypeError('The log has not signed this checkpoint.')
    if (next.origin !== origin) throw new TypeError('This is the checkpoint of another log.')
    if (from !== last.size) throw new TypeError(`The last checkpoint seen here is of ${last.size} entries.`)
    if (!extend(last.size, last.root, next.size, next.root, proof))
      throw new TypeError('The log does not begin with what was seen here.')
    // Saved before it is signed: a witness that forgets would sign two histories.
    if (last.size !== next.size || !equal(last.root, next.root))
      await kept.save({ size: next.size, root: next.root })
    return signatureLine(body, signer)
  }

  return {
    seen,
    cosign: (note, from, proof) => {
      const mine = turn.then(() => look(note, from, proof))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
