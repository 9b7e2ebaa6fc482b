import { decide } from './decide.ts'
import type { Ledger } from './ledger.ts'
import { type Act, type Ask, type Instant, isRefusal, type Refusal, type Use } from './terms.ts'

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

export type Gate = {
  /** The key to exactly this use, good once and for some minutes; or why not. */
  readonly permit: (ask: Ask) => Promise<Grant | Refusal>
  /** Opens what the grant is for, if that is this use and everybody still says yes. Throws `Forgery` for any other object. */
  readonly redeem: (grant: Grant, use: Use) => Promise<Opened | Refusal>
  /** What `permit` would say now about any line of this character. */
  readonly outlook: (ask: Omit<Ask, 'line' | 'text'>) => Promise<Outlook>
}

/** Somebody made an object that looks like a grant. */
export class Forgery extends Error {
  override readonly name = 'Forgery'
}

/** How long a grant may lie about: long enough for a queue, too short to be kept. */
const lifetime = 5 * 60_000

/**
 * The only maker of grants. It closes over its ledger and its clock, so nobody who holds the gate can hand it others.
 * When either fails, or the clock has moved back, everything is refused.
 */
export function openGate({ about }: Ledger, now: () => Instant): Gate {
  // A WeakMap and not a mark on the object: a mark could be copied, inherited, proxied or read from a constructor.
  const keys = new WeakMap<object, { readonly ask: Ask; readonly issued: Instant; spent: boolean }>()
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

  async function weigh(ask: Ask): Promise<(Opened & { readonly at: Instant }) | Refusal> {
    try {
      const entries = await about(ask.actor, ask.title)
      const at = instant() // after the ledger: what expires while it thinks is expired
      if (typeof at !== 'number') return at
      const answer = decide(entries, ask, at)
      if (isRefusal(answer)) return answer
      return { actor: ask.actor, entries: answer.agreed.map(yes => yes.id), at }
    } catch {
      return { refused: 'no-ledger' }
    }
  }

  async function permit(given: Ask): Promise<Grant | Refusal> {
    const ask: Ask = { ...copy(given), actor: String(given.actor) }
    const answer = await weigh(ask)
    if (isRefusal(answer)) return answer
    const grant: Grant = Object.freeze(Object.create(null))
    keys.set(grant, { ask, issued: answer.at, spent: false })
    return grant
  }

  async function redeem(grant: Grant, given: Use): Promise<Opened | Refusal> {
    const key = keys.get(grant)
    if (!key) throw new Forgery('This is no grant of this gate.')
    if (key.spent) return { refused: 'spent' }
    key.spent = true // whatever comes of it, and before anything is awaited: nobody tries a key in many locks
    const use = copy(given)
    if (fields.some(field => use[field] !== key.ask[field])) return { refused: 'another-use' }
    const at = instant()
    if (typeof at !== 'number') return at
    if (at - key.issued >= lifetime) return { refused: 'stale' }
    return plain(await weigh(key.ask))
  }

  async function outlook({ actor, ...use }: Omit<Ask, 'line' | 'text'>): Promise<Outlook> {
    return plain(await weigh({ ...copy({ ...use, line: '', text: '' }), actor: String(actor) }))
  }

  return Object.freeze({ permit, redeem, outlook })
}

const plain = (answer: Opened | Refusal): Outlook =>
  isRefusal(answer) ? answer : { actor: answer.actor, entries: answer.entries }

const fields = ['act', 'title', 'episode', 'language', 'character', 'line', 'text'] as const

/** Reads every field once, so that an ask that changes while it is looked at gains nothing. */
const copy = (use: Use): Use => ({
  act: String(use.act) as Act,
  title: String(use.title),
  episode: String(use.episode),
  language: String(use.language),
  character: String(use.character),
  line: String(use.line),
  text: String(use.text),
})
