import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg, ffmpegStream } from '../ffmpeg.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { Media, Ms, Probe, Rate, Source } from '../terms.ts'
import { openWav } from '../wav.ts'
import { chooseStreams } from './choose.ts'
import { clock } from './limits.ts'
import { drawPeaks } from './peaks.ts'
import { hasCentre, type Plan, planPass } from './plan.ts'
import { unreadable } from './probe.ts'
import { cleanName } from './read-probe.ts'
import { findShots, small } from './shots.ts'

/**
 * Makes everything later stages need of a file, in one pass over it; memory does not grow with its length.
 * @throws Problem `media-silent`, `stream-missing`; `media-unreadable` when it is damaged, or shorter or longer than it
 * claims; `ffmpeg-failed` when ffmpeg is at fault
 */
export async function openMedia(source: Source, probe: Probe, at: Stage): Promise<Media> {
  const file = cleanName(source.name)
  const chosen = chooseStreams({ ...source, name: file }, probe)
  const path = await at.file(source.file)
  const plan = planPass({ path, bytes: source.file.bytes }, probe, chosen, at.scratch)
  const { shots, seen } = await unreadable(file, pass(plan, chosen.video?.rate, at))

  const heard = await lengthOf(plan.ears)
  const refusal = lengthRefusal({ heard, seen, claimed: probe.duration, end: plan.end })
  if (refusal) throw new Problem('media-unreadable', { file, reason: refusal })
  if (hasCentre(chosen.audio) && (await isSilent(plan.ears)))
    await remake(plan.original, plan.ears, toEars, at)
  if (plan.late > 0)
    for (const wav of [plan.ears, plan.original]) await remake(wav, wav, delayed(plan.late), at)

  const peaks = await drawPeaks(plan.ears, at)
  const thumbnails = plan.thumbnails ? await keepThumbnails(plan.thumbnails, at) : []
  const media: Media = {
    probe,
    ears: await at.keep(plan.ears, 'audio/wav'),
    original: await at.keep(plan.original, 'audio/wav'),
    peaks,
    shots,
    proxy: await at.keep(plan.proxy.path, plan.proxy.type),
    thumbnails,
    ...(plan.captions ? { captions: await at.keep(plan.captions.path, plan.captions.type) } : {}),
  }
  at.report(1)
  return media
}

/** Runs a plan's job; its cuts are found while it runs, where it shows pictures. */
export async function pass(
  { job, pictures: stream }: Pick<Plan, 'job' | 'pictures'>,
  rate: Rate | undefined,
  at: Pick<Stage, 'signal' | 'report'>,
): Promise<{ shots: Ms[]; seen: Ms }> {
  const most = { signal: at.signal, report: (fraction: number) => at.report(0.95 * fraction) }
  if (!stream || !rate) {
    await ffmpeg(job, most)
    return { shots: [], seen: 0 }
  }
  const chunks = ffmpegStream({ ...job, stream }, most)
  let count = 0
  async function* counted() {
    for await (const picture of cut(chunks)) {
      count += 1
      yield picture
    }
  }
  const shots = await findShots(counted(), rate)
  return { shots, seen: (count * 1000 * rate.den) / rate.num }
}

/** Cuts a stream of bytes into small grey pictures. */
async function* cut(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let picture = new Uint8Array(small.width * small.height)
  let filled = 0
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + picture.length - filled)
      picture.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < picture.length) continue
      yield picture
      picture = new Uint8Array(picture.length)
      filled = 0
    }
}

/**
 * Why a file may not be used when what came out of it is not as long as it claims; undefined when it is. Sound or
 * picture alone may end early: only when both do, the file was cut off.
 */
export function lengthRefusal(lengths: {
  readonly heard: Ms
  readonly seen: Ms
  readonly claimed: Ms
  /** Where the pass over it was stopped. */
  readonly end: Ms
}): string | undefined {
  const { heard, seen, claimed, end } = lengths
  const length = Math.max(heard, seen)
  if (heard === 0) return 'its sound can not be decoded'
  if (length >= end - 100) return `it goes on after the ${clock(claimed)} it claims to last`
  if (length < 0.9 * claimed - 2000)
    return `it ends at ${clock(length)} of the ${clock(claimed)} it claims to last, as when it was cut off`
  return undefined
}

async function lengthOf(path: string): Promise<Ms> {
  const wav = await openWav(path)
  await wav.close()
  return (wav.frames * 1000) / wav.sampleRate
}

/** Quieter than −60 dBFS everywhere: a surround mix whose centre is unused. */
async function isSilent(path: string): Promise<boolean> {
  const wav = await openWav(path)
  try {
    for (let from = 0; from < wav.frames; from += 65_536) {
      const samples = await wav.read(from, Math.min(65_536, wav.frames - from))
      if (samples.some(sample => Math.abs(sample) > 0.001)) return false
    }
    return true
  } finally {
    await wav.close()
  }
}

const toEars = ['-ac', '1', '-ar', '16000']
const delayed = (late: Ms) => ['-af', `adelay=${late}|${late}`]

/** Makes one WAV of another, which may be the same. */
async function remake(
  from: string,
  to: string,
  args: readonly string[],
  { signal, scratch }: Stage,
): Promise<void> {
  const made = join(scratch, 'remade.wav')
  const outputs = [{ file: made, args: [...args, '-c:a', 'pcm_s16le', '-f', 'wav'] }]
  await ffmpeg({ inputs: [{ file: from, format: 'wav' }], outputs }, { signal, report: () => {} })
  await rename(made, to)
}

async function keepThumbnails({ every, folder }: NonNullable<Plan['thumbnails']>, at: Stage) {
  const names = (await readdir(folder)).filter(name => /^thumbnail-\d+\.jpg$/.test(name)).sort()
  const kept: Media['thumbnails'][number][] = []
  for (const [index, name] of names.entries())
    kept.push({ at: index * every, picture: await at.keep(join(folder, name), 'image/jpeg') })
  return kept
}
