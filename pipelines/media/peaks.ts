import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { PeakLevel } from '../terms.ts'
import { openWav } from '../wav.ts'

/** The finest level: 4 ms of 16 kHz sound. */
const finest = 64
const step = 4
/** Enough for the longest sound to be drawn in a few hundred pixels. */
const levels = 6
const chunk = finest * step ** (levels - 1)

/**
 * Draws the waveform: for every 64·4^k samples of a mono WAV the least and the greatest value, as pairs of bytes −128..127.
 * The last bucket of a level may be shorter. It reads the file once, a few seconds at a time.
 */
export async function drawPeaks(wav: string, at: Stage): Promise<PeakLevel[]> {
  const sound = await openWav(wav)
  const paths = Array.from({ length: levels }, (_, level) => join(at.scratch, `peaks-${level}`))
  const files = await Promise.all(paths.map(path => open(path, 'w')))
  try {
    for (let from = 0; from < sound.frames; from += chunk) {
      if (at.signal.aborted) throw new Problem('cancelled', {}, at.signal.reason)
      const samples = await sound.read(from, Math.min(chunk, sound.frames - from))
      await Promise.all(peaksOf(samples).map((pairs, level) => files[level]?.write(pairs)))
    }
  } finally {
    await Promise.all([sound.close(), ...files.map(file => file.close())])
  }
  const kept: PeakLevel[] = []
  for (const [level, path] of paths.entries())
    kept.push({ samples: finest * step ** level, pairs: await at.keep(path, 'application/octet-stream') })
  return kept
}

type Levels = Int8Array<ArrayBuffer>[]

/** The levels of one stretch of samples (−1..1), finest first: [least, greatest, least, greatest, …]. */
export function peaksOf(samples: Float32Array): Levels {
  const first = new Int8Array(2 * Math.ceil(samples.length / finest))
  for (let bucket = 0; bucket < first.length / 2; bucket += 1) {
    let [least, greatest] = [1, -1]
    const end = Math.min(samples.length, (bucket + 1) * finest)
    for (let index = bucket * finest; index < end; index += 1) {
      const sample = samples[index] ?? 0
      if (sample < least) least = sample
      if (sample > greatest) greatest = sample
    }
    first[2 * bucket] = level(least)
    first[2 * bucket + 1] = level(greatest)
  }
  const all: Levels = [first]
  while (all.length < levels) all.push(coarser(all.at(-1) ?? first))
  return all
}

const level = (sample: number) => Math.max(-128, Math.min(127, Math.floor(sample * 128)))

function coarser(pairs: Int8Array): Int8Array<ArrayBuffer> {
  const joined = new Int8Array(2 * Math.ceil(pairs.length / 2 / step))
  for (let bucket = 0; bucket < joined.length / 2; bucket += 1) {
    const part = pairs.subarray(2 * step * bucket, 2 * step * (bucket + 1))
    joined[2 * bucket] = Math.min(...part.filter((_, index) => index % 2 === 0))
    joined[2 * bucket + 1] = Math.max(...part.filter((_, index) => index % 2 === 1))
  }
  return joined
}
