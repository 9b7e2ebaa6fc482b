import { z } from 'zod'
import { type Gate, isRefusal, type Kms, type Ledger } from '../../consent/index.ts'
import { type FromLink, pack, type ToLink } from './link.ts'

export type Serving = {
  readonly ledger: Ledger
  readonly kms: Kms
  /** The keeper's own gate: a worker is not believed when it asks for a key. */
  readonly gate: Gate
  readonly send: (said: ToLink) => void
  /** Ends the worker and everything it started; resolves when nothing of it runs any more. */
  readonly kill: () => Promise<void>
  readonly log: (says: string, more?: object) => void
}

/** The longest that nobody else can say anything because a worker keeps something. A rename takes milliseconds. */
const longestHoldMs = 5000

const short = z.string().max(5000)
const list = z.array(short).max(1000)
const use = z.strictObject({
  act: short,
  title: short,
  episode: short,
  language: short,
  character: short,
  territories: list,
  media: list,
  alterations: list,
  content: list,
  line: short,
  text: z.string().max(100_000),
})
const spent = z.strictObject({
  grant: short,
  licence: short,
  asker: short,
  milliseconds: z.number(),
  output: short,
})
const asked = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('about'), id: z.int(), actor: short, title: short, anew: z.boolean() }),
  z.object({ ask: z.literal('hold'), id: z.int() }),
  z.object({
    ask: z.literal('enter'),
    id: z.int(),
    hold: z.int(),
    spent,
    use: use.extend({ actor: short }),
  }),
  z.object({ ask: z.literal('end'), id: z.int(), hold: z.int() }),
  z.object({ ask: z.literal('wrap'), id: z.int(), owner: short, key: short }),
  z.object({ ask: z.literal('unwrap'), id: z.int(), owner: short, key: short, use }),
])

/** Answers one worker. `hear` takes what it says, `gone` is called when it has ended, however it did. */
export function serveLink({ ledger, kms, gate, send, kill, log }: Serving) {
  type Held = { readonly enter: (spent: unknown, use: unknown) => Promise<void>; readonly end: () => void }
  const holds = new Map<number, Held>()
  const sent = new Set<string>()
  let alive = true

  const deeds: {
    readonly [Name in FromLink['ask']]: (
      said: Extract<z.output<typeof asked>, { ask: Name }>,
    ) => Promise<unknown>
  } = {
    about: async ({ actor, title, anew }) => {
      if (anew) sent.clear()
      return pack(actor, title, await ledger.about(actor, title), sent)
    },
    hold: ({ id }) => hold(id),
    enter: async ({ hold, spent, use }) => {
      const held = holds.get(hold)
      if (!held) throw new Error('Nothing is held under this name.')
      await held.enter(spent, use)
      return {}
    },
    end: async ({ hold }) => {
      holds.get(hold)?.end()
      return {}
    },
    wrap: async ({ owner, key }) => spell(await kms.wrap(owner, bytes(key))),
    unwrap: async ({ owner, key, use }) => {
      const ask = use as Parameters<Gate['redeem']>[1]
      const grant = await gate.permit({ ...ask, actor: owner })
      if (isRefusal(grant)) throw new Error(grant.refused)
      const opened = await gate.redeem(grant, ask)
      if (isRefusal(opened)) throw new Error(opened.refused)
      return spell(await kms.unwrap(owner, bytes(key), ask))
    },
  }

  /** Resolves when the worker holds; what it holds lasts until it says so, dies, or is too slow, which ends it. */
  function hold(id: number): Promise<unknown> {
    return new Promise((held, failed) => {
      ledger
        .hold(async enter => {
          if (!alive) return
          let slow: NodeJS.Timeout | undefined
          const over = new Promise<void>(end => {
            holds.set(id, { enter: (spent, use) => enter(spent as never, use as never), end })
            slow = setTimeout(() => {
              log('a worker held the register for too long and is ended')
              // Not let go of before it has ended: what it keeps a moment later would come after a withdrawal.
              void kill().finally(end)
            }, longestHoldMs)
          })
          held({})
          await over.finally(() => clearTimeout(slow))
        })
        .catch(failed)
        .finally(() => holds.delete(id))
    })
  }

  return {
    hear(said: unknown): void {
      const read = asked.safeParse(said)
      if (!read.success) {
        log('a worker said nonsense about consents')
        return
      }
      const { id } = read.data
      const deed = deeds[read.data.ask] as (said: unknown) => Promise<unknown>
      deed(read.data).then(
        answer => alive && send({ type: 'consent', id, answer }),
        error => {
          log('a worker was refused', { ask: read.data.ask, why: String(error?.message ?? error) })
          if (alive) send({ type: 'consent', id, refused: true })
        },
      )
    },
    gone(): void {
      alive = false
      for (const { end } of holds.values()) end()
    },
  }
}

const spell = (key: Uint8Array) => Buffer.from(key).toString('base64url')
const bytes = (spelt: string) => new Uint8Array(Buffer.from(spelt, 'base64url'))
