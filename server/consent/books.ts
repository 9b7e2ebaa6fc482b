import { createHash } from 'node:crypto'
import {
  type Entry,
  type Journal,
  type Log,
  type NoteSigner,
  openLog,
  openRegistry,
  openSigner,
  type Registry,
  readKey,
  readOnlyLog,
  type Storage,
  spellKey,
} from '../../consent/index.ts'
import type { Config } from '../config.ts'
import { type Company, findCompany } from './company.ts'
import { consentFolders } from './folders.ts'
import { findKey } from './keys.ts'
import { lastSeen } from './seen.ts'

export type BooksWish = Pick<Config, 'dataDir' | 'keysDir' | 'consent'> & {
  readonly now: () => number
  readonly store: (path: string) => Storage
  readonly journal: Journal
  readonly heard: (entry: Entry) => void
}

export type Books = {
  readonly why?: string | undefined
  /** There is a log already: its keys are not made anew. */
  readonly old?: boolean
  readonly company?: Company | undefined
  readonly log?: Log
  readonly signer?: NoteSigner | undefined
  readonly publicKey?: string
  readonly registry?: Registry
}

/**
 * Opens the log and the register over it, and begins them where there are none. What is missing is told in `why`, with
 * whatever could be opened all the same. Throws when what lies there is not what was signed.
 */
export async function openBooks({ now, store, journal, heard, ...config }: BooksWish): Promise<Books> {
  const at = consentFolders(config.dataDir)
  const shelf = store(at.log)
  const [note, spelt] = await Promise.all([shelf.read('checkpoint'), shelf.read('public-key')])
  const old = note !== undefined || spelt !== undefined
  const secret = await findKey(config.keysDir, 'log', config.consent.logKey, !old)
  const companyKey = await findKey(config.keysDir, 'company', config.consent.companyKey, !old)
  const company = await findCompany(store(at.root), companyKey, config.consent.companyName, now)
  const signer = secret && openSigner(spelt ? readKey(words(spelt)).name : nameOf(secret), secret)
  if (spelt && signer && spellKey(signer) !== words(spelt))
    return { why: 'The log’s key is not the one it was begun with.', old, company }
  const publicKey = spelt ? words(spelt) : signer && spellKey(signer)
  if (!publicKey) return { why: 'The log’s key is missing.', old, company }
  if (!spelt) await shelf.write('public-key', Buffer.from(publicKey))
  const memory = lastSeen(store(config.keysDir))
  const log = signer
    ? await openLog({ storage: shelf, origin: signer.name, signer, witnesses: [memory(signer)] })
    : await readOnlyLog(shelf, readKey(publicKey))
  if (!company) return { why: 'The company’s enrolment is missing.', old, publicKey, log, signer }
  const registry = await openRegistry({
    log,
    records: store(at.records),
    journal,
    company,
    now,
    heard,
  })
  const why = !signer
    ? 'The log’s key is missing.'
    : !companyKey
      ? 'The company’s key is missing.'
      : undefined
  if (why === undefined && !registry.entries().some(({ id }) => id === company.id))
    await registry.enter(company.enrolment)
  return { why, old, company, log, signer, publicKey, registry }
}

const words = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8').trim()

/** A log's name is its own for ever, whatever address the house moves to. */
const nameOf = (secret: Uint8Array) =>
  `kotodama/consent/${createHash('sha256').update('kotodama.consent/log\n').update(secret).digest('hex').slice(0, 16)}`
