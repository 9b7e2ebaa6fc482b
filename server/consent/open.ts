/** The keeper's wiring of consent: the one process that owns the register, its keys and its log. */
import { join } from 'node:path'
import {
  type Account,
  accountOf,
  type Entry,
  folder,
  type Gate,
  type Ledger,
  type Log,
  type Outsider,
  openGate,
  openJournal,
  openVault,
  openWitnessing,
  type Receipt,
  type Registry,
  readKey,
  receiptOf,
  type Signed,
  type Storage,
  sealedFiles,
  signed as signedSchema,
  statusOf,
  type Vault,
} from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Config } from '../config.ts'
import type { PublicLog } from '../routes/log.ts'
import { type Books, openBooks } from './books.ts'
import type { Company } from './company.ts'
import { consentFolders } from './folders.ts'
import { findKey } from './keys.ts'
import { openPersonal, type Personal } from './personal.ts'
import { type Serving, serveLink } from './serve.ts'
import { closedKms, closedLedger, shutRegistry } from './shut.ts'

export type Consent = {
  readonly gate: Gate
  readonly vault: Vault
  /** Enters, stops, tells, and lists. While the register is shut, only `stop` does anything. */
  readonly registry: Registry
  /** The log as it stands; none when it can't be read. */
  readonly log: Log | undefined
  readonly company: Company | undefined
  /** The log's public key as a note key: what a receipt is verified with. */
  readonly publicKey: string | undefined
  /** What makes a receipt of a grant. @throws Problem `consent-shut` */
  readonly receipt: (grant: string) => Receipt
  /** What anybody may have of the log. */
  readonly published: PublicLog
  /** Words about people that are nobody else's: sealed under a key of their own. */
  readonly personal: Personal
  /** Every record about a party, with the log's signature under “these are all”. @throws Problem `consent-shut` */
  readonly account: (party: string) => Account
  /** Why nothing is permitted now, or nothing when the register is open. */
  readonly shut: () => string | undefined
  /** Hears of every entry as soon as it stands in the log. Gives what ends the hearing. */
  readonly onEntry: (hear: (entry: Entry) => void) => () => void
  /** Hears of every no that was taken while the log could not be written, before anybody is answered. */
  readonly onWaiting: (hear: (signed: Signed) => void) => () => void
  /** Answers one worker. */
  readonly serve: (worker: Pick<Serving, 'send' | 'kill'>) => ReturnType<typeof serveLink>
  readonly close: () => Promise<void>
}

export type Wish = Pick<Config, 'dataDir' | 'keysDir' | 'consent'> & {
  readonly now: () => number
  readonly log: (says: string, more?: object) => void
  /** How a folder is kept; tests fill the disk. */
  readonly store?: (path: string) => Storage
}

/** Witnesses outside are asked this often. */
const roundMs = 10_000
/** What waits for the log is brought to it this often. */
const retryMs = 5000

/**
 * Opens the register, or, when a key is missing or something is not what was signed, a register that permits nothing
 * and still takes every withdrawal. Never throws for a fault of the register: the rest of the house lives on.
 */
export async function openConsent({ now, log: tell, store = folder, ...config }: Wish): Promise<Consent> {
  const at = consentFolders(config.dataDir)
  const entryEars = new Set<(entry: Entry) => void>()
  const waitingEars = new Set<(signed: Signed) => void>()
  const told = <Heard>(ears: ReadonlySet<(heard: Heard) => void>, heard: Heard) => {
    for (const hear of ears)
      try {
        hear(heard)
      } catch (error) {
        tell('somebody who hears of consents failed', { error: String(error) })
      }
  }

  const journal = await openJournal(store(at.journal), true)
  const heard = (entry: Entry) => told(entryEars, entry)
  const opened = await openBooks({ ...config, now, store, journal, heard }).catch((error: unknown): Books => {
    tell('the register of consents can’t be opened: nothing is permitted', { error: String(error) })
    return { why: error instanceof Error ? error.message : String(error) }
  })
  const { company, log, signer } = opened
  const master = await findKey(config.keysDir, 'master', config.consent.masterKey, !opened.old).catch(
    () => undefined,
  )
  const why = opened.why ?? (master ? undefined : 'The key of the keys of voices is missing.')

  const books = opened.registry ?? shutRegistry(why ?? '', journal)
  const registry: Registry = Object.freeze({
    ...books,
    stop: async (given: unknown) => {
      const done = await books.stop(given)
      if (!done.logged) told(waitingEars, signedSchema.parse(given))
      return done
    },
  })
  const ledger: Ledger = why === undefined ? registry : closedLedger(why)
  const gate = openGate(ledger, now, () =>
    tell('two readings of the consents disagree: nobody speaks until that is settled'),
  )
  const kms = master ? sealedFiles(store(join(config.keysDir, 'voices')), master) : closedKms
  const vault = openVault(store(at.vault), kms, gate, registry)

  const clock = setInterval(() => {
    if (journal.waiting().length > 0) registry.about('', '').catch(() => undefined)
  }, retryMs).unref()

  const shelf = store(at.log)
  const outsiders = config.consent.witnesses.flatMap(({ address, key }): Outsider[] => {
    try {
      return [{ address, key: readKey(key) }]
    } catch {
      tell('a witness is not asked, as its key is none', { witness: address })
      return []
    }
  })
  const witnessing = log && (await openWitnessing(log, shelf, outsiders, tell))
  const rounds =
    outsiders.length > 0 ? setInterval(() => void witnessing?.round(), roundMs).unref() : undefined
  if (rounds) void witnessing?.round()

  return Object.freeze({
    gate,
    vault,
    registry,
    log,
    company,
    publicKey: opened.publicKey,
    receipt(grant: string) {
      if (!log || !signer || !opened.registry) throw new Problem('consent-shut', { reason: why ?? '' })
      return receiptOf(registry, log, grant, now(), signer)
    },
    published: {
      tile: (path: string) => shelf.read(path),
      checkpoint: () => witnessing?.checkpoint(),
      publicKey: opened.publicKey,
      status: () =>
        log && signer && opened.registry
          ? statusOf(registry.entries(), log.size(), now(), signer)
          : undefined,
    },
    personal: openPersonal(kms),
    account(party: string) {
      if (!log || !signer || !opened.registry) throw new Problem('consent-shut', { reason: why ?? '' })
      return accountOf(registry, log, party, now(), signer)
    },
    shut: () => why,
    onEntry: hearing(entryEars),
    onWaiting: hearing(waitingEars),
    serve: (worker: Pick<Serving, 'send' | 'kill'>) => serveLink({ ledger, kms, gate, log: tell, ...worker }),
    async close() {
      clearInterval(clock)
      clearInterval(rounds)
      // Whatever is being written now is written to its end.
      await registry.hold(async () => undefined).catch(() => undefined)
    },
  })
}

const hearing =
  <Heard>(ears: Set<(heard: Heard) => void>) =>
  (hear: (heard: Heard) => void) => {
    ears.add(hear)
    return () => void ears.delete(hear)
  }
