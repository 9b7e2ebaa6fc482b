/** What comes in, what is wanted of it, and all that is made. */
import type { Blob, Digest, Language, LineKind, Ms, Syllable } from './base.ts'
import type { Casting, Dub } from './dub.ts'
import type { Media } from './media.ts'
import type { HouseStyle, SubtitleFile, Track } from './subtitles.ts'
import type { Fitted, Sight } from './timing.ts'
import type { Activity, Transcript } from './transcript.ts'
import type { Glossary } from './translation.ts'

/** What came in. Every file is already a blob. */
export type Source = {
  readonly file: Blob
  readonly name: string
  readonly language: Language
  readonly audioStream?: number
  readonly script?: Blob
  readonly subtitles?: Blob
  /** Take this embedded text stream as the source of words. */
  readonly textStream?: number
  /** The music-and-effects stem. */
  readonly me?: Blob
  /** The words as they were carried over from an earlier master, as JSON of `Carried`: nothing is looked for anew. */
  readonly carried?: Blob
}

/** A person's hand on one line of one language (the source language included). What is absent is left to the machine. */
export type LineEdit = {
  readonly line: string
  readonly language: Language
  readonly version: number
  readonly text?: string
  readonly start?: Ms
  readonly end?: Ms
  readonly speaker?: string
  /** Of the original's lines alone, for all languages: what it is, and whose its words are (empty: nobody's). */
  readonly kind?: LineKind
  readonly rights?: string
  /** Of the original's songs alone. */
  readonly sung?: readonly Syllable[]
  /** Of the original's lines alone: where the mouth is, if not as the machine saw it. */
  readonly screen?: 'on' | 'off' | 'auto'
}

/** Lines that wore this style in the subtitles they came from are of this kind: sorted by a person. */
export type StyleKind = { readonly style: string; readonly kind: LineKind }

/** By the way it is kept. */
export type Honorific = 'san' | 'chan' | 'kun' | 'sama' | 'senpai' | 'sensei' | 'dono'

/** What a series does with the honorifics of a Japanese original in one language: of all, and of some otherwise said. */
export type Honorifics = {
  readonly language: Language
  /** `adapt`: as that language itself would address somebody so. */
  readonly custom: 'keep' | 'drop' | 'adapt'
  /** What stands for one of them. */
  readonly terms?: readonly { readonly honorific: Honorific; readonly target: string }[]
}

/** What is wanted of it. */
export type Wish = {
  readonly title: string
  readonly episode: string
  readonly targets: readonly Language[]
  readonly glossary: Glossary
  readonly honorifics?: readonly Honorifics[]
  readonly cast: readonly Casting[]
  readonly edits: readonly LineEdit[]
  readonly styles?: readonly StyleKind[]
  /** By language; where none is named, it is Netflix's for adults. */
  readonly houses?: readonly HouseStyle[]
  /** Integrated loudness of the dub mix, LUFS. */
  readonly loudness: number
  /** Where it is to be released and by what medium: what a yes of a person is held against before their voice leaves. */
  readonly release?: Release
  /** Who asked for it: what the actors are told. */
  readonly asker?: string
  /** Whether a parcel is wanted: a new one, or the one of this name if it still is what would be packed. */
  readonly parcel?: 'new' | Digest
}
export type Release = { readonly territories: readonly string[]; readonly media: readonly string[] }

/** One language of the draft. */
export type Version = {
  readonly fitted: Fitted
  readonly track: Track
  readonly files: readonly SubtitleFile[]
  readonly dub: Dub
}

/** A deliverable, by the name it is handed over under. */
export type NamedFile = { readonly name: string; readonly file: Blob }

/** What is handed over. Its name is the digest of everything it was packed from: of other work it is not the parcel. */
export type Parcel = { readonly of: Digest; readonly files: readonly NamedFile[] }

export type Draft = {
  readonly media: Media
  readonly activity: Activity
  readonly transcript: Transcript
  /** Absent of what has no picture. */
  readonly sight?: Sight
  /** The original's own subtitles. */
  readonly original: { readonly track: Track; readonly files: readonly SubtitleFile[] }
  readonly versions: readonly Version[]
  readonly parcel?: Parcel
}
