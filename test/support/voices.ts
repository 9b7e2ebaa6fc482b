import { openGate } from '../../consent/index.ts'
import type { SpeakAsk, VoiceEngine } from '../../pipelines/dub/engine.ts'
import { openVoices, type Voices } from '../../pipelines/dub/voices.ts'
import { emptyLedger } from './consent.ts'

export const rate = 24_000
/** How long the last, higher sound of every phrase is. */
export const ending = 0.05

export type Hummer = { readonly voices: Voices; readonly asked: SpeakAsk[] }

/**
 * A voice that hums as many milliseconds as its text says and ends on a high note, so that a test hears whether the end
 * is there: `900` is 0.9 s. Anything that is no number is silence.
 */
export function openHummer(
  settings: {
    readonly level?: number
    readonly paced?: boolean
    readonly gate?: ReturnType<typeof openGate>
  } = {},
): Hummer {
  const { level = 0.3, paced = true, gate = openGate(emptyLedger, () => 0) } = settings
  const asked: SpeakAsk[] = []
  const engine: VoiceEngine = {
    name: 'hummer',
    identity: 'hummer 1',
    licence: 'none',
    presets: ['low', 'high'].map(preset => ({ preset, languages: ['en'], says: 'It hums.' })),
    async speak(ask) {
      asked.push(ask)
      return { samples: hum(Number(ask.text) / (paced ? ask.rate : 1), level), sampleRate: rate }
    },
  }
  return { voices: openVoices(gate, [engine]), asked }
}

function hum(ms: number, level: number): Float32Array {
  const length = Number.isFinite(ms) ? Math.round((ms / 1000) * rate) : 2400
  const silent = !Number.isFinite(ms)
  return Float32Array.from({ length }, (_, at) => {
    const hertz = at >= length - ending * rate ? 3000 : 200
    return silent ? 0 : level * Math.sin((2 * Math.PI * hertz * at) / rate)
  })
}
