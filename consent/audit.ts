import { admit, Inadmissible, nobody, take } from './admit.ts'
import { text } from './bytes.ts'
import { commitmentOf, type Kept, type Leaf } from './commitment.ts'
import { readKey } from './log/note.ts'
import { readLog } from './log/read.ts'
import type { Storage } from './log/storage.ts'
import { type Kind, signed as signedSchema } from './records.ts'

export type Fault = { readonly leaf?: number; readonly says: string }
export type Audit = {
  readonly size: number
  readonly kinds: Readonly<Partial<Record<Kind, number>>>
  readonly faults: readonly Fault[]
}

/**
 * Holds a whole register against its log: every byte of the log against the checkpoint, every statement against its
 * commitment, every signature against the keys that then held. It needs the public key and no secret. Never throws for
 * what is wrong with them.
 */
export async function audit(
  log: Pick<Storage, 'read'>,
  records: Pick<Storage, 'read'>,
  spelt: string,
): Promise<Audit> {
  const faults: Fault[] = []
  const kinds: Partial<Record<Kind, number>> = {}
  const known = nobody()
  const fail = (error: unknown) => (error instanceof Error ? error.message : String(error))
  let entries: readonly Uint8Array[] = []
  try {
    const note = await log.read('checkpoint')
    if (!note) throw new TypeError('The log has no checkpoint.')
    const key = readKey(spelt)
    entries = (await readLog(log, text(note), key, key.name)).entries
  } catch (error) {
    return { size: 0, kinds, faults: [{ says: fail(error) }] }
  }
  let company = ''
  let latest = 0
  for (const [leaf, bytes] of entries.entries())
    try {
      const { commitment, logged } = JSON.parse(text(bytes)) as Leaf
      if (logged < latest) throw new TypeError('Its time is before that of the entry before it.')
      latest = logged
      const kept = await records.read(`${commitment}.json`)
      if (!kept) throw new TypeError('Its statement is missing.')
      const opening = JSON.parse(text(kept)) as Kept
      if (commitmentOf(opening) !== commitment)
        throw new TypeError('Its statement is not the one in the log.')
      const signed = signedSchema.parse(opening.signed)
      const entry = await admit(known, signed, { leaf, logged, company })
      take(known, entry)
      if (entry.kind === 'party' && entry.role === 'company') company ||= entry.id
      kinds[entry.kind] = (kinds[entry.kind] ?? 0) + 1
    } catch (error) {
      // After a failure the same may have been appended twice: the first stands, and the second says nothing new.
      if (error instanceof Inadmissible && error.objection === 'again') continue
      faults.push({ leaf, says: fail(error) })
    }
  return { size: entries.length, kinds, faults }
}
