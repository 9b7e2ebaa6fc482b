import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Blob, MixRegion, Ms, Span } from '../terms.ts'
import { openWav, toPcm16, type WavFile } from '../wav.ts'
import { envelope } from './envelope.ts'
import { energies, factor, sampleRate, truePeak } from './loudness.ts'
import { around } from './mark/embed.ts'
import type { Marker } from './mark/watermark.ts'
import { samplesOf } from './place.ts'

/** A region's length. Two of them are 100 frames of loudness each, so tenths of a second never straddle a border. */
const grid: Ms = 10_000

/** The regions of a programme: a fixed grid, so that a line that moves leaves all others where they were. */
export const regionsOf = (duration: Ms): readonly Span[] =>
  Array.from({ length: Math.ceil(duration / grid) }, (_, index) => ({
    start: index * grid,
    end: Math.min(duration, (index + 1) * grid),
  }))

/** What one region is made of. Spans and takes that don't reach into it are left out by whoever asks. */
export type Ingredients = {
  readonly original: Blob
  /** Music and effects as 48 kHz stereo WAV. */
  readonly me?: Blob
  /** Decibels by which the bed is raised, so that its dialogue would be as loud as the takes. */
  readonly bedGain: number
  /** Where somebody is dubbed: the original gives way. */
  readonly under: readonly Span[]
  /** Where somebody speaks or sings and is not dubbed: the original is heard. */
  readonly through: readonly Span[]
  readonly takes: readonly (Span & { readonly sound: Blob })[]
  /** What marks the bed, where the takes are marked: the mix is one mark. Without a take there is nothing to mark. */
  readonly mark?: { readonly id: string; readonly by: string }
}
export type Mixed = {
  readonly region: MixRegion
  /** K-weighted energy of each tenth of a second. */
  readonly tenths: readonly number[]
  /** True peak as a factor of full scale. */
  readonly peak: number
}

/** Opened sounds that a mix is rendered from: nothing in it depends on where a rendering begins. */
export type Sources = {
  readonly original: WavFile
  readonly me?: WavFile
  readonly takes: readonly { readonly at: number; readonly sound: WavFile }[]
}

/**
 * Without a music-and-effects stem the original's own speech has to give way: speech stands in the middle of a stereo
 * picture, so the middle falls by 20 dB and what is only at the sides, mostly music and room, by 6 dB. It is heard
 * faintly under the dub, as in a voice-over; of a mono original everything falls. This is no separation of voices.
 */
const lost = { middle: 1 - factor(-20), sides: 1 - factor(-6) }

/** Renders `count` frames from frame `from` on, as left and right at 48 kHz. */
export async function render(
  from: number,
  count: number,
  { original, me, takes }: Sources,
  { bedGain, under, through }: Pick<Ingredients, 'bedGain' | 'under' | 'through'>,
  marker?: Marker,
): Promise<Stereo> {
  const bed = await (marker ? markedBed(marker) : bedOf(from, count))
  const gain = factor(bedGain)
  const [left, right] = [bed[0].map(sample => sample * gain), bed[1].map(sample => sample * gain)]
  for (const { at, sound } of takes) {
    const [first, last] = [Math.max(from, at), Math.min(from + count, at + sound.frames)]
    if (first >= last) continue
    const samples = await sound.read(first - at, last - first)
    for (let index = 0; index < samples.length; index++) {
      const place = first - from + index
      left[place] = (left[place] ?? 0) + (samples[index] ?? 0)
      right[place] = (right[place] ?? 0) + (samples[index] ?? 0)
    }
  }
  return [left, right]

  async function bedOf(from: number, count: number): Promise<Stereo> {
    const whole = await stereo(original, from, count)
    const away = envelope(under, from, count)
    return me
      ? onStem(await stereo(me, from, count), whole, away, envelope(through, from, count))
      : giveWay(whole, away)
  }

  /** A person who is heard in the original is not marked: it would say of them that a machine spoke. */
  async function markedBed({ mark }: Marker): Promise<Stereo> {
    const [first, length] = [from - around, count + 2 * around]
    const shares = envelope(through, first, length).map(share => 1 - share)
    const [left, right] = await bedOf(first, length)
    const marked = (channel: Float32Array) =>
      mark(channel, first, 'bed', shares).slice(around, around + count)
    return [marked(left), marked(right)]
  }
}

type Stereo = readonly [left: Float32Array, right: Float32Array]

/** The original, quieter where it has to give way. */
function giveWay([left, right]: Stereo, away: Float32Array): Stereo {
  const out: Stereo = [new Float32Array(left.length), new Float32Array(left.length)]
  for (let at = 0; at < left.length; at++) {
    const [l, r, share] = [left[at] ?? 0, right[at] ?? 0, away[at] ?? 0]
    const middle = ((l + r) / 2) * (1 - share * lost.middle)
    const side = ((l - r) / 2) * (1 - share * lost.sides)
    out[0][at] = middle + side
    out[1][at] = middle - side
  }
  return out
}

/** Music and effects, with the original in their place where it is to be heard and need not give way. */
function onStem(stem: Stereo, original: Stereo, away: Float32Array, open: Float32Array): Stereo {
  const blend = (channel: 0 | 1) =>
    stem[channel].map((sample, at) => {
      const share = (open[at] ?? 0) * (1 - (away[at] ?? 0))
      return sample + share * ((original[channel][at] ?? 0) - sample)
    })
  return [blend(0), blend(1)]
}

async function stereo(wav: WavFile, from: number, count: number): Promise<Stereo> {
  const samples = await wav.read(from, count)
  if (wav.channels === 1) return [samples, samples]
  const [left, right] = [new Float32Array(count), new Float32Array(count)]
  for (let at = 0; at < count; at++) {
    left[at] = samples[wav.channels * at] ?? 0
    right[at] = samples[wav.channels * at + 1] ?? 0
  }
  return [left, right]
}

/**
 * Mixes one region and keeps it as FLAC: exact to the sample in every browser's `decodeAudioData`, where AAC and Opus
 * begin with a delay that players disagree about, and half the size of WAV.
 */
export async function mixRegion(
  span: Span,
  ingredients: Ingredients,
  marker: Marker,
  at: Stage,
): Promise<Mixed> {
  const opened: WavFile[] = []
  const load = async (blob: Blob) => {
    const wav = await openWav(await at.file(blob))
    opened.push(wav)
    if (wav.sampleRate !== sampleRate) throw new Error(`${blob.digest} is not at ${sampleRate} Hz`)
    return wav
  }
  try {
    const takes: { at: number; sound: WavFile }[] = []
    for (const { start, sound } of ingredients.takes)
      takes.push({ at: samplesOf(start), sound: await load(sound) })
    const sources = {
      original: await load(ingredients.original),
      ...(ingredients.me && { me: await load(ingredients.me) }),
      takes,
    }
    const from = samplesOf(span.start)
    const channels = await render(
      from,
      samplesOf(span.end) - from,
      sources,
      ingredients,
      ingredients.mark && marker,
    )
    const sound = await keepFlac(channels, at)
    return { region: { ...span, sound }, tenths: energies(channels), peak: truePeak(channels) }
  } finally {
    for (const wav of opened) await wav.close()
  }
}

async function keepFlac([left, right]: Stereo, at: Stage): Promise<Blob> {
  const [raw, flac] = [join(at.scratch, 'region.pcm'), join(at.scratch, 'region.flac')]
  const samples = new Float32Array(2 * left.length)
  for (let index = 0; index < left.length; index++) {
    samples[2 * index] = left[index] ?? 0
    samples[2 * index + 1] = right[index] ?? 0
  }
  await writeFile(raw, toPcm16(samples))
  const input = { file: raw, format: 's16le', args: ['-ar', String(sampleRate), '-ac', '2'] }
  const args = ['-c:a', 'flac', '-fflags', '+bitexact', '-flags:a', '+bitexact']
  await ffmpeg({ inputs: [input], outputs: [{ file: flac, args }] }, { signal: at.signal, report: () => {} })
  return at.keep(flac, 'audio/flac')
}
