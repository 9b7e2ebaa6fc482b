import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { folder as storage } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import { isCarried, putBack } from '../consent/carry.ts'
import { consentFolders } from '../consent/folders.ts'
import {
  Contents,
  consentIn,
  contentsEntry,
  databaseEntry,
  digestIn,
  isContents,
  mongodump,
} from './archive.ts'
import type { Backup } from './backup.ts'
import { type Blobs, digestFile, openBlobs } from './blobs.ts'
import { openStore } from './connect.ts'
import { orDiskFull } from './disk-full.ts'
import { databaseFile, launch } from './embedded/launch.ts'
import { foldersOf } from './folders.ts'
import { damaged, type Entry, unpack } from './tar.ts'

export type RestoreReport = {
  /** When the backup was made. */
  readonly at: string
  readonly blobs: number
  /** Where the database lies that was there before. */
  readonly before?: string
  /** What is left to do, for people. */
  readonly notes: readonly string[]
}

/**
 * Puts a backup back. All of the file is read and every digest checked before anything is replaced; the database that
 * was there stays beside the new one; blobs are only added, and damaged ones replaced.
 * @throws Problem `backup-damaged`, `store-busy` while a server runs on the data, `disk-full`
 */
export async function restore({ dataDir, file, mongodbUri }: Backup): Promise<RestoreReport> {
  const { at, blobs: count, database } = await verify(file)
  const { store: folder, blobs: kept } = foldersOf(dataDir)
  const staged = join(dataDir, `restoring-${randomUUID()}`)
  const outside = mongodbUri !== undefined || database === null
  const owner = outside
    ? undefined
    : await launch({ folder, join: false, durability: 'normal', log: () => {} })
  try {
    await mkdir(foldersOf(staged).store, { recursive: true, mode: 0o700 })
    const fresh = databaseFile(foldersOf(staged).store)
    await extract(file, await openBlobs(kept), staged, outside ? undefined : fresh)
    if (!outside) await check(staged, file)
    const notes = await putBack(staged, dataDir, file)
    if (outside) return { at, blobs: count, notes: [mongodump, ...notes] }
    await owner?.close()
    return { at, blobs: count, before: await swap(databaseFile(folder), fresh), notes }
  } catch (error) {
    throw orDiskFull(error, dataDir)
  } finally {
    await owner?.close()
    await rm(staged, { recursive: true, force: true })
  }
}

/** Reads the whole file and gives what it holds, when it holds just that and all of it is what its names say. */
async function verify(file: string): Promise<Contents> {
  let contents: Contents | undefined
  let database: string | null = null
  let blobs = 0
  let register = ''
  for await (const entry of entries(file)) {
    if (contents) throw damaged(file, 'something stands behind its end')
    if (isContents(entry.name)) contents = await readContents(entry, file)
    else {
      const digest = await digestOf(entry.content)
      const named = digestIn(entry.name)
      const carried = consentIn(entry.name)
      if (entry.name === databaseEntry) database = digest
      else if (carried !== undefined && isCarried(carried)) register += `${carried} ${digest}\n`
      else if (named === undefined) throw damaged(file, `${entry.name} is no part of a backup`)
      else if (named !== digest) throw damaged(file, `the file ${named} is not what it was`)
      else blobs++
    }
  }
  if (!contents) throw damaged(file, 'it ends too early')
  if (contents.database !== database) throw damaged(file, 'its database is not what it was')
  const listed = register === '' ? undefined : createHash('sha256').update(register).digest('hex')
  if (contents.consent !== listed) throw damaged(file, 'its register of consents is not what it was')
  if (contents.blobs !== blobs) throw damaged(file, `it holds ${blobs} files instead of ${contents.blobs}`)
  return contents
}

const entries = (file: string) => unpack(createReadStream(file, { highWaterMark: 1 << 20 }), file)

async function readContents({ name, content, bytes }: Entry, file: string): Promise<Contents> {
  if (bytes > 10_000) throw damaged(file, 'its list of contents is too long')
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  const text = Buffer.concat(chunks)
  if (name !== contentsEntry(createHash('sha256').update(text).digest('hex')))
    throw damaged(file, 'its list of contents is not what it was')
  const parsed = Contents.safeParse(JSON.parse(text.toString('utf8')))
  if (!parsed.success) throw damaged(file, 'it was made by another version')
  return parsed.data
}

async function digestOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('hex')
}

/** Adds the blobs to those that are there, lays the register aside, and writes the database where it is told. */
async function extract(file: string, blobs: Blobs, staged: string, database?: string): Promise<void> {
  const register = storage(consentFolders(staged).root)
  for await (const { name, content } of entries(file)) {
    const digest = digestIn(name)
    if (name === databaseEntry && database)
      await pipeline(content, createWriteStream(database, { mode: 0o600, flush: true }))
    const carried = consentIn(name)
    if (carried !== undefined) await register.write(carried, await whole(content))
    if (digest === undefined) continue
    const there = (await blobs.has(digest)) && (await blobs.path({ digest, bytes: 0, type: '' }))
    if (there && (await digestFile(there)).digest !== digest) await blobs.remove(digest)
    await blobs.keepStream(content, '')
  }
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** That the database can be opened and is sound is seen before it takes its place. */
async function check(dataDir: string, file: string): Promise<void> {
  const store = await openStore({ dataDir })
  try {
    const { damages } = await store.connection.getClient().db().command({ kotodamaCheck: 1 })
    if (damages.length > 0) throw damaged(file, 'its database is damaged')
  } finally {
    await store.close()
  }
}

/** At every moment one of the two is in place, whole. Gives where the old one stays. */
async function swap(place: string, fresh: string): Promise<string> {
  const journal = `${place}-wal`
  const { size } = await stat(journal).catch(() => ({ size: 0 }))
  if (size > 0) throw new Problem('store-damaged', { place, reason: 'its journal was not closed' })
  const before = `${place}.before-${randomUUID().slice(0, 8)}`
  await link(place, before)
  await rm(journal, { force: true })
  await rename(fresh, place)
  const folder = await open(join(place, '..'))
  await folder.sync()
  await folder.close()
  return before
}
