import { createHash } from 'node:crypto'
import type { Entry, EntryOf, Registry, Vault } from '../../consent/index.ts'
import type { Artifacts } from '../store/artifacts.ts'
import type { Delivery } from '../store/deliveries.ts'
import type { People } from '../store/people.ts'
import type { Work } from '../store/work.ts'
import { type Certificate, unable } from './certificate.ts'
import type { Running } from './running.ts'
import type { Streams } from './streams.ts'
import type { Taken } from './taken.ts'

/** Wherever a voice can be, and what acts there. */
export type Places = {
  readonly consent: {
    readonly registry: Pick<Registry, 'entries'>
    readonly vault: Pick<Vault, 'erase'>
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
}

/** What could be done at once. */
export type Stopped = { readonly groups: number; readonly streams: number; readonly at: number }

/** Walks from the voice to everything that it is in, and tells what was found and done. What runs may be `stopping` already. */
export async function walkFrom(
  entry: Entry,
  taken: Taken,
  stopping: Promise<Stopped> | undefined,
  parts: Places,
): Promise<Certificate> {
  const { now } = parts
  const { registry } = parts.consent
  const began = now()
  const stopped = (await stopping) ?? {
    groups: await parts.running.stop(taken.actors),
    streams: parts.streams.cut(taken.actors),
    at: began,
  }
  // For good: what was made by the yes. For a while, or in part: everything in which they are heard is asked for anew.
  const roots = taken.ended.size > 0 ? taken.ended : taken.actors
  const found = await find(roots, parts.artifacts)
  const quarantined = now()
  const episodes = await episodesOf(taken.actors, parts.people)
  const works = await parts.work.ofAll(episodes)
  const held = await parts.people.deliveries.derivedFrom(roots)
  for (const delivery of held) await parts.people.walks.announce(noticeOf(entry, delivery, now()))
  void parts.notified()
  // What waits asks anew for every line; what was made, or is being made, is mixed again without them.
  const remade = works.filter(({ state, draft }) => draft && (state === 'ready' || state === 'running'))
  for (const { episode } of remade) await parts.remake(episode)
  parts.tell(episodes)
  const erased = entry.kind === 'erasure' ? await erase(entry, parts) : undefined
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
    walked: { from: began, to: now() },
  }
}

async function find(roots: ReadonlySet<string>, artifacts: Places['artifacts']) {
  const hash = createHash('sha256')
  const steps: Record<string, number> = {}
  let files = 0
  for await (const { key, step, blobs } of artifacts.derivedFrom(roots)) {
    steps[step] = (steps[step] ?? 0) + 1
    files += blobs.length
    hash.update(key)
  }
  return { steps, files, list: hash.digest('base64url') }
}

async function episodesOf(
  actors: ReadonlySet<string>,
  { series, episodes }: Places['people'],
): Promise<readonly string[]> {
  const theirs = (await series.all()).filter(({ cast }) =>
    cast.some(({ voice }) => voice.kind === 'person' && actors.has(voice.actor)),
  )
  const found = await Promise.all(theirs.map(({ id }) => episodes.ofSeries(id)))
  return found.flat().map(({ id }) => id)
}

async function erase({ actor, leaf }: EntryOf<'erasure'> & Entry, { consent, people }: Places) {
  const { registry, vault } = consent
  // Done again after a crash, it would destroy what was sealed by a later yes; so with the records below.
  const proof =
    registry.entries().find(one => one.kind === 'erased' && one.actor === actor && one.leaf > leaf) ??
    (await vault.erase(actor))
  // The spoken statements as well, which lie under a key of another kind.
  await people.consents.forgetRecordings(actor, proof.logged)
  return { proof: proof.id, recordings: await people.recordings.forget(actor, proof.logged) }
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
