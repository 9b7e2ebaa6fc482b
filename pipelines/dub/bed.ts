import { join } from 'node:path'
import { ffmpeg } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Ms, Span } from '../terms.ts'
import { openWav, type WavFile } from '../wav.ts'
import { decibels, energies, integrated, loudestOf, sampleRate } from './loudness.ts'
import { samplesOf } from './place.ts'
import { dialogueLoudness } from './sound.ts'

/** The music-and-effects stem as 48 kHz stereo WAV, no longer than the original. */
export async function openStem(me: Blob, duration: Ms, at: Stage): Promise<Blob> {
  const file = join(at.scratch, 'me.wav')
  const args = [
    ...['-map', '0:a:0', '-t', String(duration / 1000), '-ar', String(sampleRate), '-ac', '2'],
    ...['-c:a', 'pcm_s16le', '-f', 'wav', '-rf64', 'auto', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
  ]
  await ffmpeg({ inputs: [{ file: await at.file(me) }], outputs: [{ file, args }], length: duration }, at)
  return at.keep(file, 'audio/wav')
}

/** Sound is measured in pieces of this length, so that memory stays the same however long the programme is. */
const piece: Ms = 10_000

/** The programme's length. */
export async function lengthOf(original: Blob, at: Stage): Promise<Ms> {
  const wav = await openWav(await at.file(original))
  await wav.close()
  return Math.ceil((wav.frames / wav.sampleRate) * 1000)
}

/**
 * By how many decibels the bed is raised so that the original's dialogue would be as loud as the takes: the balance its
 * mixer chose stays. Never so far that its loudest sample is lost.
 * @param speech where the original speaks; without any the bed stays as it is
 */
export async function bedGain(
  original: Blob,
  me: Blob | undefined,
  speech: readonly Span[],
  at: Stage,
): Promise<number> {
  const files = [original, ...(me ? [me] : [])]
  const opened: WavFile[] = []
  try {
    for (const file of files) opened.push(await openWav(await at.file(file)))
    const [first] = opened
    if (!first) return 0
    const tenths: number[] = []
    for (const { start, end } of speech)
      for (let from = start; from < end; from += piece) {
        const samples = await first.read(samplesOf(from), samplesOf(Math.min(piece, end - from)))
        tenths.push(...energies(split(samples, first.channels)))
      }
    const loudness = integrated(tenths)
    const room = -decibels(await loudest(opened, at.signal))
    return Number.isFinite(loudness) ? Math.min(dialogueLoudness - loudness, room) : Math.min(0, room)
  } finally {
    for (const wav of opened) await wav.close()
  }
}

async function loudest(files: readonly WavFile[], signal: AbortSignal): Promise<number> {
  let peak = 1e-5
  for (const wav of files)
    for (let from = 0; from < wav.frames; from += wav.sampleRate) {
      signal.throwIfAborted()
      const samples = await wav.read(from, wav.sampleRate)
      peak = Math.max(peak, loudestOf(samples))
    }
  return peak
}

function split(samples: Float32Array, channels: number): Float32Array[] {
  const length = samples.length / channels
  return Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(length)
    for (let at = 0; at < length; at++) out[at] = samples[at * channels + channel] ?? 0
    return out
  })
}
