/** What a voice was in is reached by its withdrawal, from the work that runs to whoever holds a copy. */
import { createHash } from 'node:crypto'
import type { Entry, Registry, Signed, Vault } from '../../consent/index.ts'
import { canonical, idOf } from '../../consent/index.ts'
import type { Artifacts } from '../store/artifacts.ts'
import type { Delivery } from '../store/deliveries.ts'
import type { People } from '../store/people.ts'
import type { Notice, WalkStore } from '../store/walks.ts'
import type { Work } from '../store/work.ts'
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
  readonly people: Pick<People, 'series' | 'episodes' | 'deliveries' | 'recordings'> & {
    readonly walks: WalkStore
  }
  readonly artifacts: Pick<Artifacts, 'derivedFrom'>
  readonly work: { readonly ofAll: (episodes: readonly string[]) => Promise<readonly Work[]> }
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

/** Everything found that was made of a voice: how many results of each step, and a digest over all their names. */
type Found = {
  readonly steps: Readonly<Record<string, number>>
  readonly files: number
  readonly list: string
}
/** What could be done before anybody was answered. */
type Stopped = { readonly groups: number; readonly streams: number; readonly at: number }

/**
 * Hears of every entry and acts on what it takes away. Killing and cutting happen at once, while whoever withdraws still
 * waits for the answer; the rest is walked afterwards, one entry after the other, and after a crash again from the
 * beginning: every part of it can be done twice.
 */
export function openReach(parts: ReachParts) {
  const { registry, vault } = parts.consent
  const { walks, recordings, deliveries } = parts.people
  const ended = new Set<string>()
  const stopping = new Map<string, Promise<Stopped>>()
  let walking: Promise<void> = Promise.resolve()
  let closed = false

  for (const entry of registry.entries()) for (const id of takenOf(entry)?.ended ?? []) ended.add(id)

  function takenOf(entry: Entry): Taken | undefined {
    return takenBy(entry, registry.entries())
  }

  function halt({ entry, actors, ended: over }: Taken): void {
    for (const id of over) ended.add(id)
    if (stopping.has(entry)) return
    const streams = parts.streams.cut(actors)
    const stopped = parts.running.stop(actors).then(groups => ({ groups, streams, at: parts.now() }))
    stopped.catch(() => undefined)
    stopping.set(entry, stopped)
  }

  function hear(entry: Entry): void {
    const taken = takenOf(entry)
    if (!taken) return
    halt(taken)
    follow(entry, taken)
  }

  /** What waits for the log has no effect in it yet, and stops everything here. */
  function hearWaiting(signed: Signed): void {
    const id = idOf(signed)
    const place = { id, leaf: Number.MAX_SAFE_INTEGER, logged: parts.now(), signers: [] }
    const taken = takenOf({ ...signed.statement, ...place } as Entry)
    if (taken) halt(taken)
  }

  function follow(entry: Entry, taken: Taken): void {
    walking = walking
      .then(() => (closed ? undefined : walk(entry, taken)))
      .catch(error =>
        parts.log('a withdrawal was not walked to its end', { entry: entry.id, error: String(error) }),
      )
  }

  async function walk(entry: Entry, taken: Taken): Promise<void> {
    const before = await walks.of(entry.id)
    if (before?.logged) return
    const certificate = before?.certificate ?? (await walks.certify(entry.id, await reach(entry, taken)))
    const digest = digestOf(certificate)
    const stands = registry.entries().some(one => one.kind === 'completed' && one.of === entry.id)
    if (!stands) await registry.tell({ kind: 'completed', of: entry.id, certificate: digest })
    await walks.log(entry.id)
    stopping.delete(entry.id)
  }

  /** Walks from the voice to everything that it is in, and tells what was found and done. */
  async function reach(entry: Entry, taken: Taken): Promise<unknown> {
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
    for (const delivery of held) await walks.announce(...noticeOf(entry, delivery, parts.now()))
    void parts.notified()
    const queued = works.filter(({ state }) => state === 'waiting').length
    // What waits asks anew for every line; what was made is mixed again without them.
    for (const { episode, state, draft } of works)
      if (state !== 'waiting' && draft) await parts.remake(episode)
    parts.tell(episodes)
    const erased = entry.kind === 'erasure' ? await erase(entry.actor) : undefined
    return {
      protocol: 'kotodama.consent.completion/1',
      entry: entry.id,
      kind: entry.kind,
      logged: entry.logged,
      voices: [...taken.actors].sort(),
      ended: [...taken.ended].sort(),
      stopped: { groups: stopped.groups, streams: stopped.streams, at: stopped.at },
      quarantined: { ...found, at: quarantined },
      queued,
      episodes: works.map(({ episode }) => episode).sort(),
      recipients: held.map(({ id, name, digest, at }) => ({ delivery: id, file: name, sha256: digest, at })),
      ...(erased && { erased }),
      couldNot: couldNot(entry, held, parts.told),
      walked: { from: began, to: parts.now() },
    }
  }

  async function find(roots: ReadonlySet<string>): Promise<Found> {
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

  async function erase(actor: string) {
    const there = registry.entries().find(one => one.kind === 'erased' && one.actor === actor)
    // Done again after a crash, it would destroy what was sealed by a later yes.
    const order = registry.entries().findLast(one => one.kind === 'erasure' && one.actor === actor)
    const proof = there?.kind === 'erased' && there.of === order?.id ? there : await vault.erase(actor)
    return { proof: proof.id, recordings: await recordings.forget(actor) }
  }

  const deaf = [parts.consent.onEntry(hear), parts.consent.onWaiting(hearWaiting)]
  // What was entered and not walked to its end when the house last fell.
  for (const entry of registry.entries()) {
    const taken = takenOf(entry)
    if (taken) follow(entry, taken)
  }

  return {
    /** True of what was made by a yes that is over for good. */
    barred: async (entries: readonly string[]): Promise<boolean> => entries.some(id => ended.has(id)),
    /** What was made of this: by whose voice or by which entry. */
    derivedFrom: (of: string) => parts.artifacts.derivedFrom([of]),
    /** What became of an entry, as far as it was walked. */
    async report(entry: string): Promise<{
      readonly certificate?: unknown
      readonly digest?: string
      readonly notices: readonly Notice[]
    }> {
      const [walk, notices] = await Promise.all([walks.of(entry), walks.notices(entry)])
      return walk?.logged
        ? { certificate: walk.certificate, digest: digestOf(walk.certificate), notices }
        : { notices }
    },
    /** Resolves when everything that was heard of so far was walked to its end, or failed. */
    settle: async () => walking,
    async close(): Promise<void> {
      closed = true
      for (const end of deaf) end()
      await walking
    },
  }
}

const digestOf = (certificate: unknown) =>
  createHash('sha256').update(canonical(certificate)).digest('base64url')

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
  return [`${entry.id}.${id}`, entry.id, body, now] as const
}

function couldNot(entry: Entry, held: readonly Delivery[], told: boolean): readonly string[] {
  return [
    ...(held.length > 0
      ? ['Files that were fetched before can’t be deleted from here; whoever fetched them is told.']
      : []),
    ...(held.length > 0 && !told
      ? ['No address is set to which notices are sent (NOTICES_URL): recipients have to be told by hand.']
      : []),
    ...(entry.kind === 'erasure'
      ? [
          'A service that was sent the recording to speak after it is trusted to have kept nothing; that can’t be seen from here.',
        ]
      : []),
  ]
}
