import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from './problem.ts'
import type { Ms } from './terms.ts'

/** A service somebody runs elsewhere, and how patient we are with it. */
export type Service = {
  /** For people: `DeepL`. */
  readonly engine: string
  /** Where its paths begin: `https://api.deepl.com`. */
  readonly address: string
  readonly headers?: Readonly<Record<string, string>>
  /** What must never be shown, should the service send it back. */
  readonly secret?: string
  /** For one try. 60 s: a batch of lines through a large model on a busy server. */
  readonly timeout?: Ms
  /** Waits between tries; tests give one that doesn't. */
  readonly wait?: (ms: Ms, signal: AbortSignal) => Promise<unknown>
}

const tries = 4
const longestWait: Ms = 30_000
/** No batch of lines comes near it; an answer that does is no answer. */
const largestAnswer = 4 * 1024 * 1024
/** Busy, or broken for the moment. 529 is DeepL's way of saying 429. */
const passing = new Set([408, 429, 500, 502, 503, 504, 529])

/**
 * Posts JSON, or a form with files, and gives the JSON that comes back, unparsed by any schema. What passes (busy,
 * broken for the moment, cut off) is tried again after as long as the service asks, 30 s at most. An answer over 4 MiB
 * is undefined. Redirects are not followed: they would carry the
 * key and the lines to a host nobody configured.
 * @throws Problem `engine-unreachable`, `engine-failed`, `cancelled`
 */
export async function post(
  service: Service,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const wait = service.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }))
  for (let tried = 1; ; tried++) {
    const result = await once(service, path, body, signal)
    if ('json' in result) return result.json
    if (signal.aborted) throw new Problem('cancelled', {}, signal.reason)
    if (result.after === undefined || tried === tries) throw result.problem
    await wait(Math.min(longestWait, Math.max(result.after, 500 * 2 ** tried)), signal).catch(error => {
      throw signal.aborted ? new Problem('cancelled', {}, error) : error
    })
  }
}

/** An answer, or why there is none and after how long it may be tried again; never, if `after` is absent. */
type Result = { readonly json: unknown } | { readonly problem: Problem; readonly after?: Ms }

async function once(service: Service, path: string, body: unknown, signal: AbortSignal): Promise<Result> {
  const { engine, address, headers, timeout = 60_000 } = service
  const place = { engine, address: new URL(address).origin }
  const unreachable = (reason: string, error?: unknown) =>
    new Problem('engine-unreachable', { ...place, reason: redacted(service, reason) }, error)
  const failed = (reason: string) =>
    new Problem('engine-failed', { engine, reason: redacted(service, reason) })
  const form = body instanceof FormData
  try {
    const answer = await fetch(`${address.replace(/\/+$/, '')}${path}`, {
      method: 'POST',
      headers: {
        ...(form ? {} : { 'content-type': 'application/json' }),
        accept: 'application/json',
        ...headers,
      },
      body: form ? body : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    const text = await textOf(answer)
    // A model that runs on without end is one bad reply, not the end of the job.
    if (text === undefined) return { json: undefined }
    if (answer.status >= 300 && answer.status < 400) return { problem: unreachable('it redirects elsewhere') }
    if (passing.has(answer.status))
      return { problem: unreachable(`${answer.status} ${saying(text)}`), after: retryAfter(answer.headers) }
    if (!answer.ok) return { problem: failed(`${answer.status} ${saying(text)}`) }
    try {
      return { json: JSON.parse(text) }
    } catch {
      return { problem: failed('its answer is not JSON'), after: 0 }
    }
  } catch (error) {
    return { problem: unreachable(whyOf(error, timeout), error), after: 0 }
  }
}

/** The whole answer, or nothing when it is too large; reading stops there. */
async function textOf({ body }: Response): Promise<string | undefined> {
  if (!body) return ''
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.byteLength
    if (bytes > largestAnswer) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Seconds or a date, as RFC 9110 10.2.3 has it. */
function retryAfter(headers: Headers): Ms {
  const value = headers.get('retry-after') ?? ''
  const after = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(after) ? Math.max(0, after) : 0
}

/** The beginning of what the service says, in one row: enough to see that a model's name is wrong. */
const saying = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 200)

function whyOf(error: unknown, timeout: Ms): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`
  // fetch itself says only "fetch failed"; its cause knows.
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
}

const redacted = ({ secret }: Service, text: string) => (secret ? text.replaceAll(secret, '…') : text)
