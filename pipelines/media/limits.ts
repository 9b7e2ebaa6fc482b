import { Problem } from '../problem.ts'

/** What a file may ask of us. Times in ms; `decoded` is how many times larger than itself a file may unpack to. */
export const defaultLimits = {
  duration: 4 * 3_600_000,
  pixels: 4096 * 2304,
  rate: 120,
  sampleRate: 192_000,
  channels: 16,
  streams: 64,
  decoded: 20_000,
} as const
export type Limits = Readonly<Record<keyof typeof defaultLimits, number>>

let inForce: Limits = defaultLimits

/** Changes limits from now on; what is absent or undefined is as it was made. */
export function useLimits(changes: { readonly [Name in keyof Limits]?: number | undefined }): void {
  const set = Object.entries(changes).filter(([, most]) => most !== undefined)
  inForce = { ...defaultLimits, ...Object.fromEntries(set) }
}
export const limits = (): Limits => inForce

/** The figures of a file that are held against the limits. `bytes` is its size, `raw` what it would unpack to. */
export type Size = Readonly<Record<Exclude<keyof Limits, 'decoded'>, number>> & {
  readonly bytes: number
  readonly raw: number
}

/** Unpacking to less than this is harmless however small the file: a still picture with a title packs very well. */
const harmless = 20e9

/** 1:02:03 */
export const clock = (ms: number) => {
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
  return parts.map((part, index) => (index === 0 ? part : String(part).padStart(2, '0'))).join(':')
}

type Rule = {
  readonly what: string
  readonly setting: string
  readonly measure: (size: Size) => number
  readonly show?: (figure: number) => string
}
/** What is limited, in words, with the setting that raises it. */
const rules: Readonly<Record<keyof Limits, Rule>> = {
  duration: {
    what: 'duration',
    setting: 'MEDIA_HOURS',
    measure: size => size.duration,
    show: clock,
  },
  streams: { what: 'number of streams', setting: 'MEDIA_STREAMS', measure: size => size.streams },
  pixels: { what: 'picture size in pixels', setting: 'MEDIA_PIXELS', measure: size => size.pixels },
  rate: { what: 'frame rate', setting: 'MEDIA_FPS', measure: size => size.rate },
  sampleRate: { what: 'sample rate', setting: 'MEDIA_SAMPLE_RATE', measure: size => size.sampleRate },
  channels: { what: 'number of channels', setting: 'MEDIA_CHANNELS', measure: size => size.channels },
  decoded: {
    what: 'decoded size',
    setting: 'MEDIA_UNPACKED',
    measure: size => (size.raw > harmless ? size.raw / size.bytes : 0),
    show: figure => `${Math.round(figure)} times the file`,
  },
}

/** Holds a file's figures against the limits in force. @throws Problem `media-too-large` for the first that is over */
export function holdToLimits(file: string, size: Size): void {
  for (const [limit, { what, setting, measure, show = String }] of Object.entries(rules)) {
    const [figure, most] = [measure(size), inForce[limit as keyof Limits]]
    if (figure > most)
      throw new Problem('media-too-large', { file, what, value: show(figure), limit: show(most), setting })
  }
}
