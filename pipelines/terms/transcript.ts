/** What was heard, as lines. */
import type { Captioned, Finding, Language, Line, LineKind, Span, Word } from './base.ts'

/** Where someone speaks. */
export type Activity = { readonly speech: readonly Span[] }

/** How the words came to be known. */
export type Way = 'script' | 'subtitles' | 'recognized'

/** Timed words as the ears found them, in utterances: a script's lines, a subtitle's cues, or an engine's segments. */
export type Speech = {
  readonly way: Way
  readonly language: Language
  /** `pinned` utterances are lines already (a script's, a subtitle's) and are not joined or cut by segmentation. */
  readonly utterances: readonly Utterance[]
  readonly findings: readonly Finding[]
}
/** Lines of an older master as they stand in a later one, and the stretches that the older one hadn't. */
export type Carried = { readonly speech: Speech; readonly fresh: readonly Span[] }

export type Utterance = Span &
  Captioned & {
    /** The line it is already, where it was carried over from another master: people's hands are on it by this name. */
    readonly line?: string
    readonly text: string
    readonly words: readonly Word[]
    readonly kind: LineKind
    readonly speaker?: string
    readonly trust: number
    readonly pinned: boolean
    readonly rights?: string
    readonly style?: string
  }

export type Transcript = {
  readonly language: Language
  readonly way: Way
  readonly lines: readonly Line[]
  readonly findings: readonly Finding[]
}
