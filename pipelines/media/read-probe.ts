import { z } from 'zod'
import type { AudioStream, Language, Ms, Probe, Rate, TextStream, VideoStream } from '../terms.ts'
import type { Size } from './limits.ts'
import type { Container } from './sniff.ts'

/** What ffprobe is asked to show: these and no more, whatever else a file has to say of itself. */
export const asked = [
  '-show_entries',
  [
    'format=duration,start_time',
    'stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio,field_order,r_frame_rate,' +
      'avg_frame_rate,sample_rate,channels,channel_layout,duration,start_time',
    'stream_tags=language,title,rotate,DURATION',
    'stream_disposition=default,attached_pic,comment,visual_impaired,hearing_impaired',
    'stream_side_data=rotation',
  ].join(':'),
]

const number = z.coerce.number().catch(0).default(0)
const text = z.string().catch('').default('')
const flag = z
  .unknown()
  .transform(value => value === 1)
  .default(false)
const Stream = z.object({
  index: z.int().min(0),
  codec_type: text,
  codec_name: text,
  profile: text,
  pix_fmt: text,
  width: number,
  height: number,
  sample_aspect_ratio: text,
  field_order: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  sample_rate: number,
  channels: number,
  channel_layout: text,
  duration: number,
  start_time: number,
  tags: z.object({ language: text, title: text, rotate: number, DURATION: text }).prefault({}),
  disposition: z
    .object({
      default: flag,
      attached_pic: flag,
      comment: flag,
      visual_impaired: flag,
      hearing_impaired: flag,
    })
    .prefault({}),
  side_data_list: z
    .array(z.object({ rotation: number }))
    .catch([])
    .default([]),
})
type Stream = z.infer<typeof Stream>

/** The shape of ffprobe's answer. What is missing or odd becomes 0 or ''. */
export const Answer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ duration: number, start_time: number }).prefault({}),
})
export type Answer = z.infer<typeof Answer>

/**
 * Turns ffprobe's answer into the trade's words, and into the figures that are held against the limits.
 * A `duration` of 0 means that the file doesn't say.
 */
export function readProbe(answer: Answer, container: Container, bytes: number): { probe: Probe; size: Size } {
  const { streams } = answer
  const audio = streams.filter(stream => stream.codec_type === 'audio')
  // A cover is a picture, not a film.
  const video = streams.filter(stream => stream.codec_type === 'video' && !stream.disposition.attached_pic)
  const captions = streams.filter(stream => stream.codec_type === 'subtitle')
  const duration = durationOf(answer, [...audio, ...video])
  const seconds = duration / 1000
  const most = (figures: readonly number[]) => Math.max(0, ...figures)
  const raw = streams.map(stream =>
    stream.codec_type === 'video'
      ? stream.width * stream.height * 1.5 * rateIn(frameRate(stream)) * seconds
      : stream.sample_rate * stream.channels * 2 * seconds,
  )
  return {
    probe: {
      container,
      duration,
      audio: audio.map(stream => audioStream(stream, answer)),
      video: video.map(stream => videoStream(stream, container)),
      text: captions.map(textStream),
    },
    size: {
      duration,
      bytes,
      raw: raw.reduce((sum, each) => sum + each, 0),
      streams: streams.length,
      // Covers are decoded too.
      pixels: most(streams.map(stream => stream.width * stream.height)),
      rate: most(video.map(stream => rateIn(fraction(stream.avg_frame_rate) ?? frameRate(stream)))),
      sampleRate: most(audio.map(stream => stream.sample_rate)),
      channels: most(audio.map(stream => stream.channels)),
    },
  }
}

/** Until the last of sound and picture ends. Subtitles may outlast both, so the container's own figure comes second. */
function durationOf({ format }: Answer, streams: readonly Stream[]): Ms {
  const ends = streams.map(stream => {
    const own = stream.duration > 0 ? stream.duration + stream.start_time - format.start_time : 0
    return own || secondsOf(stream.tags.DURATION)
  })
  const known = ends.length > 0 && ends.every(end => end > 0)
  return Math.max(0, Math.round((known ? Math.max(...ends) : format.duration) * 1000))
}

/** `01:02:03.004` as Matroska's writers tag the end of a stream, in seconds; 0 for anything else. */
function secondsOf(tag: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(tag) ?? []
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}

function audioStream(stream: Stream, { format }: Answer): AudioStream {
  const late = Math.round((stream.start_time - format.start_time) * 1000)
  const { comment, visual_impaired, hearing_impaired } = stream.disposition
  return {
    ...named(stream),
    channels: stream.channels,
    sampleRate: stream.sample_rate,
    ...(stream.channel_layout ? { layout: stream.channel_layout } : {}),
    ...(late > 0 ? { late } : {}),
    standard: stream.disposition.default && !comment && !visual_impaired && !hearing_impaired,
    plays: stream.codec_name === 'aac' && stream.profile === 'LC' && stream.channels <= 2,
  }
}

/** Their pictures can be put into an MP4 as they are. */
const playable: readonly Container[] = ['mp4', 'mov', 'mkv']
const baselineToHigh = ['Constrained Baseline', 'Baseline', 'Main', 'High']

function videoStream(stream: Stream, container: Container): VideoStream {
  const [wide = 1, high = 1] = stream.sample_aspect_ratio.split(':').map(Number)
  const square = wide > 0 && high > 0 ? wide / high : 1
  const turn = stream.tags.rotate || (stream.side_data_list.find(data => data.rotation !== 0)?.rotation ?? 0)
  const shown = [Math.round(stream.width * square), stream.height] as const
  const [width, height] = Math.abs(turn) % 180 === 90 ? [shown[1], shown[0]] : shown
  const rate = frameRate(stream)
  return {
    index: stream.index,
    codec: stream.codec_name,
    width,
    height,
    rate,
    plays:
      playable.includes(container) &&
      stream.codec_name === 'h264' &&
      baselineToHigh.includes(stream.profile) &&
      stream.pix_fmt === 'yuv420p' &&
      ['progressive', 'unknown', ''].includes(stream.field_order) &&
      square === 1 &&
      turn === 0 &&
      rateIn(rate) <= 60,
  }
}

const readable = ['subrip', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']

function textStream(stream: Stream): TextStream {
  return { ...named(stream), readable: readable.includes(stream.codec_name) }
}

function named(stream: Stream): { index: number; codec: string; language?: Language; title?: string } {
  const language = languageOf(stream.tags.language)
  const title = cleanName(stream.tags.title)
  return {
    index: stream.index,
    codec: stream.codec_name,
    ...(language ? { language } : {}),
    ...(title ? { title } : {}),
  }
}

/** The BCP 47 tag of what a file calls a language (`jpn`, `ger`, `pt_BR`); undefined when it says nothing. */
export function languageOf(tag: string): Language | undefined {
  try {
    const [language] = Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))
    return language && !/^(und|mul|mis|zxx)\b/.test(language) ? language : undefined
  } catch {
    return undefined
  }
}

/**
 * A name out of a file or from a person, fit to be shown: NFC, one line, no control characters and none that turn the
 * direction of what follows, 200 characters at most.
 */
export function cleanName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu, '')
    .trim()
  return [...plain].slice(0, 200).join('')
}

const standardRates: readonly Rate[] = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60_000, 1001],
  [60, 1],
].map(([num = 0, den = 1]) => ({ num, den }))

/**
 * The rate at which pictures come. A container's base rate may be that of fields or a mere tick, so the average
 * decides, snapped to the standard rate that is nearest within 0.05 %, or to the base rate within 1 %.
 */
export function frameRate({
  r_frame_rate,
  avg_frame_rate,
}: Pick<Stream, 'r_frame_rate' | 'avg_frame_rate'>): Rate {
  const base = fraction(r_frame_rate)
  const average = fraction(avg_frame_rate) ?? base
  if (!average) return { num: 25, den: 1 }
  const off = (rate: Rate) => Math.abs(rateIn(rate) / rateIn(average) - 1)
  const nearest = standardRates.find(rate => off(rate) < 0.0005)
  if (nearest) return nearest
  if (base && off(base) < 0.01) return base
  return { num: Math.max(1, Math.round(rateIn(average) * 1000)), den: 1000 }
}

export const rateIn = ({ num, den }: Rate) => num / den

function fraction(text: string): Rate | undefined {
  const [, num, den] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  return Number(num) > 0 && Number(den) > 0 ? { num: Number(num), den: Number(den) } : undefined
}
