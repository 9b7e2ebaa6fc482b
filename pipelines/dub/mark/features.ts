import { bands, edges } from './pattern.ts'
import { openSpectrum } from './spectrum.ts'

/** Sound is heard at 16 kHz, in windows of 32 ms, a new one every 16 ms. */
export const rate = 16_000
const [size, hop] = [512, 256]
const window = Float32Array.from({ length: size }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / size) ** 2)
const spans = Array.from({ length: bands }, (_, band) => {
  const bin = (hertz: number) => Math.ceil((hertz * size) / rate)
  return [bin(edges[band] ?? 0), bin(edges[band + 1] ?? 0)] as const
})

/** Energies of the bands, a row every 16 ms, of sound that comes in chunks of any length. */
export async function* energies(
  chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): AsyncGenerator<Float32Array, void> {
  const spectrum = await openSpectrum(size)
  try {
    let kept = new Float32Array(0)
    const values = new Float32Array(size)
    for await (const chunk of chunks) {
      const sound = new Float32Array(kept.length + chunk.length)
      sound.set(kept)
      sound.set(chunk, kept.length)
      const count = Math.max(0, Math.floor((sound.length - size) / hop) + 1)
      const rows = new Float32Array(count * bands)
      for (let row = 0; row < count; row++) {
        for (let at = 0; at < size; at++) values[at] = (sound[row * hop + at] ?? 0) * (window[at] ?? 0)
        spectrum.forward(values)
        spans.forEach(([first, last], band) => {
          let energy = 0
          for (let bin = first; bin < last; bin++)
            energy += (values[2 * bin] ?? 0) ** 2 + (values[2 * bin + 1] ?? 0) ** 2
          rows[row * bands + band] = energy / (last - first)
        })
      }
      yield rows
      kept = sound.slice(count * hop)
    }
  } finally {
    spectrum.close()
  }
}

/** What is 55 dB under a band's loudest hundredth is as good as silent: it carries no mark that is worth hearing. */
const floor = 10 ** -5.5

/** The rows in decibels. */
export function decibels(energies: Float32Array): Float32Array {
  const levels = new Float32Array(energies.length)
  const count = energies.length / bands
  for (let band = 0; band < bands; band++) {
    const column = Float32Array.from({ length: count }, (_, row) => energies[row * bands + band] ?? 0).sort()
    const least = (column[Math.floor(count * 0.99)] ?? 0) * floor + 1e-9
    for (let row = 0; row < count; row++) {
      const at = row * bands + band
      levels[at] = 10 * Math.log10((energies[at] ?? 0) + least)
    }
  }
  return levels
}
