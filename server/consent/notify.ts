import { z } from 'zod'
import { byAddress, type Notice, type WalkStore } from '../store/walks.ts'

export type Address = { readonly address: string; readonly key?: string }
export type NotifyParts = {
  readonly walks: Pick<WalkStore, 'due' | 'said' | 'acknowledge'>
  /** The operator's own address. No recipient names one, so nobody can have the house call on somebody. */
  readonly to: Address | undefined
  readonly now: () => number
  readonly log: (says: string, more?: object) => void
}

const lookMs = 5000
const patience = 10_000
const minute = 60_000
/** From a minute to six hours apart; after a day of silence a person is called, and it goes on being said. */
const after = (tries: number) => Math.min(360 * minute, minute * 2 ** tries)
const escalateAfter = 8
const answer = z.object({ acknowledged: z.literal(true) })

/** Says notices until they are acknowledged. Without an address they wait, and the operator is told of them once. */
export function openNotifier(parts: NotifyParts) {
  let busy: Promise<void> | undefined
  const look = () => {
    busy ??= sayDue(parts)
      .catch(error => parts.log('notices can’t be said', { error: String(error) }))
      .finally(() => {
        busy = undefined
      })
    return busy
  }
  const clock = parts.to ? setInterval(look, lookMs).unref() : undefined
  return {
    /** Looks now, and resolves when everything that was due was said once. */
    look: async () => (parts.to ? look() : undefined),
    async close(): Promise<void> {
      clearInterval(clock)
      await busy
    },
  }
}

async function sayDue({ walks, to, now, log }: NotifyParts): Promise<void> {
  if (!to) return
  for (const notice of await walks.due(now())) {
    const why = await say(notice, to)
    if (why === undefined) {
      await walks.acknowledge(notice.id, byAddress, now())
      continue
    }
    const tries = notice.tries + 1
    const escalated = tries >= escalateAfter
    if (escalated && !notice.escalated)
      log('nobody acknowledges that a voice was withdrawn: see to it by hand', { notice: notice.id, why })
    await walks.said(notice.id, now() + after(tries), escalated)
  }
}

/** Nothing when it was acknowledged, else why not. */
async function say({ id, body }: Notice, { address, key }: Address): Promise<string | undefined> {
  try {
    const reply = await fetch(address, {
      method: 'POST',
      redirect: 'error', // it is for this address and for nobody it points at
      signal: AbortSignal.timeout(patience),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
    })
    const text = await textOf(reply)
    if (!reply.ok) return `it answered ${reply.status}`
    return answer.safeParse(JSON.parse(text)).success ? undefined : 'it did not acknowledge'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > 65_536) throw new Error('its answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
