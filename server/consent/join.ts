import { join } from 'node:path'
import { z } from 'zod'
import {
  type Entry,
  folder,
  type Gate,
  type Kms,
  type Ledger,
  openGate,
  openVault,
  readEntry,
  type Vault,
} from '../../consent/index.ts'
import type { FromLink } from './link.ts'

/** The way to the keeper. `send` is false when there is none any more. */
export type Port = {
  readonly send: (said: FromLink) => boolean
  readonly listen: (hear: (said: unknown) => void) => void
}

/** A keeper that takes longer is not asked on: no answer is a no. */
const patienceMs = 10_000

const told = z.strictObject({
  actor: z.string(),
  title: z.string(),
  ids: z.array(z.string()),
  fresh: z.array(z.unknown()),
  tallies: z.array(z.tuple([z.string(), z.array(z.string()), z.int().min(0)])),
  epoch: z.int(),
})
const answered = z.union([
  z.strictObject({ type: z.literal('consent'), id: z.int(), answer: z.unknown() }),
  z.strictObject({ type: z.literal('consent'), id: z.int(), refused: z.literal(true) }),
])

/** The worker's own gate and vault, over a register and keys that are its keeper's. */
export function joinConsent(
  consentFolder: string,
  port: Port,
  now: () => number,
): { readonly gate: Gate; readonly vault: Vault } {
  const { ledger, kms } = openLink(port)
  const gate = openGate(ledger, now)
  const vault = openVault(folder(join(consentFolder, 'vault')), kms, gate, {
    entries: () => [],
    tell: async () => {
      throw new Error('A worker says nothing in the register.')
    },
  })
  return { gate, vault }
}

/**
 * The ledger and the keys at the other end. Whatever is late, malformed, about something else or at odds with itself
 * throws, and a gate takes that for a no.
 */
export function openLink(
  { send, listen }: Port,
  patience = patienceMs,
): { readonly ledger: Ledger; readonly kms: Kms } {
  const waiting = new Map<number, { answer: (value: unknown) => void; fail: (error: Error) => void }>()
  const entries = new Map<string, Entry>()
  const late = new Set<number>()
  let last = 0

  listen(said => {
    const read = answered.safeParse(said)
    if (!read.success) return
    const one = waiting.get(read.data.id)
    // A hold that is given after nobody waits for it any more would keep everybody else waiting.
    if (!one && late.delete(read.data.id)) tell({ ask: 'end', hold: read.data.id })
    // Entries are sent once: those of an answer that comes too late are kept too.
    if ('answer' in read.data) learn(read.data.answer)
    waiting.delete(read.data.id)
    if ('answer' in read.data) one?.answer(read.data.answer)
    else one?.fail(new Error('The keeper refused.'))
  })

  type Wish = FromLink extends infer Said ? (Said extends unknown ? Omit<Said, 'type' | 'id'> : never) : never

  function tell(wish: Wish): number {
    const id = ++last
    if (!send({ type: 'consent', id, ...wish } as FromLink)) throw new Error('The keeper is gone.')
    return id
  }

  function ask(wish: Wish): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = tell(wish)
    const answer = new Promise<unknown>((answer, fail) => {
      const timer = setTimeout(() => {
        waiting.delete(id)
        if (wish.ask === 'hold') late.add(id)
        fail(new Error('The keeper does not answer.'))
      }, patience)
      const done =
        <Value>(next: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer)
          next(value)
        }
      waiting.set(id, { answer: done(answer), fail: done(fail) })
    })
    return { id, answer }
  }

  function learn(answer: unknown): void {
    const read = told.safeParse(answer)
    for (const given of read.data?.fresh ?? []) {
      try {
        const entry = readEntry(given)
        if (!entries.has(entry.id)) entries.set(entry.id, entry)
      } catch {
        // What is no entry is missed when it is named.
      }
    }
  }

  let anew = false
  async function about(actor: string, title: string): ReturnType<Ledger['about']> {
    const wish = { ask: 'about', actor, title, anew } as const
    anew = false
    try {
      return read(told.parse(await ask(wish).answer), actor, title)
    } catch (error) {
      anew = true
      throw error
    }
  }

  function read(book: z.output<typeof told>, actor: string, title: string) {
    const found = book.ids.map(id => entries.get(id))
    const whole = found.every((entry): entry is Entry => entry !== undefined)
    if (!whole || book.actor !== actor || book.title !== title)
      throw new Error('The keeper told of another book.')
    const newest = Math.max(-1, ...found.map(({ leaf }) => leaf))
    if (book.epoch !== newest || new Set(book.ids).size !== found.length)
      throw new Error('The keeper’s book is at odds with itself.')
    const tallies = new Map(
      book.tallies.map(([id, lines, milliseconds]) => [id, { lines: new Set(lines), milliseconds }]),
    )
    return { entries: found, tallies, epoch: book.epoch }
  }

  const hold: Ledger['hold'] = async work => {
    const { id, answer } = ask({ ask: 'hold' })
    await answer
    try {
      return await work(async (spent, use) => {
        await ask({ ask: 'enter', hold: id, spent, use }).answer
      })
    } finally {
      tell({ ask: 'end', hold: id })
    }
  }

  const spell = (key: Uint8Array) => Buffer.from(key).toString('base64url')
  const bytes = (spelt: unknown) => new Uint8Array(Buffer.from(z.string().parse(spelt), 'base64url'))
  return {
    ledger: { about, hold },
    kms: {
      wrap: async (owner, key) => bytes(await ask({ ask: 'wrap', owner, key: spell(key) }).answer),
      unwrap: async (owner, wrapped, use) => {
        if (!use) throw new Error('No key is given for no use.')
        return bytes(await ask({ ask: 'unwrap', owner, key: spell(wrapped), use }).answer)
      },
      destroy: async () => {
        throw new Error('A worker destroys no keys.')
      },
    },
  }
}
