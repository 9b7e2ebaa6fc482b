import { basename, join } from 'node:path'
import type { Input, Job } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Ms, Rate } from '../terms.ts'
import { type Asked, type Chosen, chooseStreams } from './choose.ts'
import { pass } from './open.ts'
import { hasCentre } from './plan.ts'
import { hostile, probeFile } from './probe.ts'
import { small } from './shots.ts'
import { sniffFile } from './sniff.ts'

/** `ears`: 16 kHz mono WAV in the scratch folder. `rate` is the picture's; `input` is how the file is opened again. */
export type Listened = {
  readonly ears: string
  readonly shots: readonly Ms[]
  readonly duration: Ms
  readonly input: Input
  readonly rate?: Rate
}

/**
 * A file's sound for ears and, where `pictures` are asked for, its cuts: the light half of `openMedia`, for a file that
 * is not kept. `whole` mixes all channels down; else a surround mix's centre is heard alone. The rest says which sound.
 * @throws Problem `media-unreadable`, `media-forbidden`, `media-too-large`, `media-silent`, `ffmpeg-failed`
 */
export async function listenToFile(
  path: string,
  {
    pictures,
    whole = false,
    ...of
  }: { readonly pictures: boolean; readonly whole?: boolean } & Partial<Asked>,
  at: Pick<Stage, 'signal' | 'report' | 'scratch'>,
): Promise<Listened> {
  const { name = basename(path) } = of
  const probe = await probeFile({ path, name }, at)
  const { audio, video } = chooseStreams({ ...of, name }, probe)
  const sniffed = await sniffFile(path)
  const input: Input = sniffed.is === 'media' ? hostile(path, sniffed.container) : { file: path }
  const seconds = (probe.duration * 1.01 + 5000) / 1000
  const ears = join(at.scratch, 'ears.wav')
  const film = pictures ? video : undefined
  const job: Job = {
    inputs: [{ ...input, args: [...(input.args ?? []), '-t', String(seconds)] }],
    filter: [hearing(audio, whole), ...(film ? [seeing(film)] : [])].join(';'),
    outputs: [{ file: ears, args: ['-map', '[ears]', '-c:a', 'pcm_s16le', '-f', 'wav'] }],
    length: probe.duration,
    limit: 600_000 + 10 * probe.duration,
  }
  const plan = { job, ...(film && { pictures: ['-map', '[grey]', '-c:v', 'rawvideo', '-f', 'rawvideo'] }) }
  const { shots } = await pass(plan, film?.rate, at)
  return { ears, shots, duration: probe.duration, input, ...(video && { rate: video.rate }) }
}

function hearing(audio: Chosen['audio'], whole: boolean): string {
  const mono = !whole && hasCentre(audio) ? 'pan=mono|c0=FC' : 'aformat=channel_layouts=mono'
  return `[0:${audio.index}]aresample=48000:async=1:first_pts=0,${mono},aresample=16000[ears]`
}

const seeing = ({ index, rate }: NonNullable<Chosen['video']>): string =>
  `[0:${index}]fps=fps=${rate.num}/${rate.den}:start_time=0,scale=${small.width}:${small.height}:flags=area,format=gray[grey]`
