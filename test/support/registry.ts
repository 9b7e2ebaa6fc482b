import { fromHex } from '../../consent/bytes.ts'
import { openJournal } from '../../consent/journal.ts'
import { type Log, openLog } from '../../consent/log/log.ts'
import { openSigner } from '../../consent/log/note.ts'
import { memory, type Storage } from '../../consent/log/storage.ts'
import type { Of, Terms } from '../../consent/records.ts'
import { openRegistry, type Registry } from '../../consent/registry.ts'
import { terms as someTerms } from './consent.ts'
import { enrol, type Key, passkey, type Signer } from './signers.ts'

export const origin = 'log.example/1'
export const logSigner = openSigner(origin, fromHex('11'.repeat(32)))

export type House = {
  readonly registry: Registry
  readonly log: Log
  readonly files: {
    readonly log: Map<string, Uint8Array>
    readonly records: Map<string, Uint8Array>
    readonly journal: Map<string, Uint8Array>
  }
  readonly clock: { now: number }
  /** `left`: so many writes from now the power is cut, until the files are opened anew. */
  readonly disk: { full: boolean; journalFull: boolean; left: number }
  readonly company: Signer
  readonly holder: Signer
  readonly actor: Signer
  readonly terms: Terms
  /** The same files, opened anew. */
  readonly again: () => Promise<Registry>
  readonly request: (change?: Partial<Terms>, actor?: Signer, to?: Registry) => Promise<string>
  readonly grantOf: (of: string, change?: Partial<Terms>, actor?: Signer) => Of<'grant'>
}

/** A registry in memory with a company, a rights holder and an actor with a passkey, and a licence of the holder's. */
export async function openHouse(actorKey: Key = passkey()): Promise<House> {
  const files = { log: new Map(), records: new Map(), journal: new Map() } as House['files']
  const clock = { now: 1000 }
  const disk = { full: false, journalFull: false, left: Number.POSITIVE_INFINITY }
  const guarded = (storage: Storage, full: () => boolean): Storage => ({
    ...storage,
    write: async (path, bytes) => {
      if (full()) throw new Error('no space left on the device')
      if (disk.left <= 0) throw new Error('the power is cut')
      disk.left--
      return storage.write(path, bytes)
    },
  })
  const [company, holder, actor] = [enrol('company'), enrol('holder'), enrol('actor', {}, actorKey)]
  const terms: Terms = { ...someTerms, holder: holder.id }
  let log: Log | undefined
  let said = 0

  async function again(): Promise<Registry> {
    disk.left = Number.POSITIVE_INFINITY
    log = await openLog({ storage: guarded(memory(files.log), () => disk.full), origin, signer: logSigner })
    return openRegistry({
      log,
      records: guarded(memory(files.records), () => disk.full),
      journal: await openJournal(guarded(memory(files.journal), () => disk.journalFull)),
      company,
      now: () => clock.now,
    })
  }

  const registry = await again()
  for (const one of [company, holder, actor]) await registry.enter(one.enrolment)
  await registry.enter(holder.say({ kind: 'licence', by: holder.id, at: 0, terms }))

  const request: House['request'] = async (change = {}, of = actor, to = registry) => {
    const statement = {
      kind: 'request',
      by: company.id,
      at: said++,
      actor: of.id,
      terms: { ...terms, ...change },
    } as const
    return (await to.enter(company.say(statement))).id
  }
  const grantOf: House['grantOf'] = (of, change = {}, by = actor) => ({
    kind: 'grant',
    by: by.id,
    at: said++,
    actor: by.id,
    of,
    terms: { ...terms, ...change },
    noticeWaived: true,
  })
  return {
    registry,
    get log() {
      return log as Log
    },
    files,
    clock,
    disk,
    company,
    holder,
    actor,
    terms,
    again,
    request,
    grantOf,
  }
}
