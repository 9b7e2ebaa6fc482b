import { canonical } from './canonical.ts'
import { type Agreed, decide } from './decide.ts'
import type { Ledger } from './ledger.ts'
import { standing } from './second.ts'
import {
  type Act,
  type Alteration,
  type Ask,
  type Content,
  type Instant,
  isRefusal,
  type Prospect,
  type Refusal,
  type Setting,
  type Use,
} from './terms.ts'

declare const granted: unique symbol

/**
 * The key to one use of one person's voice. It holds nothing: what it opens is known to its gate alone, so there is
 * nothing in it to copy, to change, to keep or to send elsewhere.
 */
export type Grant = { readonly [granted]: true }

/** What a grant opened: whose voice, and by which entries. */
export type Opened = { readonly actor: string; readonly entries: readonly string[] }

/** What a gate would answer, without a key: plain JSON. */
export type Outlook = Opened | Refusal

/** What a use came to: who asked for it, how much speech, and the SHA-256 of what came out as base64url. */
export type Made = { readonly asker: string; readonly milliseconds: number; readonly output: string }

export type Gate = {
  /** The key to exactly this use, good once and for some minutes; or why not. */
  readonly permit: (ask: Ask) => Promise<Grant | Refusal>
  /** Opens what the grant is for, if that is this use and everybody still says yes. Throws `Forgery` for any other object. */
  readonly redeem: (grant: Grant, use: Use) => Promise<Opened | Refusal>
  /**
   * Keeps what was made with an opened grant: looks once more, enters the use in the log, then does the keeping, all of
   * it while nobody can change a consent. A grant of another epoch keeps nothing. `keep` must be brief, a rename or a
   * transaction: a withdrawal waits for it. Throws `Forgery`, and what `keep` throws.
   */
  readonly commit: <Kept>(
    grant: Grant,
    made: Made,
    keep: () => Promise<Kept>,
  ) => Promise<{ readonly kept: Kept } | Refusal>
  /** What `permit` would say now about any line of this character. */
  readonly outlook: (ask: Prospect) => Promise<Outlook>
}

/** Somebody made an object that looks like a grant. */
export class Forgery extends Error {
  override readonly name = 'Forgery'
}

/** How long a grant may lie about: long enough for a queue, too short to be kept. */
const lifetime = 5 * 60_000

type Key = {
  readonly ask: Ask
  readonly issued: Instant
  readonly epoch: number
  state: 'new' | 'opened' | 'spent'
}
type Weighed = Agreed & { readonly at: Instant; readonly epoch: number }

/**
 * The only maker of grants. It closes over its ledger and its clock, so nobody who holds the gate can hand it others.
 * When either fails, the clock has moved back, or two readings of the consents disagree, everything is refused;
 * `alarm` is told of a disagreement.
 */
export function openGate(
  { about, hold }: Ledger,
  now: () => Instant,
  alarm: (ask: Ask | Prospect) => void = () => undefined,
): Gate {
  // A WeakMap and not a mark on the object: a mark could be copied, inherited, proxied or read from a constructor.
  const keys = new WeakMap<object, Key>()
  let latest = Number.NEGATIVE_INFINITY

  function instant(): Instant | Refusal {
    try {
      const time = now()
      // A clock that has moved back would revive what is over: it is believed again when it has caught up.
      if (!Number.isFinite(time) || time < latest) return { refused: 'no-clock' }
      latest = time
      return time
    } catch {
      return { refused: 'no-clock' }
    }
  }

  async function weigh(ask: Ask | Prospect, adds = 0): Promise<Weighed | Refusal> {
    try {
      const book = await about(ask.actor, ask.title)
      const at = instant() // after the ledger: what expires while it thinks is expired
      if (typeof at !== 'number') return at
      const answer = decide(book, ask, at, adds)
      const { grants, licences } = standing(book, ask, at, adds)
      const agreed = isRefusal(answer)
        ? grants.length === 0 || licences.length === 0
        : grants.includes(answer.grant.id) && licences.includes(answer.licence.id)
      if (!agreed) {
        alarm(ask)
        return { refused: 'disagreement' }
      }
      return isRefusal(answer) ? answer : { ...answer, at, epoch: book.epoch }
    } catch {
      return { refused: 'no-ledger' }
    }
  }

  async function permit(given: Ask): Promise<Grant | Refusal> {
    const ask: Ask = { ...copy(given), actor: String(given.actor) }
    const answer = await weigh(ask)
    if (isRefusal(answer)) return answer
    const grant: Grant = Object.freeze(Object.create(null))
    keys.set(grant, { ask, issued: answer.at, epoch: answer.epoch, state: 'new' })
    return grant
  }

  /** Takes the key out of its state for good, whatever comes of it, and before anything is awaited. */
  function take(grant: Grant, state: 'new' | 'opened'): Key | Refusal {
    const key = keys.get(grant)
    if (!key) throw new Forgery('This is no grant of this gate.')
    if (key.state !== state) return { refused: key.state === 'new' ? 'unopened' : 'spent' }
    key.state = 'spent'
    return key
  }

  /** The key's ask, weighed now; the key has to be of now too. */
  async function again({ ask, issued, epoch }: Key, adds = 0): Promise<Weighed | Refusal> {
    const at = instant()
    if (typeof at !== 'number') return at
    if (at - issued >= lifetime) return { refused: 'stale' }
    const answer = await weigh(ask, adds)
    if (isRefusal(answer)) return answer
    return answer.epoch === epoch ? answer : { refused: 'epoch-moved' }
  }

  async function redeem(grant: Grant, given: Use): Promise<Opened | Refusal> {
    const key = take(grant, 'new')
    if (isRefusal(key)) return key
    const { actor, ...asked } = key.ask
    if (canonical(copy(given)) !== canonical(asked)) return { refused: 'another-use' }
    const answer = await again(key)
    if (isRefusal(answer)) return answer
    key.state = 'opened'
    return opened(actor, answer)
  }

  async function commit<Kept>(
    grant: Grant,
    { asker, milliseconds, output }: Made,
    keep: () => Promise<Kept>,
  ): Promise<{ readonly kept: Kept } | Refusal> {
    const key = take(grant, 'opened')
    if (isRefusal(key)) return key
    if (!(milliseconds >= 0)) return { refused: 'another-use' }
    let began = false
    try {
      return await hold(async enter => {
        const answer = await again(key, milliseconds)
        if (isRefusal(answer)) return answer
        const ids = { grant: answer.grant.id, licence: answer.licence.id }
        await enter({ ...ids, asker, milliseconds, output }, key.ask)
        began = true
        return { kept: await keep() }
      })
    } catch (error) {
      if (began) throw error
      return { refused: 'no-ledger' }
    }
  }

  async function outlook({ actor, ...setting }: Prospect): Promise<Outlook> {
    const answer = await weigh({ ...settingOf(setting), actor: String(actor) })
    return isRefusal(answer) ? answer : opened(String(actor), answer)
  }

  return Object.freeze({ permit, redeem, commit, outlook })
}

const opened = (actor: string, { grant, licence }: Agreed): Opened => ({
  actor,
  entries: [grant.id, licence.id],
})

/** Reads every field once, so that an ask that changes while it is looked at gains nothing. */
const settingOf = (given: Setting): Setting => ({
  act: String(given.act) as Act,
  title: String(given.title),
  episode: String(given.episode),
  language: String(given.language),
  character: String(given.character),
  territories: Array.from(given.territories, String),
  media: Array.from(given.media, String),
  alterations: Array.from(given.alterations, String) as Alteration[],
  content: Array.from(given.content, String) as Content[],
})
const copy = (given: Use): Use => ({
  ...settingOf(given),
  line: String(given.line),
  text: String(given.text),
})
