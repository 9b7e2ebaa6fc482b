import type { Language } from '../terms.ts'

/**
 * What speaks. Only `dub/voices.ts` holds one: everybody else asks that door. To add one: write engines/NAME.ts with a
 * function that opens it, name it in the wiring (server/crew.ts), and run test/contracts/voice-engine.ts on it.
 */
export type VoiceEngine = {
  readonly name: string
  readonly identity: string
  readonly licence: string
  /** The voices it has that are nobody's. */
  readonly presets: readonly {
    readonly preset: string
    readonly languages: readonly Language[]
    readonly says: string
  }[]
  readonly speak: (ask: SpeakAsk, signal: AbortSignal) => Promise<Sound>
}
export type SpeakAsk = {
  readonly text: string
  readonly language: Language
  readonly preset: string
  /** 1 is the voice's own pace; 1.1 is a tenth faster. Engines that can't, ignore it. */
  readonly rate: number
}
/** Mono samples, −1..1. */
export type Sound = { readonly samples: Float32Array; readonly sampleRate: number }

/**
 * What speaks with a person's voice, after a recording of it. It is handed the recording for one line at a time, by the
 * door and with a grant, and keeps nothing of it.
 */
export type PersonEngine = {
  readonly name: string
  readonly identity: string
  readonly licence: string
  /** The languages it speaks; without them nobody knows before it is asked. */
  readonly languages?: readonly Language[]
  readonly speak: (ask: PersonAsk, signal: AbortSignal) => Promise<Sound>
}
export type PersonAsk = Omit<SpeakAsk, 'preset'> & {
  /** A 16-bit WAV of the person speaking. */
  readonly reference: Uint8Array
}
