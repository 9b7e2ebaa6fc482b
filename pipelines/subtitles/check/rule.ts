import type { Glossary, Ms, Rate, Span } from '../../terms.ts'
import type { Caption, Severity } from '../document.ts'
import type { Profile } from './profile.ts'

/** What is known of the picture, the sound and the words beside the captions. */
export type Scene = {
  readonly rate: Rate
  readonly shots: readonly Ms[]
  /** Frames a second as the file itself counts them; absent when it counts none. */
  readonly counted?: Rate
  /** Where someone speaks; absent when nobody listened. */
  readonly speech?: readonly Span[]
  readonly glossary?: Glossary
  /** Names as they are to be spelled. */
  readonly names?: readonly string[]
  /** What the original says, by caption. */
  readonly sources?: Readonly<Record<string, string>>
}

/** A caption where it stands: its neighbours are those of its own lane (what is said, what is sung). */
export type Standing = {
  readonly caption: Caption
  /** Its text, with row breaks. */
  readonly text: string
  readonly rows: readonly string[]
  readonly previous: Caption | undefined
  readonly next: Caption | undefined
}

/** How a rule is broken. `amount` is by how much, so that a mend can be seen to make nothing worse. */
export type Found = {
  readonly figures?: Readonly<Record<string, number | string>>
  readonly amount?: number
  /** Characters of the text it is about. */
  readonly at?: { readonly from: number; readonly to: number }
  /** The caption mended, or several ways to, the best first. Only what breaks no other rule more is ever offered. */
  readonly mended?: () => Mended
}

export type Mended = Caption | readonly Caption[] | undefined

/** The sentence is the message and the test's title. `clause` is what of the profile's guide says so. */
export type Rule = {
  readonly name: string
  readonly severity: Severity
  readonly says: string
  readonly mend: string
  readonly clause: string
  /** Kinds it is about; absent means all. */
  readonly kinds?: readonly Caption['kind'][]
  readonly find: (standing: Standing, profile: Profile, scene: Scene) => Iterable<Found>
}

export const none: readonly Found[] = []
export const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits
