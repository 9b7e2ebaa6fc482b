import { open } from 'node:fs/promises'
import type { Connection } from 'mongoose'
import type { Digest } from '../../pipelines/terms.ts'
import type { Blobs } from './blobs.ts'

const digest = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

/** JSON larger than this is none of ours. */
const largestJson = 256 * 1024 * 1024

/**
 * Every kept blob that anything refers to: named in some document of the store, whichever model wrote it, or in JSON
 * that is referred to itself. What only looks like a digest does no harm; what is not found here may be removed.
 */
export async function referred(connection: Connection, blobs: Blobs): Promise<ReadonlySet<Digest>> {
  const found = new Set<Digest>()
  const waiting: Digest[] = []
  const note = (names: Iterable<Digest>) => {
    for (const name of names)
      if (!found.has(name)) {
        found.add(name)
        waiting.push(name)
      }
  }
  for await (const names of namedIn(connection, past)) note(names)

  const kept = new Map<Digest, number>()
  for await (const { digest: name, bytes } of blobs.list()) kept.set(name, bytes)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const bytes = kept.get(next)
    if (bytes === undefined || bytes > largestJson) continue
    const blob = { digest: next, bytes, type: 'application/json' }
    if (await isJson(await blobs.path(blob))) note(digestsIn(await blobs.text(blob)))
  }
  return new Set([...found].filter(name => kept.has(name)))
}

/** What was, and need not be there any more. */
const past: readonly string[] = ['retired']

/** What the documents of the store name, one after the other, but for those of some collections. */
export async function* namedIn(
  connection: Connection,
  without: readonly string[],
): AsyncGenerator<readonly Digest[]> {
  const database = connection.getClient().db()
  for (const { name } of await database.listCollections().toArray())
    if (!without.includes(name))
      for await (const doc of database.collection(name).find()) yield digestsIn(JSON.stringify(doc))
}

const digestsIn = (text: string): readonly Digest[] => text.match(digest) ?? []

async function isJson(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 0)
    return ['{', '['].includes(buffer.toString('latin1'))
  } finally {
    await file.close()
  }
}
