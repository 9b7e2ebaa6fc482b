import { randomBytes } from 'node:crypto'
import { Inadmissible } from './admit.ts'
import { base64url, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import { commitmentOf, type Kept, type Leaf } from './commitment.ts'
import type { Journal } from './journal.ts'
import type { Enter, Ledger } from './ledger.ts'
import type { Log } from './log/log.ts'
import type { Storage } from './log/storage.ts'
import {
  type Entry,
  type EntryOf,
  type Of,
  type Proof,
  type ShownLanguage,
  type Signed,
  type Statement,
  signed as signedSchema,
} from './records.ts'
import { openStanding } from './standing.ts'
import { type Instant, makings } from './terms.ts'
import { wordingOf } from './wording.ts'
import { wordsOf } from './words.ts'

export type Registry = Ledger & {
  /** Takes a statement. Resolves when it stands in the log and would outlive a power cut; throws `Inadmissible`. */
  readonly enter: (given: unknown) => Promise<Entry>
  /**
   * Takes what ends or narrows a yes, even while the log can't be written: it then waits in the journal, and until it
   * stands in the log nothing is permitted to anybody.
   */
  readonly stop: (given: unknown) => Promise<{ readonly logged: boolean }>
  /** What the company itself has to say, signed with its own key. */
  readonly tell: (said: Told) => Promise<Entry>
  readonly entries: () => readonly Entry[]
  /** The text that this statement is signed under, in the words of what stands. */
  readonly say: (statement: Statement, language: ShownLanguage) => string
  /** A statement with the salt that opens its commitment, and its place. */
  readonly opening: (id: string) => (Kept & { readonly leaf: number; readonly logged: number }) | undefined
}

type Unsaid<Said> = Said extends unknown ? Omit<Said, 'by' | 'at'> : never
export type Told = Unsaid<Of<'request' | 'death' | 'erased' | 'completed' | 'use'>>

export type RegistryWish = {
  readonly log: Log
  /** Where statements are kept; not the log's folder, which anybody may read. */
  readonly records: Storage
  /** Where what can't be logged waits: best on another disk. */
  readonly journal: Journal
  /** The company's own party, who asks and who tells of uses. */
  readonly company: {
    readonly id: string
    readonly prove: (what: Pick<Signed, 'statement' | 'shown'>) => Proof
  }
  readonly now: () => Instant
  /** Hears of every entry that comes after the opening, as soon as it stands in the log. Must not throw, nor wait. */
  readonly heard?: (entry: Entry) => void
}

/** Opens the registry: replays the log and checks every signature in it. Throws when a statement is missing or false. */
export async function openRegistry({
  log,
  records,
  journal,
  company,
  now,
  heard = () => undefined,
}: RegistryWish): Promise<Registry> {
  const standing = await openStanding(log, records, company.id, heard)
  /** True from a failure of the log until it was written again: no log entry, no permit. */
  let down = false
  let latest: Instant = 0
  let turn: Promise<unknown> = Promise.resolve()

  /** The log's own time never runs back, and never fails: a withdrawal needs no clock. */
  function time(): Instant {
    latest = Math.max(latest, standing.latest())
    try {
      const at = now()
      if (Number.isSafeInteger(at) && at > latest) latest = at
    } catch {}
    return latest
  }

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  /** Checks against what stands, keeps the statement, then logs the commitment: no log entry, no effect. */
  async function write(signed: Signed): Promise<Entry> {
    const logged = time()
    const { id } = await standing.admit(signed, logged)
    const kept: Kept = { salt: base64url(randomBytes(16)), signed }
    const commitment = commitmentOf(kept)
    try {
      await records.write(`${commitment}.json`, utf8(canonical(kept)))
      const leaf: Leaf = { commitment, logged }
      await log.append([utf8(canonical(leaf))])
      await standing.catchUp()
    } catch (error) {
      down = true
      throw error
    }
    return standing.entry(id) as Entry
  }

  /** Makes sure that the log can be written, and brings to it what waits for it, oldest first. */
  async function recover(): Promise<void> {
    if (down) await log.touch()
    await standing.catchUp()
    for (const signed of journal.waiting()) {
      await write(signed).catch((error: unknown) => {
        // What the log knows already, or what it refuses for ever, waits for nothing.
        if (!(error instanceof Inadmissible)) throw error
      })
      await journal.drop(signed)
    }
    down = false
  }

  async function stop(given: unknown): Promise<{ readonly logged: boolean }> {
    const signed = signedSchema.parse(given)
    return inTurn(async () => {
      try {
        await recover()
        await write(signed)
        return { logged: true }
      } catch (error) {
        if (error instanceof Inadmissible) throw error
        // Held against what stood when the log was last read: a stranger's no can't stop the house.
        await standing.admit(signed, time())
        await journal.add(signed)
        return { logged: false }
      }
    })
  }

  const behind = () => down || journal.waiting().length > 0 || log.size() !== standing.replayed()

  const abreast = <Result>(work: () => Promise<Result>) =>
    inTurn(async () => {
      if (behind()) await recover()
      return work()
    })

  async function about(actor: string, title: string) {
    if (behind()) await inTurn(recover)
    if (behind()) throw new Error('The log is behind.')
    const book = standing.book(actor, title)
    return { ...book, epoch: Math.max(-1, ...book.entries.map(({ leaf }) => leaf)) }
  }

  const enterUse: Enter = async (spent, use) => {
    const grant = standing.entry(spent.grant) as EntryOf<'grant'>
    const { model, rate, currency } = grant.terms.money
    const due = {
      line: rate,
      minute: Math.ceil((rate * spent.milliseconds) / 60_000),
      session: 0,
      residual: 0,
    }
    const { actor, act, title, episode, language, line } = use
    const made = makings.has(act)
    await tell({
      kind: 'use',
      ...{ actor, act, title, episode, language, line, currency, ...spent },
      words: wordsOf(use),
      nonce: base64url(randomBytes(32)),
      due: made ? due[model] : 0,
    })
  }

  const say = (statement: Statement, language: ShownLanguage) =>
    wordingOf(statement, language, standing.entry)

  /** In turn already. */
  async function tell(said: Told): Promise<Entry> {
    const statement = { ...said, by: company.id, at: time() } as Statement
    const what = { statement, shown: { language: 'en' as const, text: say(statement, 'en') } }
    return write(signedSchema.parse({ ...what, proofs: [company.prove(what)] }))
  }

  return Object.freeze({
    about,
    hold: <Result>(work: (enter: Enter) => Promise<Result>) => abreast(() => work(enterUse)),
    enter: async (given: unknown) => {
      const signed = signedSchema.parse(given)
      return abreast(() => write(signed))
    },
    tell: (said: Told) => abreast(() => tell(said)),
    stop,
    entries: standing.entries,
    say,
    opening: (id: string) => {
      const [kept, entry] = [standing.kept(id), standing.entry(id)]
      return kept && entry && { ...kept, leaf: entry.leaf, logged: entry.logged }
    },
  })
}
