import { energies, factor, integrated, loudestOf, lufs, sampleRate } from './loudness.ts'

/**
 * LUFS of every take, heard from both sides. The mix sets its bed against this, low enough that loud effects over it
 * stay under full scale until the gain of the whole is known.
 */
export const dialogueLoudness = -30
/** A take's own peaks stay under this, whatever its loudness. dBFS. */
const ceiling = factor(-3)
/** What is this much quieter than a phrase's loudest 5 ms is no speech: synthesizers end in near silence. */
const floor = factor(-50)
const window = sampleRate / 200
/** Kept before the first and after the last sound, so that soft consonants stay whole. */
const [lead, tail] = [window, 4 * window]

/** The sound without the silence around it; empty when there is nothing but silence. */
export function trim(samples: Float32Array): Float32Array {
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += window) {
    const part = samples.subarray(at, at + window)
    levels.push(Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length))
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0)
  if (loudest < factor(-80)) return new Float32Array()
  const sounds = (level: number) => level >= loudest * floor
  const from = Math.max(0, levels.findIndex(sounds) * window - lead)
  const to = Math.min(samples.length, (levels.findLastIndex(sounds) + 1) * window + tail)
  return samples.slice(from, to)
}

/** Lets a sound begin and end at nothing, so that it never clicks where it is laid down. Changes it. */
export function soften(samples: Float32Array): Float32Array {
  const length = Math.min(window, samples.length >> 1)
  for (let at = 0; at < length; at++) {
    const weight = 0.5 - 0.5 * Math.cos((Math.PI * at) / length)
    samples[at] = (samples[at] ?? 0) * weight
    const end = samples.length - 1 - at
    samples[end] = (samples[end] ?? 0) * weight
  }
  return samples
}

/** The sound at `dialogueLoudness`, or as near to it as its peaks allow. */
export function even(samples: Float32Array): Float32Array {
  const tenths = energies([samples])
  const whole = integrated(tenths)
  // Shorter than one block, or too quiet for the gate: the mean of what there is.
  const loudness = Number.isFinite(whole) ? whole : lufs(meanEnergy(samples))
  const peak = loudestOf(samples)
  if (peak === 0 || !Number.isFinite(loudness)) return samples
  const gain = Math.min(factor(dialogueLoudness - loudness), ceiling / peak)
  return samples.map(sample => sample * gain)
}

function meanEnergy(samples: Float32Array): number {
  const padded = new Float32Array(Math.max(samples.length, sampleRate / 10))
  padded.set(samples)
  const tenths = energies([padded])
  return tenths.reduce((sum, energy) => sum + energy, 0) / tenths.length
}
