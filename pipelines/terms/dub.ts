/** Who speaks, what was spoken, and the mix of it. */
import type { Blob, Finding, Language, Ms, Span } from './base.ts'

/** Whose voice: `nobody` is a machine voice made from no consenting-or-not person; `person` opens only with a grant. */
export type Voice =
  | { readonly kind: 'nobody'; readonly engine: string; readonly preset: string }
  | { readonly kind: 'person'; readonly actor: string }
export type Casting = { readonly character: string; readonly voice: Voice }

export type Take =
  | (Span & {
      readonly line: string
      readonly state: 'spoken'
      readonly voice: Voice
      /** 48 kHz mono signed 16-bit WAV, exactly as long as the span. */
      readonly sound: Blob
      /** Playing time ÷ the voice's own time: under 1 was sped up, over 1 slowed down. */
      readonly stretch: number
      /** How long each phrase took the voice at its own pace, and when it plays. */
      readonly own?: readonly Ms[]
      readonly phrases?: readonly Span[]
      readonly by?: Spoke
    })
  | { readonly line: string; readonly state: 'withheld'; readonly voice: Voice; readonly refusal: string }
  | {
      readonly line: string
      readonly state: 'unspoken'
      readonly reason: 'empty' | 'not-dubbed' | 'rights' | 'overlong' | 'no-voice'
    }

/**
 * How a person's voice came to speak: by which entries of the register of consents, from which recording (its SHA-256 as
 * base64url), by which engine.
 */
export type Spoke = {
  readonly entries: readonly string[]
  readonly reference: string
  readonly engine: string
}

/** A stretch of the mix that is made again by itself when one of its takes changes. Regions lie end to end. */
export type MixRegion = Span & { readonly sound: Blob }

/** Who made it and on what terms: an engine, what exactly it was, and its licence. */
export type Credit = { readonly engine: string; readonly identity: string; readonly licence: string }

export type Dub = {
  readonly language: Language
  /** The engines that spoke. */
  readonly engines: readonly Credit[]
  /** The persons whose voices spoke, and by which entries in the register of consents. */
  readonly consents: readonly {
    readonly character: string
    readonly actor: string
    readonly entries: readonly string[]
  }[]
  readonly takes: readonly Take[]
  readonly regions: readonly MixRegion[]
  /**
   * Regions are kept as mixed; whoever plays or exports them raises them by `gain` decibels. The other two are LUFS and
   * dBTP with that gain.
   */
  readonly loudness: { readonly integrated: number; readonly truePeak: number; readonly gain: number }
  /** The watermark that every take and the mix carry, and the key it was made with. None where no machine speaks. */
  readonly mark?: { readonly id: string; readonly by: string }
  readonly findings: readonly Finding[]
}
