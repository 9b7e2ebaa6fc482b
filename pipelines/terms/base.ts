/** What every other word is said in: times, bytes, lines, findings. */
export type Ms = number

export type Span = { readonly start: Ms; readonly end: Ms }

/** BCP 47, as written by its user: `ja`, `en`, `es-419`, `pt-BR`. */
export type Language = string

/** Lower-case hex SHA-256. */
export type Digest = string

/**
 * Bytes that are kept under their own digest. `type` is a media type (`audio/wav`); of what is sealed, the type of what
 * lies in it.
 */
export type Blob = {
  readonly digest: Digest
  readonly bytes: number
  readonly type: string
  readonly sealed?: Sealed
}

/**
 * What a sealed blob is once it is opened, whose voices are in it, and by which entries of the register of consents. It
 * says so for whoever keeps count; what opens it is written in the seal.
 */
export type Sealed = {
  readonly digest: Digest
  readonly bytes: number
  readonly actors: readonly string[]
  readonly entries: readonly string[]
}

/** Frames a second as an exact fraction: 24000/1001 is { num: 24000, den: 1001 }. */
export type Rate = { readonly num: number; readonly den: number }

export type Word = Span & { readonly text: string; readonly confidence?: number }

/** What is said, what is written in the picture, what is sung, what the script notes, who tells. */
export type LineKind = 'dialogue' | 'sign' | 'song' | 'note' | 'narration'

/** A syllable of a song, counted from where its line begins. */
export type Syllable = Span & { readonly text: string }

/** The same words of a song in letters, as they are written, or in another language. */
export type SongForm = 'romaji' | 'kanji' | 'translation'

/** Where a line stands in the subtitles it came from: `captions` say its words, several where they are layers. */
export type Captioned = {
  readonly captions?: readonly string[]
  /** Which form its own words are, and the others that are sung with it. */
  readonly form?: SongForm
  readonly forms?: readonly { readonly form: SongForm; readonly text: string; readonly caption: string }[]
  /** How it is sung, in whichever form says so. */
  readonly sung?: readonly Syllable[]
}

/** One utterance of the original. `trust` is how sure the machine is of the times: 0 to 1, 1 when a person set them. */
export type Line = Span &
  Captioned & {
    readonly id: string
    readonly kind: LineKind
    readonly speaker?: string
    readonly text: string
    readonly words: readonly Word[]
    readonly trust: number
    readonly hand: Hand
    /** Whose rights its words are: no machine translates or speaks them (`isHeld`). Absent or empty: nobody's. */
    readonly rights?: string
    /** The style it wore in the subtitles it came from, by which people sort lines into kinds. */
    readonly style?: string
  }

/** Who wrote it last. What a human's hand touched, no machine pass overwrites. */
export type Hand = 'machine' | 'human'

/** Something a stage noticed or could not do: data, never a crash, shown where the person works. */
export type Finding = {
  readonly rule: string
  readonly severity: 'note' | 'warning' | 'error'
  /** The guide that asks for it, and where in it. */
  readonly clause?: string
  /** Where it is: a line, a span of time, a language; whichever apply. */
  readonly place: { readonly line?: string; readonly span?: Span; readonly language?: Language }
  /** The numbers behind it, named: `{ cps: 24.1, limit: 20 }`. */
  readonly figures: Readonly<Record<string, number | string>>
  /** The rule as a sentence for people, and what mends it. The client translates by `rule`; these are the English. */
  readonly says: string
  readonly mend?: string
  /** The words it was found in, with this mended, and with everything mended that can be, for a person to take. */
  readonly fix?: { readonly was: string; readonly text: string; readonly all: string }
}
