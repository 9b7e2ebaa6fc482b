import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../pipelines/problem.ts'
import type { Digest } from '../../pipelines/terms.ts'
import { carryConsent } from '../consent/carry.ts'
import { blobEntry, type Contents, consentEntry, contentsEntry, databaseEntry, mongodump } from './archive.ts'
import { type Blobs, digestFile, openBlobs } from './blobs.ts'
import { openStore } from './connect.ts'
import { orDiskFull } from './disk-full.ts'
import { foldersOf } from './folders.ts'
import { type Entry, pack } from './tar.ts'

export type Backup = {
  readonly dataDir: string
  readonly file: string
  readonly mongodbUri?: string | undefined
}
export type BackupReport = {
  readonly file: string
  readonly bytes: number
  readonly blobs: number
  /** Blobs that are not what they were, and are left out. */
  readonly damaged: readonly Digest[]
  /** What is left to do, for people. */
  readonly notes: readonly string[]
}

/**
 * Copies all data of one moment into one file, while a server runs or not. The database is copied first and the blobs
 * after it, a blob is kept before anything refers to it, and none is let go meanwhile: so the file holds every blob that its database names.
 * @throws Problem `name-taken`, `disk-full`
 */
export async function backup({ dataDir, file, mongodbUri }: Backup): Promise<BackupReport> {
  if (existsSync(file)) throw new Problem('name-taken', { what: 'The file', name: file })
  const store = await openStore({ dataDir, mongodbUri, join: true })
  const part = `${file}.part`
  const blobs = await openBlobs(foldersOf(dataDir).blobs)
  const letGo = await blobs.hold()
  let copy: string | undefined
  try {
    if (store.kind === 'embedded')
      copy = String((await store.connection.getClient().db().command({ kotodamaCopy: 1 })).file)
    const tally: Tally = { blobs: 0, damaged: [] }
    await pipeline(
      pack(entriesOf(copy, blobs, dataDir, tally)),
      createWriteStream(part, { mode: 0o600, flush: true }),
    )
    await rename(part, file)
    const notes = store.kind === 'embedded' ? [] : [mongodump]
    return { file, bytes: (await stat(file)).size, ...tally, notes }
  } catch (error) {
    await rm(part, { force: true })
    throw orDiskFull(error, dirname(file))
  } finally {
    if (copy) await rm(copy, { force: true })
    await letGo()
    await store.close()
  }
}

type Tally = { blobs: number; damaged: Digest[] }

async function* entriesOf(
  copy: string | undefined,
  blobs: Blobs,
  dataDir: string,
  tally: Tally,
): AsyncGenerator<Entry> {
  const database = copy && (await digestFile(copy))
  if (copy && database) yield { name: databaseEntry, bytes: database.bytes, content: createReadStream(copy) }
  for await (const { digest } of blobs.list()) {
    const path = await blobs.path({ digest, bytes: 0, type: '' })
    const found = await digestFile(path)
    if (found.digest !== digest) {
      tally.damaged.push(digest)
      continue
    }
    tally.blobs++
    yield { name: blobEntry(digest), bytes: found.bytes, content: createReadStream(path) }
  }
  const register: string[] = []
  for await (const { name, read } of carryConsent(dataDir)) {
    const bytes = await read()
    register.push(`${name} ${createHash('sha256').update(bytes).digest('hex')}\n`)
    yield { name: consentEntry(name), bytes: bytes.length, content: once(bytes) }
  }
  const contents: Contents = {
    format: 1,
    at: new Date().toISOString(),
    database: database ? database.digest : null,
    blobs: tally.blobs,
    ...(register.length > 0 && { consent: createHash('sha256').update(register.join('')).digest('hex') }),
  }
  const text = Buffer.from(JSON.stringify(contents))
  yield {
    name: contentsEntry(createHash('sha256').update(text).digest('hex')),
    bytes: text.length,
    content: once(text),
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
