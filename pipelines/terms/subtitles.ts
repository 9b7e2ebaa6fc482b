/** What stands on the screen, and whose style it follows. */
import type { Blob, Finding, Language, LineKind, Span } from './base.ts'

/** What stands on the screen at one time. `text` has its row breaks as \n. */
export type Cue = Span & {
  readonly id: string
  readonly lines: readonly string[]
  readonly kind: LineKind
  readonly speaker?: string
  readonly rights?: string
  readonly text: string
}
export type Track = {
  readonly language: Language
  readonly cues: readonly Cue[]
  readonly findings: readonly Finding[]
  /** Whose style they were laid out and checked by. */
  readonly held?: HeldTo
}
/** A house style as it was applied: where its figures are from, and what a house of one's own changed of them. */
export type HeldTo = {
  readonly house: string
  readonly audience: Audience
  readonly clause: string
  readonly changes: readonly HouseChange[]
}
export type HouseChange = {
  readonly field: string
  readonly was: unknown
  readonly now: unknown
  readonly by: string
  readonly why: string
}
/** For whom: reading speeds differ. `sdh` is for the deaf and hard of hearing. */
export type Audience = 'adult' | 'child' | 'sdh-adult' | 'sdh-child'

/** Whose style the subtitles of a language follow. `own`: a house of one's own, as the fields it changes of that one. */
export type HouseStyle = {
  readonly language: Language
  readonly house: string
  readonly audience: Audience
  readonly own?: {
    readonly name: string
    readonly by: string
    readonly why: string
    readonly change: Readonly<Record<string, unknown>>
  }
}
export type SubtitleFile = { readonly language: Language; readonly format: string; readonly file: Blob }
