import type { Connection } from 'mongoose'
import type { Digest } from '../../pipelines/terms.ts'
import type { Artifacts } from './artifacts.ts'
import type { Blobs } from './blobs.ts'
import { namedIn } from './references.ts'
import type { WorkStore } from './work.ts'

export type Pruning = {
  readonly connection: Connection
  readonly artifacts: Artifacts
  readonly blobs: Pick<Blobs, 'isHeld' | 'letGo'>
  readonly work: Pick<WorkStore, 'dropDrafts'>
}
/** A making that came to its end. */
export type Made = {
  readonly episode: string
  /** Every step it did or remembered, but for those within remembered ones. */
  readonly touched: ReadonlySet<Digest>
  /** Drafts that were shown before it began and are shown no more. */
  readonly drafts: readonly Digest[]
}
export type Pruned = { readonly artifacts: number; readonly blobs: number; readonly bytes: number }

/** Collections whose documents name blobs in indexes, or never. The rest is read: it is small. */
const asked = ['artifacts', 'retired', 'lines', 'memory', 'sessions']

/**
 * Lets go of what the episode's last making had no use for and no other episode's has: words and mixes that are no more, the
 * parcel of before. Whatever anything else names stays, and so does what somebody kept again since. While somebody copies the data it waits for the next making. May be cut off anywhere:
 * records go before their files, and files without a record are found by `kotodama fsck`.
 */
export async function prune(
  { connection, artifacts, blobs, work }: Pruning,
  { episode, touched, drafts }: Made,
): Promise<Pruned> {
  if (await blobs.isHeld()) return { artifacts: 0, blobs: 0, bytes: 0 }
  const used = new Map(await artifacts.usedBy(episode))
  const still = await reach(touched)
  const gone = await artifacts.leave(
    [...used.keys()].filter(key => !still.has(key)),
    episode,
  )
  await artifacts.retire(gone)
  await work.dropDrafts(episode, drafts)

  const last = new Map<Digest, number>(drafts.map(digest => [digest, Number.POSITIVE_INFINITY]))
  for (const { result, blobs, at } of gone)
    for (const digest of [result, ...blobs]) last.set(digest, Math.max(last.get(digest) ?? 0, at.getTime()))
  const free = await unnamed([...last.keys()])
  let bytes = 0
  let count = 0
  for (const digest of free) {
    const freed = await blobs.letGo(digest, last.get(digest) ?? 0)
    if (freed === undefined) continue
    bytes += freed
    count++
  }
  return { artifacts: gone.length, blobs: count, bytes }

  /** These steps and all that was done within them. Some may have been made for another episode: now they are this one's too. */
  async function reach(from: ReadonlySet<Digest>): Promise<ReadonlySet<Digest>> {
    const found = new Set(from)
    for (let next = [...found]; next.length > 0; ) {
      const strange = next.filter(key => !used.has(key))
      await artifacts.use(strange, episode)
      for (const key of strange) used.set(key, (await artifacts.recall(key))?.parts ?? [])
      next = [...new Set(next.flatMap(key => used.get(key) ?? []))].filter(key => !found.has(key))
      for (const key of next) found.add(key)
    }
    return found
  }

  async function unnamed(digests: readonly Digest[]): Promise<readonly Digest[]> {
    const named = new Set(await artifacts.naming(digests))
    if (named.size < digests.length)
      for await (const names of namedIn(connection, asked)) for (const name of names) named.add(name)
    return digests.filter(digest => !named.has(digest))
  }
}
