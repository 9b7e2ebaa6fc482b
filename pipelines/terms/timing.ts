/** Mouths that are heard and seen, and how translated lines lie in their places. */
import type { Blob, Finding, Language, LineKind, Ms, Span, Word } from './base.ts'
import type { TranslatedLine } from './translation.ts'

/** Mouth shapes as OVR and OpenXR name and order them (`XrFaceTrackingVisemeMETA`). */
export type Viseme =
  | 'sil'
  | 'PP'
  | 'FF'
  | 'TH'
  | 'DD'
  | 'kk'
  | 'CH'
  | 'SS'
  | 'nn'
  | 'RR'
  | 'aa'
  | 'E'
  | 'ih'
  | 'oh'
  | 'ou'

/**
 * One shape of a mouth for a time. `openness` is how far the jaw is down, 0 (lips shut) to 1 (a shout's aa). `sil` that is
 * open is no speech shape: a breath, a laugh.
 */
export type MouthShape = Span & { readonly viseme: Viseme; readonly openness: number }

/** What a mouth does over a span: shapes in order, gapless, the first from its start, the last to its end. */
export type MouthTrack = Span & {
  readonly shapes: readonly MouthShape[]
  /** Whether the words were known (`text`) or the shapes were heard alone (`sound`). */
  readonly way: 'text' | 'sound'
  /** With `text`: the words as they were found in the sound. */
  readonly words: readonly Word[]
  /** How well the sound agrees with the words, or how clear it is without: 0 to 1. */
  readonly trust: number
}

/** A drawn mouth for a time. */
export type FlapShape = Span & { readonly shape: 'closed' | 'half' | 'open' }

/** A mouth that moves with a speaker: where it is at the shot's start, in fractions of the picture, and what it does. */
export type SeenMouth = {
  readonly speaker?: string
  readonly box: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  /** How much more it stirs while its speaker speaks; a mouth from 0.25. */
  readonly score: number
  readonly shapes: readonly FlapShape[]
}

/** Whether a line's speaker is in the picture with a mouth that moves; `unsure` where the picture doesn't tell. */
export type LineSight = 'seen' | 'unseen' | 'unsure'

/** What was seen in one shot, or one piece of a long one. */
export type ShotFlaps = Span & {
  readonly mouths: readonly SeenMouth[]
  /** By the line's id, of every line that is said in it. */
  readonly lines: Readonly<Record<string, LineSight>>
}

/** Where the mouth of a line is: in the picture, not in it, or nobody can tell. */
export type LineSeen = {
  readonly screen: 'on' | 'off' | 'unknown'
  /** When it flaps, where that was followed. */
  readonly flaps?: readonly Span[]
  /** When its lips meet, where they are drawn after the sounds. */
  readonly closures?: readonly Ms[]
}

/** What the picture shows of an episode's lines. `flaps`: a JSON list of `ShotFlaps`. */
export type Sight = { readonly flaps: Blob; readonly lines: Readonly<Record<string, LineSeen>> }

/** rate = predicted speaking time ÷ room: green 0.9–1.1, ok 0.85–1.15, amber 0.8–1.25, outside of it short or overlong. */
export type Verdict = 'green' | 'ok' | 'amber' | 'short' | 'overlong' | 'empty'

export type FittedLine = TranslatedLine &
  Span & {
    readonly kind: LineKind
    readonly speaker?: string
    readonly rights?: string
    readonly source: string
    /** Predicted speaking time of `text` in the voice that is cast for it, without the pauses between its phrases. */
    readonly speaking: Ms
    readonly rate: number
    readonly verdict: Verdict
    /** Time in which the original speaks, and silence around it that the line may use; absent of what nobody says aloud. */
    readonly room?: Ms
    readonly spare?: Ms
    /**
     * The phrases to be said and when, split at the original's pauses. They may leave the line's span by a relaxation, never
     * into a neighbour. `rate` is the phrase's own; `foretold` the synthesizer's time of it, by which voices are known.
     */
    readonly phrases: readonly (Span & {
      readonly text: string
      readonly rate?: number
      readonly foretold?: Ms
    })[]
  }
export type Fitted = {
  readonly language: Language
  readonly lines: readonly FittedLine[]
  readonly findings: readonly Finding[]
}
