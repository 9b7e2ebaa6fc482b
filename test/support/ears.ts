import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Activity, Blob, Span } from '../../pipelines/terms.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { findFilmTools } from './film.ts'
import type { Bench } from './stage.ts'

const run = promisify(execFile)

/** Any recording as ears hear it: 16 kHz mono. Undefined, with the reason said, where there is no ffmpeg. */
export async function earsOf(path: string): Promise<Float32Array | undefined> {
  const tools = await findFilmTools()
  if (!tools?.ffmpeg) return undefined
  const args = [
    '-nostdin',
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-ac',
    '1',
    '-ar',
    '16000',
    '-f',
    's16le',
    '-',
  ]
  const { stdout } = await run(tools.ffmpeg.path, args, { encoding: 'buffer', maxBuffer: 2 ** 28 })
  const pcm = new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~1)))
  return Float32Array.from(pcm, sample => sample / 32768)
}

export const keepEars = (samples: Float32Array, { at }: Bench): Promise<Blob> =>
  at.keepBytes(encodeWav(samples, 16_000), 'audio/wav')

/** How much of what was found is speech, and how much of the speech was found, in parts of one, by 10 ms. */
export function overlap(found: Activity, truth: readonly Span[], length: number) {
  const paint = (spans: readonly Span[]) => {
    const frames = new Uint8Array(Math.ceil(length / 10))
    for (const { start, end } of spans) frames.fill(1, Math.floor(start / 10), Math.floor(end / 10))
    return frames
  }
  const [heard, real] = [paint(found.speech), paint(bridged(truth))]
  const count = (frames: Uint8Array) => frames.reduce((sum, frame) => sum + frame, 0)
  const both = count(heard.map((frame, i) => frame & (real[i] ?? 0)))
  return { precision: both / count(heard), recall: both / count(real) }
}

/** Spans put together over pauses shorter than 300 ms, as people count speech. */
export function bridged(spans: readonly Span[]): Span[] {
  const out: { start: number; end: number }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1)
    if (last && start - last.end < 300) last.end = Math.max(last.end, end)
    else out.push({ start, end })
  }
  return out
}
