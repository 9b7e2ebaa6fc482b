import { readdir } from 'node:fs/promises'
import {
  commitmentOf,
  folder,
  type Kept,
  type Leaf,
  openJournal,
  readEnvelope,
  readKey,
  readLog,
  type Storage,
} from '../../consent/index.ts'
import { consentFolders } from './folders.ts'

/** What is wrong with a register, each as the rule it breaks and what it is about. */
export type Damage = {
  readonly rule:
    | 'consent-log-damaged'
    | 'consent-record-damaged'
    | 'consent-journal-damaged'
    | 'voice-damaged'
  readonly what: string
}
export type Register = {
  /** Entries under the newest checkpoint; none where there is no log. */
  readonly size: number | undefined
  /** When the newest was put there. */
  readonly latest: number | undefined
  readonly waiting: number
  readonly voices: number
  readonly damages: readonly Damage[]
}

/** The whole tree of a log in this storage, held against its checkpoint and its public key. Throws what doesn't fit. */
export async function readWhole(storage: Pick<Storage, 'read'>) {
  const [note, spelt] = await Promise.all([storage.read('checkpoint'), storage.read('public-key')])
  if (!note || !spelt) throw new TypeError('The log lacks its checkpoint or its public key.')
  const key = readKey(words(spelt).trim())
  return { ...(await readLog(storage, words(note), key, key.name)), key: words(spelt).trim() }
}

/** Reads every byte of a register without its keys: log, statements, journal, and that the sealed voices are sealed. */
export async function inspectConsent(dataDir: string): Promise<Register> {
  const at = consentFolders(dataDir)
  const damages: Damage[] = []
  const [log, records] = [folder(at.log), folder(at.records)]
  let size: number | undefined
  let latest: number | undefined
  if (await log.read('checkpoint')) {
    const read = await readWhole(log).catch((error: unknown) => {
      damages.push({ rule: 'consent-log-damaged', what: says(error) })
      return undefined
    })
    size = read?.tree.size()
    for (const bytes of read?.entries ?? []) {
      const { commitment, logged }: Leaf = JSON.parse(words(bytes))
      latest = logged
      if (!(await opens(records, commitment)))
        damages.push({ rule: 'consent-record-damaged', what: commitment })
    }
  }
  const journal = await openJournal(folder(at.journal)).catch((error: unknown) => {
    damages.push({ rule: 'consent-journal-damaged', what: says(error) })
    return undefined
  })
  const names = await readdir(at.vault).catch(() => [])
  const vault = folder(at.vault)
  for (const name of names)
    try {
      readEnvelope((await vault.read(name)) ?? new Uint8Array())
    } catch {
      damages.push({ rule: 'voice-damaged', what: name })
    }
  return { size, latest, waiting: journal?.waiting().length ?? 0, voices: names.length, damages }
}

async function opens(records: Storage, commitment: string): Promise<boolean> {
  try {
    const kept: Kept = JSON.parse(words((await records.read(`${commitment}.json`)) ?? new Uint8Array()))
    return commitmentOf(kept) === commitment
  } catch {
    return false
  }
}

const words = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const says = (error: unknown) => (error instanceof Error ? error.message : String(error))
