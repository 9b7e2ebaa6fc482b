import type { Stage } from '../stage.ts'
import type { Blob, Language, Span, Word } from '../terms.ts'

/**
 * What turns sound into words. To add one: write engines/NAME.ts with a function that opens it, name it in the
 * wiring (server/crew.ts), and run test/contracts/speech-engine.ts on it.
 */
export type SpeechEngine = {
  /** Name, revision and weights in one line: another identity means other results. */
  readonly identity: string
  /** Licence of the weights or terms of the service, for the parcel's manifest. */
  readonly licence: string
  /** Hears 16 kHz mono sound in the given windows (cut at silences, 30 s at most) and nowhere else. */
  readonly recognize: (ask: RecognizeAsk, at: Stage) => Promise<Recognized>
}
export type RecognizeAsk = {
  readonly ears: Blob
  readonly windows: readonly Span[]
  /** Absent: find out. */
  readonly language?: Language
}
export type Recognized = {
  readonly language: Language
  /** `silence` is the engine's own estimate that nobody spoke, 0 to 1; `logprob` its mean token log-probability. */
  readonly segments: readonly (Span & {
    readonly text: string
    readonly words: readonly Word[]
    readonly silence?: number
    readonly logprob?: number
  })[]
}
