import { stat } from 'node:fs/promises'
import type { Connection } from 'mongoose'
import { fill } from '../../pipelines/problem.ts'
import type { Digest, Finding } from '../../pipelines/terms.ts'
import { inspectConsent } from '../consent/inspect.ts'
import { type Artifacts, openArtifacts } from './artifacts.ts'
import { type Blobs, digestFile, openBlobs } from './blobs.ts'
import { openStore } from './connect.ts'
import { foldersOf } from './folders.ts'
import { referred } from './references.ts'

export type Health = {
  readonly artifacts: number
  readonly blobs: number
  readonly findings: readonly Finding[]
}
export type Fsck = {
  /** Mend what can be: indexes made anew, damaged results forgotten so that they are made again, orphans removed. */
  readonly repair?: boolean
  readonly mongodbUri?: string | undefined
  readonly now?: () => number
}

/** Younger blobs may belong to a step whose record is not written yet. */
const orphanMs = 24 * 3_600_000

/** Looks for damage in the data, whether a server is running on it or not. Every blob is read once. */
export async function fsck(
  dataDir: string,
  { repair = false, mongodbUri, now = Date.now }: Fsck = {},
): Promise<Health> {
  const store = await openStore({ dataDir, mongodbUri, join: true })
  try {
    const database = store.kind === 'embedded' ? await checkDatabase(store.connection, repair) : []
    // What such a database tells of files can't be believed.
    if (database.some(({ rule }) => rule === 'database-damaged'))
      return { artifacts: 0, blobs: 0, findings: database }
    const artifacts = await openArtifacts(store.connection, now)
    const blobs = await openBlobs(foldersOf(dataDir).blobs)
    const { kept, findings: damages } = await checkBlobs(blobs, artifacts, repair)
    const { count, findings: losses } = await checkArtifacts(artifacts, kept, repair)
    const orphans = await checkOrphans(store.connection, blobs, kept, now() - orphanMs, repair)
    const register = (await inspectConsent(dataDir)).damages.map(({ rule, what }) =>
      finding(rule, { what }, false),
    )
    const findings = [...database, ...damages, ...losses, ...orphans, ...register]
    return { artifacts: count, blobs: kept.size, findings }
  } finally {
    await store.close()
  }
}

/** Each rule as a sentence, with what mends it. */
const rules = {
  'database-damaged': ['error', 'The database is damaged: {what}.', 'Restore a backup.'],
  'index-damaged': [
    'error',
    'The index {index} of {collection} does not fit its documents.',
    'Run `kotodama fsck --repair`.',
  ],
  'blob-damaged': [
    'error',
    'The file {digest} is not what it was.',
    'Restore a backup, or run `kotodama fsck --repair` and make it again.',
  ],
  'blob-missing': [
    'error',
    'A result of the step {step} lacks the file {digest}.',
    'It is made again when its episode is.',
  ],
  'blob-orphan': [
    'note',
    'Nothing refers to the file {digest}.',
    'Run `kotodama fsck --repair` to free its space.',
  ],
  'consent-log-damaged': [
    'error',
    'The log of consents is not what was signed: {what}',
    'Nobody’s voice is used until it is whole: restore a backup.',
  ],
  'consent-record-damaged': [
    'error',
    'A statement of the register of consents is missing or another: {what}.',
    'Nobody’s voice is used until it is there: restore a backup.',
  ],
  'consent-journal-damaged': [
    'error',
    'What waits for the log of consents can’t be read: {what}',
    'Restore a backup.',
  ],
  'voice-damaged': [
    'error',
    'The sealed voice {what} is not what was sealed.',
    'Restore a backup, or ask for the recording again.',
  ],
} as const satisfies Record<string, readonly [Finding['severity'], string, string]>

function finding(rule: keyof typeof rules, figures: Finding['figures'], repaired: boolean): Finding {
  const [severity, says, mend] = rules[rule]
  const told = { ...figures, ...(repaired && { repaired: 'yes' }) }
  return {
    rule,
    severity,
    place: {},
    figures: told,
    says: fill(says, figures),
    ...(repaired ? {} : { mend }),
  }
}

/** The embedded store looks at itself. */
async function checkDatabase(connection: Connection, repair: boolean): Promise<Finding[]> {
  const { damages } = await connection.getClient().db().command({ kotodamaCheck: 1, repair })
  return damages.map(
    ({ what, namespace, name, reason, row, repaired }: Record<string, string | number | boolean>) =>
      what === 'index'
        ? finding('index-damaged', { index: String(name), collection: String(namespace) }, repaired === true)
        : finding(
            'database-damaged',
            { what: what === 'document' ? `${namespace}, row ${row}: ${reason}` : String(reason) },
            false,
          ),
  )
}

/** Every blob must be what its name says. A damaged one that a step made is removed, so that the step is done again. */
async function checkBlobs(blobs: Blobs, artifacts: Artifacts, repair: boolean) {
  const kept = new Map<Digest, Date>()
  const findings: Finding[] = []
  for await (const { digest, at } of blobs.list()) {
    const path = await blobs.path({ digest, bytes: 0, type: '' })
    if ((await digestFile(path)).digest === digest) {
      kept.set(digest, at)
      continue
    }
    const makers = repair ? await artifacts.makersOf(digest) : []
    if (makers.length > 0) await blobs.remove(digest)
    else kept.set(digest, at)
    findings.push(finding('blob-damaged', { digest }, makers.length > 0))
  }
  return { kept, findings }
}

async function checkArtifacts(artifacts: Artifacts, kept: ReadonlyMap<Digest, Date>, repair: boolean) {
  const findings: Finding[] = []
  let count = 0
  for await (const { key, step, result, blobs } of artifacts.all()) {
    count++
    const missing = [...new Set([result, ...blobs])].filter(digest => !kept.has(digest))
    findings.push(...missing.map(digest => finding('blob-missing', { step, digest }, repair)))
    if (repair && missing.length > 0) await artifacts.forget(key)
  }
  return { count, findings }
}

async function checkOrphans(
  connection: Connection,
  blobs: Blobs,
  kept: ReadonlyMap<Digest, Date>,
  before: number,
  repair: boolean,
): Promise<Finding[]> {
  const used = await referred(connection, blobs)
  const orphans = [...kept.keys()].filter(digest => !used.has(digest))
  const findings: Finding[] = []
  for (const digest of orphans) {
    // Looked at again: whoever keeps the same bytes anew makes them young.
    const { mtimeMs } = await stat(await blobs.path({ digest, bytes: 0, type: '' }))
    const goes = repair && mtimeMs < before
    if (goes) await blobs.remove(digest)
    findings.push(finding('blob-orphan', { digest }, goes))
  }
  return findings
}
