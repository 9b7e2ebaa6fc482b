import { bands, edges, framesInSlot, slots } from './pattern.ts'
import type { Spectrum } from './spectrum.ts'

/** At 48 kHz: windows of 32 ms, a new one every 16 ms, counted from the beginning of the programme. */
export const [size, hop] = [1536, 768] as const
const rate = 48_000
/** How far a sample is felt, in samples: whoever marks a piece reads this much around it. */
export const around = size

/** Root of a Hann window: squared and half-overlapped it adds up to 1, so a gain of 1 gives back the sound. */
const window = Float32Array.from({ length: size }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / size))
const bandOf = Int8Array.from({ length: size / 2 }, (_, bin) => {
  const hertz = (bin * rate) / size
  const band = edges.findIndex(edge => hertz < edge) - 1
  return band < 0 ? -1 : band
})

/**
 * The sound with its bands raised and lowered by `depth` decibels as the chips say. Linear in the sound, and dependent
 * on its place alone: marked in pieces, or apart and then mixed, it is the same.
 * @param samples 48 kHz; silent before and after
 * @param from the place of the first sample in the programme
 * @param depths what each sample's depth is multiplied by, 0 to 1; absent: 1 everywhere
 */
export function embed(
  samples: Float32Array,
  from: number,
  chips: Int8Array,
  depth: number,
  spectrum: Spectrum,
  depths?: Float32Array,
): Float32Array {
  const out = new Float32Array(samples.length)
  const values = new Float32Array(size)
  const gains = new Float32Array(bands)
  for (let frame = Math.floor((from - size) / hop) + 1; frame * hop < from + samples.length; frame++) {
    const start = frame * hop - from
    let loud = false
    for (let at = 0; at < size; at++) {
      const sample = samples[start + at] ?? 0
      if (sample !== 0) loud = true
      values[at] = sample * (window[at] ?? 0)
    }
    if (!loud) continue
    const centre = Math.min(samples.length - 1, Math.max(0, start + hop))
    const here = depth * (depths?.[centre] ?? 1)
    const slot = mod(Math.floor(frame / framesInSlot), slots) * bands
    for (let band = 0; band < bands; band++) gains[band] = 10 ** ((here * (chips[slot + band] ?? 0)) / 20)
    spectrum.forward(values)
    for (let bin = 1; bin < size / 2; bin++) {
      const band = bandOf[bin] ?? -1
      if (band < 0) continue
      const gain = gains[band] ?? 1
      values[2 * bin] = (values[2 * bin] ?? 0) * gain
      values[2 * bin + 1] = (values[2 * bin + 1] ?? 0) * gain
    }
    spectrum.back(values)
    const [first, last] = [Math.max(0, -start), Math.min(size, samples.length - start)]
    for (let at = first; at < last; at++)
      out[start + at] = (out[start + at] ?? 0) + (values[at] ?? 0) * (window[at] ?? 0)
  }
  return out
}

const mod = (value: number, by: number) => ((value % by) + by) % by
