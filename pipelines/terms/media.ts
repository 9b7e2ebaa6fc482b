/** What a file is, and what is made of it before anything is heard. */
import type { Blob, Language, Ms, Rate } from './base.ts'

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
