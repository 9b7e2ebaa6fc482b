import { join } from 'node:path'
import type { Job, Output } from '../ffmpeg.ts'
import type { Ms, Probe, VideoStream } from '../terms.ts'
import type { Chosen } from './choose.ts'
import { hostile } from './probe.ts'
import { small } from './shots.ts'
import type { containers } from './sniff.ts'

/** What one pass over a file makes. Absent is what the file can't give. */
export type Plan = {
  readonly job: Job
  /** The small grey pictures shots are found in, as the job's `stream`. */
  readonly pictures?: readonly string[]
  readonly ears: string
  readonly original: string
  readonly proxy: { readonly path: string; readonly type: string }
  readonly captions?: { readonly path: string; readonly type: string }
  /** Every how many ms a thumbnail is made, and the folder they lie in. */
  readonly thumbnails?: { readonly every: Ms; readonly folder: string }
  /** Silence that is still to be put before ears and original. */
  readonly late: Ms
  /** The pass stops here: what goes on longer than this has lied about its length. */
  readonly end: Ms
}

/** Bit rates in bits a second. */
const proxyRate = { video: 3_000_000, audio: 128_000 } as const
/** What a browser plays as it is may be this heavy before it is made lighter for slow lines. */
const heaviest = 6_000_000
const proxyBox = { width: 1280, height: 720 } as const
const thumbnailBox = { width: 320, height: 180 } as const

/**
 * The one pass over a file that makes everything later stages need, as arguments for ffmpeg. Every output begins at the
 * file's own beginning: sound or picture that starts late is preceded by silence or by its first picture.
 * @param file the bytes to read and how many there are
 * @param scratch an empty folder
 */
export function planPass(
  file: { readonly path: string; readonly bytes: number },
  probe: Probe,
  { audio, video, text }: Chosen,
  scratch: string,
): Plan {
  const end = Math.round(probe.duration * 1.01) + 5000
  const seconds = end / 1000
  const input = hostile(file.path, probe.container as keyof typeof containers)
  const place = (name: string) => join(scratch, name)
  const light = (file.bytes * 8000) / probe.duration < heaviest
  const copiesVideo = light && video?.plays === true && fits(video)
  const copiesAudio = copiesVideo && audio.plays === true
  const steady = isSteady(probe)
  const wav = ['-c:a', 'pcm_s16le', '-f', 'wav']

  const ears = { file: place('ears.wav'), args: ['-map', '[ears]', ...wav, ...atMost(seconds * 32_000)] }
  const original = {
    file: place('original.wav'),
    args: ['-map', '[whole]', ...wav, ...atMost(seconds * 192_000)],
  }
  const proxy = {
    file: place('proxy.mp4'),
    args: [
      ...(video ? filmed(video, copiesVideo) : []),
      ...(copiesAudio ? ['-map', `0:${audio.index}`, '-c:a', 'copy'] : ['-map', '[sound]', ...sound]),
      ...['-movflags', '+faststart', '-max_muxing_queue_size', '4096', '-f', 'mp4'],
      ...atMost((seconds * (Math.max(heaviest, proxyRate.video) + 2 * proxyRate.audio)) / 8),
    ],
  }
  const captions = text && captionsOf(text, place)
  const every = thumbnailsEvery(probe.duration)
  const thumbnails: Output | undefined = video && {
    // ffmpeg counts up in the name, so a per cent sign in the folder's is doubled.
    file: `${scratch.replaceAll('%', '%%')}/thumbnail-%05d.jpg`,
    args: ['-map', '[thumbnails]', '-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2'],
  }
  const filter = [
    ...heard(audio, steady, !copiesAudio),
    ...(video ? seen(video, every, !copiesVideo) : []),
  ].join(';')
  const outputs = [ears, original, proxy, thumbnails, captions?.output].flatMap(output => output ?? [])
  return {
    job: {
      inputs: [{ ...input, args: [...(input.args ?? []), ...sameFilters(steady), '-t', String(seconds)] }],
      filter,
      outputs,
      length: probe.duration,
      // A machine a tenth as fast as the film is hopeless; a file that keeps one busy longer means harm.
      limit: 600_000 + 10 * probe.duration,
    },
    ...(video ? { pictures: ['-map', '[grey]', '-c:v', 'rawvideo', '-f', 'rawvideo'] } : {}),
    ears: ears.file,
    original: original.file,
    proxy: { path: proxy.file, type: video ? 'video/mp4' : 'audio/mp4' },
    ...(captions ? { captions: { path: captions.output.file, type: captions.type } } : {}),
    ...(video ? { thumbnails: { every, folder: scratch } } : {}),
    late: steady ? 0 : (audio.late ?? 0),
    end,
  }
}

/**
 * In a broadcast's transport stream the number of channels may change on the way, and with it ffmpeg begins its filters
 * anew: they must not fill up from the beginning of the file then, so the silence before such sound is added after the
 * pass. Anywhere else a change of channels is damage, and an error.
 */
const isSteady = ({ container }: Probe) => container !== 'ts'

/** Pictures may change their size on the way without a new beginning: they are scaled anyway. */
const sameFilters = (steady: boolean) => [
  '-reinit_filter:v',
  '0',
  ...(steady ? ['-reinit_filter:a', '0'] : []),
]

const atMost = (bytes: number) => ['-fs', String(Math.ceil(bytes) + 1_000_000)]
const sound = ['-c:a', 'aac', '-b:a', String(proxyRate.audio)]

/** At 25 superfast looks like veryfast at 23 for 3/5 of its time. Main profile and one second between whole pictures: every browser plays it, and seeks in it at once. */
function filmed(video: VideoStream, copied: boolean): string[] {
  if (copied) return ['-map', `0:${video.index}`, '-c:v', 'copy']
  const rate = Math.max(1, Math.round(video.rate.num / video.rate.den))
  return [
    ...['-map', '[proxy]', '-c:v', 'libx264', '-preset', 'superfast', '-crf', '25', '-profile:v', 'main'],
    ...['-maxrate', String(proxyRate.video), '-bufsize', String(2 * proxyRate.video), '-g', String(rate)],
  ]
}

const centred = ['3.0', '4.0', '5.0', '5.1', '6.0', '6.1', '7.0', '7.1', '3.1', '4.1']

/** True when dialogue has a channel of its own, as in a surround mix. */
export const hasCentre = ({ layout = '' }: Chosen['audio']) => centred.includes(layout.replace(/\(.*\)$/, ''))

function heard(audio: Chosen['audio'], steady: boolean, wantsProxy: boolean): string[] {
  // One channel on two loses 3 dB in ffmpeg's own hands.
  const stereo = steady && audio.channels === 1 ? 'pan=stereo|c0=c0|c1=c0' : 'aformat=channel_layouts=stereo'
  const mono = steady && hasCentre(audio) ? 'pan=mono|c0=FC' : 'aformat=channel_layouts=mono'
  return [
    `[0:${audio.index}]aresample=48000:async=1${steady ? ':first_pts=0' : ''},asplit=2[near][all]`,
    `[near]${mono},aresample=16000[ears]`,
    wantsProxy ? `[all]${stereo},asplit=2[whole][sound]` : `[all]${stereo}[whole]`,
  ]
}

function seen(video: VideoStream, every: Ms, wantsProxy: boolean): string[] {
  const rate = `${video.rate.num}/${video.rate.den}`
  const scale = (box: { width: number; height: number }) => {
    const { width, height } = fitInside(video, box)
    return `scale=${width}:${height},setsar=1`
  }
  const branches = wantsProxy ? 3 : 2
  return [
    `[0:${video.index}]fps=fps=${rate}:start_time=0,split=${branches}[a][b]${wantsProxy ? '[c]' : ''}`,
    `[a]scale=${small.width}:${small.height}:flags=area,format=gray[grey]`,
    `[b]fps=fps=1000/${every}:start_time=0:round=up,${scale(thumbnailBox)},format=yuvj420p[thumbnails]`,
    ...(wantsProxy ? [`[c]${scale(proxyBox)},format=yuv420p[proxy]`] : []),
  ]
}

function captionsOf(text: NonNullable<Chosen['text']>, place: (name: string) => string) {
  const styled = text.codec === 'ass' || text.codec === 'ssa'
  const [format, type] = styled ? ['ass', 'text/x-ssa'] : ['srt', 'application/x-subrip']
  const args = ['-map', `0:${text.index}`, '-c:s', format === 'srt' ? 'subrip' : 'ass', '-f', format]
  return { type, output: { file: place(`captions.${format}`), args } }
}

/** About 120 pictures a film, never more than one in two seconds. */
export const thumbnailsEvery = (duration: Ms): Ms => Math.max(2000, Math.ceil(duration / 120_000) * 1000)

type Shape = { readonly width: number; readonly height: number }
const fits = ({ width, height }: Shape) => width <= proxyBox.width && height <= proxyBox.height

/** The largest shape like this one inside the box, never larger than itself, with the even sides H.264 asks for. */
export function fitInside(shape: Shape, box: Shape): Shape {
  const scale = Math.min(1, box.width / shape.width, box.height / shape.height)
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2))
  return { width: even(shape.width), height: even(shape.height) }
}
