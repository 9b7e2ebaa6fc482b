import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg, ffmpegStream } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Dub, MixRegion, Take } from '../terms.ts'
import { openWav, toPcm24, type WavFile, wavHeader } from '../wav.ts'
import { type Claim, type Credentials, keepSigned, type Signed } from './credited.ts'

/** 48 kHz stereo WAV of 24 bits, all at the same gain: dialogue and bed together are the mix, to the sample. */
export type Stems = {
  readonly dialogue: Signed
  readonly bed: Blob
  readonly mix: Signed
  /** The mix as Opus, for the playable file. */
  readonly track: Blob
}
const names = ['dialogue', 'bed', 'mix'] as const

const frames = (ms: number) => ms * 48
const frameBytes = 2 * 3

/** What a machine speaks in, by what is said of it; the bed is people's alone. */
export type Claims = { readonly dialogue: Claim | undefined; readonly mix: Claim | undefined }

/** Writes the stems region by region, so that memory stays the same however long the programme is. */
export async function makeStems(
  { takes, regions, loudness }: Pick<Dub, 'takes' | 'regions' | 'loudness'>,
  claims: Claims,
  credentials: Pick<Credentials, 'attachTo' | 'beside'>,
  at: Stage,
  plain: Pick<Stage, 'keepBytes'>,
): Promise<Stems> {
  const gain = 10 ** (loudness.gain / 20)
  const spoken = takes.filter(take => take.state === 'spoken')
  const length = frames(regions.at(-1)?.end ?? 0)
  const path = (name: string) => join(at.scratch, `${name}.wav`)
  const files: FileHandle[] = []
  try {
    for (const name of names) {
      const file = await open(path(name), 'w')
      files.push(file)
      await file.write(wavHeader(length * frameBytes, 48_000, 2, 3))
    }
    for (const [index, region] of regions.entries()) {
      at.signal.throwIfAborted()
      const mix = await decode(region, at)
      const dialogue = await dialogueOf(region, spoken, at)
      const bed = mix.map((sample, place) => sample - (dialogue[place] ?? 0))
      for (const [which, samples] of [dialogue, bed, mix].entries())
        await files[which]?.write(toPcm24(samples.map(sample => sample * gain)))
      at.report((0.8 * (index + 1)) / regions.length)
    }
  } finally {
    for (const file of files) await file.close()
  }
  const track = await makeTrack(path('mix'), at)
  const signed = (name: keyof Claims) =>
    keepSigned(path(name), 'audio/wav', claims[name], credentials, at, plain)
  return {
    dialogue: await signed('dialogue'),
    bed: await at.keep(path('bed'), 'audio/wav'),
    mix: await signed('mix'),
    track,
  }
}

/** A sound as Opus in Matroska, which says how many samples its encoder put in front: players begin at the right one. */
export async function makeTrack(file: string, at: Stage): Promise<Blob> {
  const track = join(at.scratch, 'track.mka')
  const args = [
    '-map',
    '0:a:0',
    '-ac',
    '2',
    '-c:a',
    'libopus',
    '-b:a',
    '160k',
    ...repeatably,
    '-f',
    'matroska',
  ]
  await ffmpeg({ inputs: [{ file }], outputs: [{ file: track, args }] }, { ...at, report: () => {} })
  return at.keep(track, 'audio/x-matroska')
}

/** No dates, random numbers or versions in what is written: the same inputs are the same file. */
export const repeatably = ['-fflags', '+bitexact', '-flags', '+bitexact'] as const

/** The region's samples, left and right interleaved. */
async function decode({ start, end, sound }: MixRegion, at: Stage): Promise<Float32Array> {
  const samples = new Float32Array(2 * frames(end - start))
  const job = {
    inputs: [{ file: await at.file(sound) }],
    outputs: [],
    stream: ['-f', 's16le', '-ac', '2', '-ar', '48000'],
  }
  const chunks: Buffer[] = []
  for await (const chunk of ffmpegStream(job, { signal: at.signal, report: () => {} })) chunks.push(chunk)
  const pcm = Buffer.concat(chunks)
  const count = Math.min(samples.length, pcm.length / 2)
  for (let place = 0; place < count; place++) samples[place] = pcm.readInt16LE(2 * place) / 32768
  return samples
}

/** What the takes put into the region, as the mix has it: in the middle. */
async function dialogueOf(
  { start, end }: MixRegion,
  takes: readonly Extract<Take, { readonly state: 'spoken' }>[],
  at: Stage,
): Promise<Float32Array> {
  const samples = new Float32Array(2 * frames(end - start))
  for (const take of takes) {
    if (take.start >= end || take.end <= start) continue
    const wav: WavFile = await openWav(await at.file(take.sound))
    try {
      const from = Math.max(start, take.start)
      const part = await wav.read(frames(from - take.start), frames(Math.min(end, take.end) - from))
      part.forEach((sample, index) => {
        const place = 2 * (frames(from - start) + index)
        samples[place] = (samples[place] ?? 0) + sample
        samples[place + 1] = (samples[place + 1] ?? 0) + sample
      })
    } finally {
      await wav.close()
    }
  }
  return samples
}
