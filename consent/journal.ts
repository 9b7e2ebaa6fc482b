import { randomBytes } from 'node:crypto'
import { Inadmissible } from './admit.ts'
import { text, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Storage } from './log/storage.ts'
import { idOf } from './proof.ts'
import { type Signed, type Statement, signed as signedSchema } from './records.ts'

/** Where a no waits while the log can't be written. It needs no log, no key and no registry: only a disk. */
export type Journal = {
  readonly waiting: () => readonly Signed[]
  /** Resolves when it would outlive a power cut. From the call on, `waiting` has it, whatever the disk does. */
  readonly add: (signed: Signed) => Promise<void>
  readonly drop: (signed: Signed) => Promise<void>
}

const stops: ReadonlySet<Statement['kind']> = new Set([
  'withdrawal',
  'suspension',
  'refusal',
  'erasure',
  'death',
  'narrowing',
])
/** What makes less possible, never more: this alone may wait, and needs nothing but its signature to be brought. */
export const isStop = (kind: Statement['kind']): boolean => stops.has(kind)

const path = 'waiting.json'
/** Room for a few hundred noes, kept for the day when the disk is full, and given up piece by piece. */
const spares = ['spare/0', 'spare/1', 'spare/2', 'spare/3']
const spareBytes = 65_536

/** With `room` it keeps some for the day when the disk is full: its keeper's to ask, and nobody's who only reads it. */
export async function openJournal(storage: Storage, room = false): Promise<Journal> {
  const bytes = await storage.read(path)
  let queue: readonly Signed[] = bytes ? signedSchema.array().parse(JSON.parse(text(bytes))) : []
  let kept: readonly string[] = []
  await keepRoom()

  /** Takes what room there is; none is no fault, and looked for again when something was dropped. */
  async function keepRoom(): Promise<void> {
    for (const spare of room ? spares : []) {
      if (kept.includes(spare)) continue
      // Of chance, so that no file system keeps less than was asked for.
      const held = async () =>
        (await storage.read(spare))?.length === spareBytes ||
        storage.write(spare, randomBytes(spareBytes)).then(() => true)
      if (await held().catch(() => false)) kept = [...kept, spare]
    }
  }

  async function save(next: readonly Signed[]): Promise<void> {
    for (;;)
      try {
        return await storage.write(path, utf8(canonical(next)))
      } catch (error) {
        const [spare, ...others] = kept
        if (spare === undefined) throw error
        kept = others
        await storage.remove(spare)
      }
  }

  return {
    waiting: () => queue,
    add: async signed => {
      if (!isStop(signed.statement.kind)) throw new Inadmissible('wrong-role')
      // Said twice it waits once, so that nobody fills a disk with what somebody else has signed.
      const id = idOf(signed)
      if (!queue.some(one => idOf(one) === id)) queue = [...queue, signed]
      await save(queue)
    },
    drop: async signed => {
      const next = queue.filter(one => one !== signed)
      await save(next)
      queue = next
      await keepRoom()
    },
  }
}
