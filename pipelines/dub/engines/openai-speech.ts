import { Problem } from '../../problem.ts'
import type { Language, Ms } from '../../terms.ts'
import { decodeWav } from '../../wav.ts'
import type { Sound, VoiceEngine } from '../engine.ts'

export type SpeechService = {
  /** Where `/audio/speech` is found under: `http://localhost:8880/v1`. */
  readonly address: string
  readonly key?: string
  readonly model: string
  /** The terms under which what it says may be used. */
  readonly licence: string
  /**
   * The voices that may be used, each with the operator's statement why it is nobody's. A service has voices of persons
   * too and can't be asked which: what is not listed here does not speak.
   */
  readonly voices: readonly {
    readonly voice: string
    readonly languages: readonly Language[]
    readonly statement: string
  }[]
  /** How long one phrase may take. */
  readonly limit?: Ms
}

/** Ten minutes of 48 kHz. */
const largest = 60 << 20

/**
 * Any server that speaks as OpenAI's `/v1/audio/speech` does. What it may try again is `engine-unreachable`; what it will
 * refuse every time is `engine-failed`.
 */
export function openSpeechService(service: SpeechService): VoiceEngine {
  const { address, key, model, licence, voices, limit = 120_000 } = service
  const engine = 'openai-speech'
  const url = `${address.replace(/\/+$/, '')}/audio/speech`
  const host = new URL(url).host
  const known = new Set(voices.map(({ voice }) => voice))
  const unreachable = (reason: string, cause?: unknown) =>
    new Problem('engine-unreachable', { engine, address: host, reason }, cause)
  const failed = (reason: string, cause?: unknown) => new Problem('engine-failed', { engine, reason }, cause)

  return {
    name: engine,
    identity: `${model} at ${host}`,
    licence,
    presets: voices.map(({ voice, languages, statement }) => ({ preset: voice, languages, says: statement })),
    async speak({ text, preset, rate }, signal): Promise<Sound> {
      if (!known.has(preset)) throw failed(`the voice ${preset} is not declared as nobody’s`)
      const late = AbortSignal.timeout(limit)
      try {
        const reply = await fetch(url, {
          method: 'POST',
          redirect: 'error', // an answer from elsewhere is no answer, and the key is for nobody else
          signal: AbortSignal.any([signal, late]),
          headers: {
            'content-type': 'application/json',
            ...(key !== undefined && { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({ model, voice: preset, input: text, response_format: 'wav', speed: rate }),
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
    },
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
