import type { Ms } from '../../terms.ts'
import type { PersonEngine } from '../engine.ts'
import { askForSound } from './service.ts'

export type ReplicaService = {
  /** Where `/audio/speech` is found under: `http://localhost:8881/v1`. */
  readonly address: string
  readonly key?: string
  readonly model: string
  /** The terms under which what it says may be used. */
  readonly licence: string
  /** How long one phrase may take. */
  readonly limit?: Ms
}

/**
 * A server of the operator's that speaks after a recording. A form is posted to `/audio/speech`: `model`, `input`,
 * `language`, `speed`, `response_format` (wav) and the file `reference`; a 16-bit WAV comes back. The recording goes with
 * every phrase and to this address alone: the service is trusted to keep nothing of it, which nobody here can see to.
 */
export function openReplicaService(service: ReplicaService): PersonEngine {
  const { address, key, model, licence, limit = 120_000 } = service
  const url = `${address.replace(/\/+$/, '')}/audio/speech`
  const engine = 'replica'
  return {
    name: engine,
    identity: `${model} at ${new URL(url).host}`,
    licence,
    async speak({ text, language, rate, reference }, signal) {
      const form = new FormData()
      const fields = { model, input: text, language, speed: String(rate), response_format: 'wav' }
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      const file = new Blob([Uint8Array.from(reference)], { type: 'audio/wav' })
      form.append('reference', file, 'reference.wav')
      return askForSound({ engine, url, limit, ...(key !== undefined && { key }) }, form, signal)
    },
  }
}
