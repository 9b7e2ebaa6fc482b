import { Problem } from '../../problem.ts'
import type { Language, Ms } from '../../terms.ts'
import type { Sound, VoiceEngine } from '../engine.ts'
import { askForSound } from './service.ts'

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

  return {
    name: engine,
    identity: `${model} at ${host}`,
    licence,
    presets: voices.map(({ voice, languages, statement }) => ({ preset: voice, languages, says: statement })),
    async speak({ text, preset, rate }, signal): Promise<Sound> {
      if (!known.has(preset))
        throw new Problem('engine-failed', {
          engine,
          reason: `the voice ${preset} is not declared as nobody’s`,
        })
      const ask = { model, voice: preset, input: text, response_format: 'wav', speed: rate }
      return askForSound({ engine, url, limit, ...(key !== undefined && { key }) }, ask, signal)
    },
  }
}
