/** What a voice was in is reached by its withdrawal, from the work that runs to whoever holds a copy. */
import { type Entry, idOf, type Registry, type Signed } from '../../consent/index.ts'
import type { Notice } from '../store/walks.ts'
import { type Certificate, digestOf } from './certificate.ts'
import { type Taken, takenBy } from './taken.ts'
import { type Places, type Stopped, walkFrom } from './walk.ts'

export type ReachParts = Places & {
  readonly consent: {
    readonly registry: Pick<Registry, 'tell'>
    readonly onEntry: (hear: (entry: Entry) => void) => () => void
    readonly onWaiting: (hear: (signed: Signed) => void) => () => void
  }
  readonly log: (says: string, more?: object) => void
}

export type Reach = ReturnType<typeof openReach>

export type Report = {
  readonly taken: Taken
  /** Once it was walked to its end. */
  readonly certificate?: Certificate
  readonly digest?: string
  readonly notices: readonly Notice[]
}

/** What could not be walked now is walked later: the store or the log may be away. */
const retryMs = 30_000
/** What must end at once has ended. Whoever withdrew is answered before the store is asked for a hundred thousand results. */
const breathMs = 50

/**
 * Hears of every entry and acts on what it takes away. Streams are cut while whoever withdraws still waits for the answer,
 * and processes killed in the same moment; the rest is walked afterwards, one entry after the other, and after a crash
 * again from the beginning: every part of it can be done twice.
 */
export function openReach(parts: ReachParts) {
  const { registry } = parts.consent
  const { walks } = parts.people
  /** Every entry that takes something away, as it stands in the log. */
  const known = new Map<string, { readonly entry: Entry; readonly taken: Taken }>()
  const ended = new Set<string>()
  const stopping = new Map<string, Promise<Stopped>>()
  const later = new Set<NodeJS.Timeout>()
  let walking: Promise<void> = Promise.resolve()
  let closed = false

  function halt({ entry, actors, ended: over }: Taken): void {
    for (const id of over) ended.add(id)
    if (stopping.has(entry)) return
    const streams = parts.streams.cut(actors)
    // Nothing that runs can keep or hand out anything any more: the gate is shut. So whoever withdraws is answered first,
    // and a hundred processes that end don't make them wait.
    const stopped = new Promise(setImmediate)
      .then(() => parts.running.stop(actors))
      .then(groups => ({ groups, streams, at: parts.now() }))
    stopped.catch(() => undefined)
    stopping.set(entry, stopped)
  }

  function hear(entry: Entry): void {
    const taken = takenBy(entry, registry.entries())
    if (!taken) return
    known.set(entry.id, { entry, taken })
    halt(taken)
    walking = walking.then(() => new Promise<void>(done => setTimeout(done, breathMs)))
    follow(entry, taken)
  }

  /** What waits for the log has no effect in it yet, and stops everything here. */
  function hearWaiting(signed: Signed): void {
    const id = idOf(signed)
    const place = { id, leaf: Number.MAX_SAFE_INTEGER, logged: parts.now(), signers: [] }
    const taken = takenBy({ ...signed.statement, ...place } as Entry, registry.entries())
    if (taken) halt(taken)
  }

  function follow(entry: Entry, taken: Taken): void {
    walking = walking
      .then(() => (closed ? undefined : walk(entry, taken)))
      .catch(error => {
        parts.log('an ending was not walked to its end, and will be', {
          entry: entry.id,
          error: String(error),
        })
        const clock = setTimeout(() => {
          later.delete(clock)
          follow(entry, taken)
        }, retryMs).unref()
        later.add(clock)
      })
  }

  async function walk(entry: Entry, taken: Taken): Promise<void> {
    const before = await walks.of(entry.id)
    if (before?.logged) return
    const certificate =
      before?.certificate ??
      (await walks.certify(entry.id, await walkFrom(entry, taken, stopping.get(entry.id), parts)))
    const digest = digestOf(certificate)
    const stands = registry
      .entries()
      .some(one => one.kind === 'completed' && one.of === entry.id && one.certificate === digest)
    if (!stands) await registry.tell({ kind: 'completed', of: entry.id, certificate: digest })
    await walks.log(entry.id)
    stopping.delete(entry.id)
  }

  const deaf = [parts.consent.onEntry(hear), parts.consent.onWaiting(hearWaiting)]
  const entries = registry.entries()
  for (const entry of entries) {
    const taken = takenBy(entry, entries)
    if (!taken) continue
    known.set(entry.id, { entry, taken })
    for (const id of taken.ended) ended.add(id)
    // What was entered and not walked to its end when the house last fell.
    follow(entry, taken)
  }

  return {
    /** True of what was made by a yes that is over for good. */
    barred: async (entries: readonly string[]): Promise<boolean> => entries.some(id => ended.has(id)),
    /** Every entry that took something away, in the log's order. */
    endings: (): readonly { readonly entry: Entry; readonly taken: Taken }[] => [...known.values()],
    /** What became of an ending, as far as it was walked. Nothing for what is none. */
    async report(id: string): Promise<Report | undefined> {
      const ending = known.get(id)
      if (!ending) return undefined
      const [walk, notices] = await Promise.all([walks.of(id), walks.notices(id)])
      const certificate = walk?.logged ? (walk.certificate as Certificate) : undefined
      return {
        taken: ending.taken,
        ...(certificate && { certificate, digest: digestOf(certificate) }),
        notices,
      }
    },
    /** Resolves when everything that was heard of so far was walked to its end, or failed. */
    settle: async () => walking,
    async close(): Promise<void> {
      closed = true
      for (const end of deaf) end()
      for (const clock of later) clearTimeout(clock)
      await walking
    },
  }
}
