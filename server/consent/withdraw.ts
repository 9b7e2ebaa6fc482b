/** What a voice was in is reached by its withdrawal, from the work that runs to whoever holds a copy. */
import { createHash } from 'node:crypto'
import {
  type Entry,
  type EntryOf,
  idOf,
  type Registry,
  type Signed,
  type Vault,
} from '../../consent/index.ts'
import type { Artifacts } from '../store/artifacts.ts'
import type { Delivery } from '../store/deliveries.ts'
import type { People } from '../store/people.ts'
import type { Notice } from '../store/walks.ts'
import type { Work } from '../store/work.ts'
import { type Certificate, digestOf, unable } from './certificate.ts'
import type { Running } from './running.ts'
import type { Streams } from './streams.ts'
import { type Taken, takenBy } from './taken.ts'

export type ReachParts = {
  readonly consent: {
    readonly registry: Pick<Registry, 'entries' | 'tell'>
    readonly vault: Pick<Vault, 'erase'>
    readonly onEntry: (hear: (entry: Entry) => void) => () => void
    readonly onWaiting: (hear: (signed: Signed) => void) => () => void
  }
  readonly people: Pick<People, 'series' | 'episodes' | 'deliveries' | 'recordings' | 'consents' | 'walks'>
  readonly artifacts: Pick<Artifacts, 'derivedFrom'>
  readonly work: {
    readonly ofAll: (
      episodes: readonly string[],
    ) => Promise<readonly Pick<Work, 'episode' | 'state' | 'draft'>[]>
  }
  readonly running: Pick<Running, 'stop'>
  readonly streams: Pick<Streams, 'cut'>
  /** Has an episode made again, so that its mix is one without the voice. */
  readonly remake: (episode: string) => Promise<unknown>
  /** Tells those who watch these episodes to look again. */
  readonly tell: (episodes: readonly string[]) => void
  readonly told: boolean
  readonly notified: () => Promise<unknown>
  readonly now: () => number
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

/** What could be done at once. */
type Stopped = { readonly groups: number; readonly streams: number; readonly at: number }

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
  const { registry, vault } = parts.consent
  const { walks, recordings, deliveries, consents } = parts.people
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
    const certificate = before?.certificate ?? (await walks.certify(entry.id, await reach(entry, taken)))
    const digest = digestOf(certificate)
    const stands = registry
      .entries()
      .some(one => one.kind === 'completed' && one.of === entry.id && one.certificate === digest)
    if (!stands) await registry.tell({ kind: 'completed', of: entry.id, certificate: digest })
    await walks.log(entry.id)
    stopping.delete(entry.id)
  }

  /** Walks from the voice to everything that it is in, and tells what was found and done. */
  async function reach(entry: Entry, taken: Taken): Promise<Certificate> {
    const began = parts.now()
    const stopped = (await stopping.get(entry.id)) ?? {
      groups: await parts.running.stop(taken.actors),
      streams: parts.streams.cut(taken.actors),
      at: began,
    }
    // For good: what was made by the yes. For a while, or in part: everything in which they are heard is asked for anew.
    const roots = taken.ended.size > 0 ? taken.ended : taken.actors
    const found = await find(roots)
    const quarantined = parts.now()
    const episodes = await episodesOf(taken.actors)
    const works = await parts.work.ofAll(episodes)
    const held = await deliveries.derivedFrom(roots)
    for (const delivery of held) await walks.announce(noticeOf(entry, delivery, parts.now()))
    void parts.notified()
    // What waits asks anew for every line; what was made, or is being made, is mixed again without them.
    const remade = works.filter(({ state, draft }) => draft && (state === 'ready' || state === 'running'))
    for (const { episode } of remade) await parts.remake(episode)
    parts.tell(episodes)
    const erased = entry.kind === 'erasure' ? await erase(entry) : undefined
    return {
      protocol: 'kotodama.consent.completion/1',
      entry: entry.id,
      kind: entry.kind,
      logged: entry.logged,
      voices: [...taken.actors].sort(),
      ended: [...taken.ended].sort(),
      stopped: { groups: stopped.groups, streams: stopped.streams, at: stopped.at },
      quarantined: { ...found, at: quarantined },
      queued: works.filter(({ state }) => state === 'waiting').length,
      remade: remade.map(({ episode }) => episode).sort(),
      recipients: held.map(({ id, name, digest, at }) => ({ delivery: id, file: name, sha256: digest, at })),
      ...(erased && { erased }),
      couldNot: unable(
        entry,
        held,
        registry.entries().filter(({ id }) => taken.ended.has(id)),
        parts.told,
      ),
      walked: { from: began, to: parts.now() },
    }
  }

  async function find(roots: ReadonlySet<string>) {
    const hash = createHash('sha256')
    const steps: Record<string, number> = {}
    let files = 0
    for await (const { key, step, blobs } of parts.artifacts.derivedFrom(roots)) {
      steps[step] = (steps[step] ?? 0) + 1
      files += blobs.length
      hash.update(key)
    }
    return { steps, files, list: hash.digest('base64url') }
  }

  async function episodesOf(actors: ReadonlySet<string>): Promise<readonly string[]> {
    const cast = (await parts.people.series.all()).filter(series =>
      series.cast.some(({ voice }) => voice.kind === 'person' && actors.has(voice.actor)),
    )
    const found = await Promise.all(cast.map(({ id }) => parts.people.episodes.ofSeries(id)))
    return found.flat().map(({ id }) => id)
  }

  async function erase({ actor, leaf }: EntryOf<'erasure'> & Entry) {
    // Done again after a crash, it would destroy what was sealed by a later yes; so with the records below.
    const proof =
      registry.entries().find(one => one.kind === 'erased' && one.actor === actor && one.leaf > leaf) ??
      (await vault.erase(actor))
    // The spoken statements as well, which lie under a key of another kind.
    await consents.forgetRecordings(actor, proof.logged)
    return { proof: proof.id, recordings: await recordings.forget(actor, proof.logged) }
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

/** The recipient's own name is the house's to know; whoever is told is told what they hold. */
function noticeOf(entry: Entry, delivery: Delivery, now: number) {
  const { id, episode, name, digest, recipient, called, at } = delivery
  const body = {
    protocol: 'kotodama.consent.notice/1',
    entry: entry.id,
    kind: entry.kind,
    logged: entry.logged,
    held: { episode, file: name, sha256: digest, since: at },
    recipient: { id: recipient, name: called },
    please:
      'Stop using this file: a voice in it may no longer be used. Acknowledge with {"acknowledged": true}.',
  }
  return { id: `${entry.id}.${id}`, entry: entry.id, recipient, body, next: now }
}
