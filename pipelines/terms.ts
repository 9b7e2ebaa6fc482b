/**
 * The words of the trade, as types only. Everything else in the house is said in these words.
 * Time is whole milliseconds and a span is half-open: `end` is the first instant that is not inside.
 * Text is Unicode in NFC. Everything here is plain JSON, so that any of it can be digested and kept.
 */

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

// --- media -----------------------------------------------------------------------------------------------------

/** `index` is the stream's number in the file, as players and ffprobe count. `plays`: browsers play it as it is. */
export type AudioStream = {
  readonly index: number
  readonly codec: string
  readonly channels: number
  readonly sampleRate: number
  /** Where the channels stand, in ffmpeg's words: `stereo`, `5.1(side)`. */
  readonly layout?: string
  /** How long after the file's beginning it begins. */
  readonly late?: Ms
  readonly language?: Language
  readonly title?: string
  /** The one players choose by themselves; never a commentary or a described track. */
  readonly standard?: boolean
  readonly plays?: boolean
}
/** `width` and `height` are as shown: the shape of the pixels and the rotation are in them already. */
export type VideoStream = {
  readonly index: number
  readonly codec: string
  readonly width: number
  readonly height: number
  readonly rate: Rate
  readonly plays?: boolean
}
export type TextStream = {
  readonly index: number
  readonly codec: string
  readonly language?: Language
  readonly title?: string
  /** False for picture subtitles (PGS, VobSub), which can't be taken as a source of words. */
  readonly readable: boolean
}

/** What the file says of itself, believed only after `probe` held it against the limits. */
export type Probe = {
  /** `mp4`, `mov`, `mkv`, `webm`, `ts`, `wav`, `flac`, `mp3`, `ogg` or `aac`. */
  readonly container: string
  readonly duration: Ms
  readonly audio: readonly AudioStream[]
  readonly video: readonly VideoStream[]
  readonly text: readonly TextStream[]
}

/** One level of the waveform: for every bucket of `samples` ears-samples its least and greatest value, −128..127. */
export type PeakLevel = { readonly samples: number; readonly pairs: Blob }

/** Everything later stages need of the file, made in as few passes over it as possible. */
export type Media = {
  readonly probe: Probe
  /** 16 kHz mono signed 16-bit WAV of the dialogue (the centre of a surround mix, else the down-mix). */
  readonly ears: Blob
  /** 48 kHz stereo WAV of the whole original, for the mix when there is no music-and-effects stem. */
  readonly original: Blob
  readonly peaks: readonly PeakLevel[]
  /** Instants at which a new shot begins, the first frame excluded. */
  readonly shots: readonly Ms[]
  /** What browsers play: H.264/AAC MP4 with its index in front, no larger than 1280×720; AAC alone for sound-only files. */
  readonly proxy?: Blob
  readonly thumbnails: readonly { readonly at: Ms; readonly picture: Blob }[]
  /** The embedded text stream that was asked for as the source of words, as SRT or ASS. */
  readonly captions?: Blob
}

// --- speech, transcript ------------------------------------------------------------------------------------------

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

// --- translation ---------------------------------------------------------------------------------------------------

export type Term = {
  readonly source: string
  readonly target: string
  readonly language: Language
  /** `forbid` names what must not stand in the translation; `keep` wants the target exactly as written, case included. */
  readonly forbid?: readonly string[]
  readonly keep?: boolean
  readonly note?: string
}
export type Glossary = readonly Term[]

/** A sentence a person once translated. */
export type MemoryEntry = {
  readonly from: Language
  readonly to: Language
  readonly source: string
  readonly target: string
  readonly origin: string
}

/** How a translation came to be. `score` is 0..1 for memory matches: 1 is exact. */
export type Origin =
  | { readonly how: 'human' }
  | { readonly how: 'memory'; readonly score: number; readonly origin: string; readonly source: string }
  | { readonly how: 'engine'; readonly engine: string }
  | { readonly how: 'none' }

/** `text` is empty when nobody could translate it: it is never the source passed off as a translation. */
export type TranslatedLine = {
  readonly id: string
  readonly text: string
  readonly origin: Origin
  /** The machine's words where a human's stand, or a memory that is only alike. Beside the text, never over it. */
  readonly suggestion?: { readonly text: string; readonly origin: Origin }
  /** The engine's other wordings, its best first, none of which breaks more terms than `text`: the fit may take one. */
  readonly candidates?: readonly string[]
}
export type Translation = {
  readonly language: Language
  readonly lines: readonly TranslatedLine[]
  readonly findings: readonly Finding[]
}

// --- timing ----------------------------------------------------------------------------------------------------------

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

// --- subtitles ---------------------------------------------------------------------------------------------------------

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

// --- dub -----------------------------------------------------------------------------------------------------------------

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

// --- the whole -------------------------------------------------------------------------------------------------------------

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
