import type { Language, Ms } from '../../terms.ts'
import type { Weigh } from '../width.ts'

/** What a house wants of its subtitles, as figures. Frames are counted at the picture's own rate. */
export type Profile = {
  readonly name: string
  readonly language: Language
  /** Longest row, counted as `weigh` says. */
  readonly row: number
  readonly rows: number
  readonly weigh: Weigh
  /** Characters a second. */
  readonly speed: number
  readonly shortest: Ms
  readonly longest: Ms
  /** Frames between two captions, at least. */
  readonly gap: number
  /** A gap under half a second is closed to `gap`, so that nothing flickers. */
  readonly chains: boolean
  /** How two speakers share a caption: which rows get a hyphen, and whether a space follows it. */
  readonly dual: { readonly both: boolean; readonly space: boolean }
  readonly italics: boolean
}
