import { text, utf8 } from '../bytes.ts'
import { askWitness, type Outsider } from './ask-witness.ts'
import { readCheckpoint } from './checkpoint.ts'
import type { Log } from './log.ts'
import type { Storage } from './storage.ts'

export type Witnessing = {
  /** The newest checkpoint, with the co-signatures that it has. */
  readonly checkpoint: () => string
  /** Asks every witness that has not signed the newest checkpoint, and keeps what they sign. Never throws. */
  readonly round: () => Promise<void>
}

const path = 'checkpoint.witnessed'
const bodyOf = (note: string) => note.slice(0, note.lastIndexOf('\n\n') + 1)

/**
 * Has outsiders co-sign what the log says it is, after the fact: a withdrawal waits for nobody outside. `tell` hears of a
 * witness that does not sign, and, above all, of one that has seen a longer log than this.
 */
export async function openWitnessing(
  log: Pick<Log, 'checkpoint' | 'consistency'>,
  storage: Storage,
  outsiders: readonly Outsider[],
  tell: (says: string, more: { readonly witness: string }) => void,
  post: typeof fetch = fetch,
): Promise<Witnessing> {
  const sizes = new Map<Outsider, number>()
  const bytes = await storage.read(path).catch(() => undefined) // co-signatures can be asked for again
  let kept = bytes ? text(bytes) : ''
  let turn: Promise<void> = Promise.resolve()

  async function ask(outsider: Outsider): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      const note = log.checkpoint()
      const { size } = readCheckpoint(bodyOf(note))
      const from = sizes.get(outsider) ?? 0
      const proof = log.consistency(from) // in one breath with the checkpoint: the log may grow meanwhile
      const answer = await askWitness(outsider, note, from, proof, post)
      if ('line' in answer) {
        sizes.set(outsider, size)
        return keep(note, answer.line)
      }
      if (answer.has > readCheckpoint(bodyOf(log.checkpoint())).size)
        throw new Error('A witness has seen a longer log than this: an older copy stands in its place.')
      sizes.set(outsider, answer.has)
    }
    throw new Error('A witness can’t tell what it has seen.')
  }

  async function keep(note: string, line: string): Promise<void> {
    const before = bodyOf(kept) === bodyOf(note) ? kept : note
    if (!before.includes(line)) kept = before + line
    await storage.write(path, utf8(kept))
  }

  const signed = ({ key }: Outsider) =>
    bodyOf(kept) === bodyOf(log.checkpoint()) && kept.includes(`\n— ${key.name} `)

  async function all(): Promise<void> {
    // One after the other: what they sign is kept in one file.
    for (const outsider of outsiders)
      if (!signed(outsider))
        await ask(outsider).catch((error: Error) => tell(error.message, { witness: outsider.key.name }))
  }

  return {
    checkpoint: () => (bodyOf(kept) === bodyOf(log.checkpoint()) ? kept : log.checkpoint()),
    round: () => {
      turn = turn.then(all)
      return turn
    },
  }
}
