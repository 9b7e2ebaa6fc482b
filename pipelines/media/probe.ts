import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { ffmpeg, ffprobe, type Input } from '../ffmpeg.ts'
import { isOurs } from '../ffmpeg-parse.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { Ms, Probe, Source, VideoStream } from '../terms.ts'
import { type Asked, chooseStreams } from './choose.ts'
import { holdToLimits, limits } from './limits.ts'
import { Answer, asked, cleanName, readProbe } from './read-probe.ts'
import { type Container, containers, sniffFile } from './sniff.ts'

/**
 * Finds out what a file holds, as if it were meant to do harm: its first bytes decide what it is, ffprobe is told which
 * demuxer to use and may open nothing else, and what it says is held against the limits.
 * @throws Problem `media-unreadable`, `media-forbidden`, `media-too-large`, `media-silent`, `stream-missing`
 */
export async function probeMedia(source: Source, at: Stage): Promise<Probe> {
  return probeFile({ ...source, path: await at.file(source.file) }, at)
}

type At = Pick<Stage, 'signal' | 'report'>
type Hostile = Asked & { readonly path: string }

/** The same for a file that is not kept yet. */
export async function probeFile(
  file: Hostile,
  at: At = { signal: new AbortController().signal, report: () => {} },
): Promise<Probe> {
  const { path } = file
  const name = cleanName(file.name)
  const sniffed = await sniffFile(path)
  if (sniffed.is === 'script') throw new Problem('media-forbidden', { file: name, container: sniffed.what })
  if (sniffed.is === 'other') throw new Problem('media-unreadable', { file: name, reason: sniffed.reason })
  const input = hostile(path, sniffed.container)
  const { size: bytes } = await stat(path)

  const answer = Answer.safeParse(await unreadable(name, ffprobe(input, asked, at)))
  if (!answer.success)
    throw new Problem('media-unreadable', { file: name, reason: 'its contents are damaged' })
  const { probe, size } = readProbe(answer.data, sniffed.container, bytes)
  holdToLimits(name, size)
  const { audio } = chooseStreams({ ...file, name }, probe)
  at.report(0.5)

  const duration = isTold(probe) ? probe.duration : await unreadable(name, measure(input, audio.index, at))
  holdToLimits(name, { ...size, duration })
  if (duration === 0) throw new Problem('media-unreadable', { file: name, reason: 'nothing in it lasts' })
  const video = await Promise.all(probe.video.map(stream => withSeeking(input, stream, at)))
  at.report(1)
  return { ...probe, duration, video }
}

/** How a file that nobody vouches for is opened, always and by every pass over it. */
export function hostile(path: string, container: Container): Input {
  const pixels = String(limits().pixels)
  const args = ['-probesize', '20000000', '-analyzeduration', '20000000', '-max_pixels', pixels]
  return { file: path, format: containers[container], args }
}

/**
 * Raw MP3 and AAC are only guessed at by ffprobe, and the clock of a transport stream may jump where a recording was
 * cut; recordings of browsers don't tell at all.
 */
const isTold = ({ container, duration }: Probe) => duration > 0 && !['mp3', 'aac', 'ts'].includes(container)

/** How long a stream is, by walking through it without decoding, no further than the limit. */
async function measure(input: Input, index: number, at: At): Promise<Ms> {
  const most = limits().duration / 1000 + 1
  const log = await ffmpeg(
    {
      inputs: [input],
      outputs: [{ file: '-', args: ['-map', `0:${index}`, '-c', 'copy', '-t', String(most), '-f', 'null'] }],
      verbose: true,
      limit: 600_000,
    },
    { signal: at.signal, report: () => {} },
  )
  return lastTime(log)
}

/** The time of ffmpeg's last status row: `size=N/A time=00:00:05.04 bitrate=N/A speed= 813x`. */
export function lastTime(log: readonly string[]): Ms {
  const row = log.findLast(row => /\btime=-?\d/.test(row)) ?? ''
  const [, hours = 0, minutes = 0, seconds = 0] = /\btime=(\d+):(\d\d):(\d\d\.\d+)/.exec(row) ?? []
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000)
}

/**
 * A film that browsers play, but whose whole pictures stand so far apart that seeking in it is slow, is made anew. 250
 * pictures, x264's default, are let through: seeking in them takes a quarter of a second.
 */
const farthest: Ms = 10_500

async function withSeeking(input: Input, stream: VideoStream, at: At): Promise<VideoStream> {
  if (!stream.plays) return stream
  const show = ['-select_streams', String(stream.index), '-show_entries', 'packet=pts_time,flags']
  const answer = await ffprobe(input, [...show, '-read_intervals', '%+60'], at).catch(() => undefined)
  return { ...stream, plays: keyGap(answer) <= farthest }
}

const Packets = z.object({ packets: z.array(z.object({ pts_time: z.string(), flags: z.string() })) })

/** The longest time without a whole picture, in the packets that were shown; endless when there are none. */
export function keyGap(answer: unknown): Ms {
  const { success, data } = Packets.safeParse(answer)
  if (!success) return Number.POSITIVE_INFINITY
  const times = data.packets.map(packet => Number(packet.pts_time) * 1000)
  const keys = data.packets.flatMap(({ flags }, index) => (flags.startsWith('K') ? [times[index] ?? 0] : []))
  if (keys.length === 0) return Number.POSITIVE_INFINITY
  return Math.max(...[...keys.slice(1), Math.max(...times)].map((time, index) => time - (keys[index] ?? 0)))
}

/**
 * What ffmpeg can't do with a file that nobody vouches for is the file's fault, unless it was stopped or is itself at
 * fault. @throws Problem `media-unreadable` instead of `ffmpeg-failed`
 */
export async function unreadable<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'ffmpeg-failed') throw error
    const reason = String(error.figures.reason)
    throw isOurs(reason) ? error : new Problem('media-unreadable', { file, reason }, error)
  }
}
