import { admit, Inadmissible, type Known, nobody, take } from './admit.ts'
import { text } from './bytes.ts'
import { commitmentOf, type Kept, type Leaf } from './commitment.ts'
import { type Book, placeOf } from './decide.ts'
import type { Log } from './log/log.ts'
import type { Storage } from './log/storage.ts'
import { type Entry, type EntryOf, type Signed, signed as signedSchema } from './records.ts'
import { subjectsOf } from './subjects.ts'
import { type Instant, makings } from './terms.ts'

/** What stands: the log, and not who appended, says so. */
export type Standing = {
  /** Takes in whatever the log holds by now. Throws when a statement is missing or false. */
  readonly catchUp: () => Promise<void>
  /** How many leaves of the log were taken in. */
  readonly replayed: () => number
  /** When the newest of them was put there. */
  readonly latest: () => Instant
  /** The entry that this would become as the next leaf. Throws `Inadmissible`. */
  readonly admit: (signed: Signed, logged: Instant) => Promise<Entry>
  readonly entries: () => readonly Entry[]
  readonly entry: (id: string) => Entry | undefined
  /** The statement and the salt that opens its commitment. */
  readonly kept: (id: string) => Kept | undefined
  /** What may bear on this actor and this title, oldest first, and what was spoken under each yes. */
  readonly book: (actor: string, title: string) => Book
}

/** Replays the log and checks every signature in it. Throws when a statement is missing or false. */
export async function openStanding(
  log: Log,
  /** Where statements are kept. */
  records: Storage,
  /** The company's own party. */
  company: string,
  /** Hears of every entry that comes after the opening. Must not throw, nor wait. */
  heard: (entry: Entry) => void,
): Promise<Standing> {
  const known: Known = nobody()
  const openings = new Map<string, Kept>()
  const bySubject = new Map<string, Entry[]>()
  const tallies = new Map<string, { readonly lines: Set<string>; milliseconds: number }>()
  let replayed = 0
  let latest: Instant = 0
  let opening = true
  await catchUp()
  opening = false

  async function catchUp(): Promise<void> {
    for (const bytes of log.entries(replayed)) {
      const { commitment, logged } = JSON.parse(text(bytes)) as Leaf
      const kept = await records.read(`${commitment}.json`)
      if (!kept) throw new Error('A statement of the log is missing.')
      const opened = JSON.parse(text(kept)) as Kept
      if (commitmentOf(opened) !== commitment) throw new Error('A statement is not the one in the log.')
      const signed = signedSchema.parse(opened.signed)
      const entry = await next(signed, logged).catch((error: unknown) => {
        // After a failure the same may have been appended twice: the first stands.
        if (error instanceof Inadmissible && error.objection === 'again') return undefined
        throw error
      })
      replayed++
      latest = Math.max(latest, logged)
      if (!entry) continue
      take(known, entry)
      openings.set(entry.id, { ...opened, signed })
      if (entry.kind === 'use') tally(entry)
      else
        for (const subject of subjectsOf(entry, known.entries)) {
          const entries = bySubject.get(subject) ?? []
          bySubject.set(subject, entries)
          entries.push(entry)
        }
      if (!opening) heard(entry)
    }
  }

  function next(signed: Signed, logged: Instant): Promise<Entry> {
    return admit(known, signed, { leaf: replayed, logged, company })
  }

  function tally(use: EntryOf<'use'>): void {
    if (!makings.has(use.act)) return
    for (const id of [use.grant, use.licence]) {
      const before = tallies.get(id) ?? { lines: new Set(), milliseconds: 0 }
      before.lines.add(placeOf(use))
      before.milliseconds += use.milliseconds
      tallies.set(id, before)
    }
  }

  function book(actor: string, title: string): Book {
    const entries = [...(bySubject.get(`actor ${actor}`) ?? []), ...(bySubject.get(`title ${title}`) ?? [])]
    return { entries: entries.sort((left, right) => left.leaf - right.leaf), tallies }
  }

  return {
    catchUp,
    replayed: () => replayed,
    latest: () => latest,
    admit: next,
    entries: () => [...known.entries.values()],
    entry: id => known.entries.get(id),
    kept: id => openings.get(id),
    book,
  }
}
