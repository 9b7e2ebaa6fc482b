import { Problem } from '../../problem.ts'
import type { Ms } from '../../terms.ts'
import { decodeWav } from '../../wav.ts'
import type { Sound } from '../engine.ts'

/** A service that is sent something and answers with a WAV. */
export type SoundService = {
  readonly engine: string
  readonly url: string
  readonly key?: string
  /** How long one phrase may take. */
  readonly limit: Ms
}

/** Ten minutes of 48 kHz. */
const largest = 60 << 20

/**
 * Posts JSON or a form and reads the sound that comes back. What may be tried again is `engine-unreachable`; what will be
 * refused every time is `engine-failed`.
 */
export async function askForSound(
  { engine, url, key, limit }: SoundService,
  body: FormData | object,
  signal: AbortSignal,
): Promise<Sound> {
  const unreachable = (reason: string, cause?: unknown) =>
    new Problem('engine-unreachable', { engine, address: new URL(url).host, reason }, cause)
  const failed = (reason: string, cause?: unknown) => new Problem('engine-failed', { engine, reason }, cause)
  const late = AbortSignal.timeout(limit)
  const form = body instanceof FormData
  try {
    const reply = await fetch(url, {
      method: 'POST',
      redirect: 'error', // an answer from elsewhere is no answer, and neither key nor recording is for anybody else
      signal: AbortSignal.any([signal, late]),
      headers: {
        ...(!form && { 'content-type': 'application/json' }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: form ? body : JSON.stringify(body),
    })
    if (!reply.ok) {
      await reply.body?.cancel()
      const again = reply.status >= 500 || [401, 403, 404, 408, 429].includes(reply.status)
      throw (again ? unreachable : failed)(`it answered ${reply.status}`)
    }
    return parse(await bytesOf(reply))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Problem) throw error
    if (late.aborted) throw unreachable(`it took longer than ${limit / 1000} s`, error)
    throw unreachable('the connection failed', error)
  }

  async function bytesOf(reply: Response): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of reply.body ?? []) {
      size += chunk.length
      if (size > largest) throw failed('it gave more sound than any line has')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  function parse(bytes: Uint8Array): Sound {
    try {
      return decodeWav(bytes)
    } catch (error) {
      throw failed(`it gave ${error instanceof Error ? error.message : 'no sound'}`, error)
    }
  }
}
