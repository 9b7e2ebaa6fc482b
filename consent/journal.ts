import { Inadmissible } from './admit.ts'
import { text, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Storage } from './log/storage.ts'
import { type Signed, type Statement, signed as signedSchema } from './records.ts'

/** Where a no waits while the log can't be written. It needs no log, no key and no registry: only a disk. */
export type Journal = {
  readonly waiting: () => readonly Signed[]
  /** Resolves when it would outlive a power cut. From the call on, `waiting` has it, whatever the disk does. */
  readonly add: (signed: Signed) => Promise<void>
  readonly drop: (signed: Signed) => Promise<void>
}

/** What makes less possible, never more: this alone may wait. */
const stops: ReadonlySet<Statement['kind']> = new Set([
  'withdrawal',
  'suspension',
  'refusal',
  'erasure',
  'death',
  'narrowing',
])
const path = 'waiting.json'

export async function openJournal(storage: Storage): Promise<Journal> {
  const bytes = await storage.read(path)
  let queue: readonly Signed[] = bytes ? signedSchema.array().parse(JSON.parse(text(bytes))) : []
  const save = (next: readonly Signed[]) => storage.write(path, utf8(canonical(next)))
  return {
    waiting: () => queue,
    add: async signed => {
      if (!stops.has(signed.statement.kind)) throw new Inadmissible('wrong-role')
      queue = [...queue, signed]
      await save(queue)
    },
    drop: async signed => {
      const next = queue.filter(one => one !== signed)
      await save(next)
      queue = next
    },
  }
}
