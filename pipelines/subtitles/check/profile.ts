import type { Audience, HouseChange, Language, Ms } from '../../terms.ts'
import type { Weigh } from '../width.ts'

export const audiences: readonly Audience[] = ['adult', 'child', 'sdh-adult', 'sdh-child']

/** What a house wants of its subtitles, as data. What is absent is not asked for. Frames are of the picture's own rate. */
export type Profile = {
  readonly name: string
  readonly title: string
  readonly language: Language
  readonly audience: Audience
  /** Longest row, counted as `weigh` says; `column` is the longest of vertical text. */
  readonly row: number
  readonly column?: number
  readonly rows: number
  readonly weigh: Weigh
  /** Characters a second, words a minute. */
  readonly speed: number
  readonly words?: number
  readonly shortest: Ms
  readonly longest: Ms
  /** Least gap between two captions. */
  readonly gap: { readonly frames: number } | { readonly ms: Ms }
  /** A gap from the least one up to this is closed to it, so that nothing flickers. `half`: half a second in frames. */
  readonly chains?: 'half' | Ms
  /** Two rows that fit into one are one. */
  readonly oneRow: boolean
  /** How captions meet shot changes: Netflix's zones, or at least so far from them. */
  readonly shots?: 'zones' | { readonly away: Ms }
  /** How two speakers share a caption: which rows get a hyphen, and whether a space follows it. */
  readonly dual?: { readonly both: boolean; readonly space: boolean }
  /** False where the script has no italics and none may stand. */
  readonly italics: boolean
  /** How an ellipsis is written; Chinese sets its points in the middle of the row. */
  readonly ellipsis?: '…' | '...' | '⋯'
  readonly quotes?: readonly [open: string, close: string]
  /** What stands around sounds and names of speakers, for those who can't hear them. */
  readonly brackets?: '[]' | '()'
  /** Numbers from one to ten are words, and so are those that begin a sentence. */
  readonly spellsNumbers: boolean
  /** Writing in the picture is translated in capitals. */
  readonly signsInCapitals: boolean
  readonly songs?: { readonly italic: boolean; readonly bareEnds: boolean; readonly notes: boolean }
  /** A sentence that goes on in the next caption within this time has no dots between. */
  readonly continues?: Ms
  /** Characters that may stand are those of Netflix's list. */
  readonly glyphs: boolean
  /** Where the figures are from. */
  readonly clause: string
  /** What a house changed of it: who, why, what it was. */
  readonly changes: readonly HouseChange[]
}

/** A house's own profile, made from another; every change is written down in it. */
export function changed(
  profile: Profile,
  name: string,
  change: Partial<Omit<Profile, 'name' | 'changes'>>,
  by: string,
  why: string,
): Profile {
  const was = new Map<string, unknown>(Object.entries(profile))
  const changes = Object.entries(change).map(
    ([field, now]): HouseChange => ({ field, was: was.get(field), now, by, why }),
  )
  return { ...profile, ...change, name, changes: [...profile.changes, ...changes] }
}
