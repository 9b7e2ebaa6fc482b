import openPffft, { type Pffft } from '@echogarden/pffft-wasm/simd'

/** Log energies of 26 bands, a row for every 10 ms, centred on it: row i is the sound around i × 10 ms. */
export const bands = 26
export const frameMs = 10

const windowMs = 25
const [lowest, highest] = [80, 7600]
/** Energy of 16-bit rounding noise: nothing is quieter. */
const rounding = 1e-9
/** So no row holds less. */
export const quietest = Math.log(rounding)

export type Mel = {
  /** Rows for the frames [from, to) of a sound that `read` gives by sample position and count. */
  readonly rows: (read: Read, from: number, to: number) => Promise<Float32Array>
  readonly close: () => void
}
/** Sound as samples −1..1; before the beginning and after the end it is silent. */
export type Read = (from: number, count: number) => Promise<Float32Array> | Float32Array

let loaded: Promise<Pffft> | undefined

/** Opens the analysis for sound of one sample rate; frames mean the same time at any rate. */
export async function openMel(sampleRate: number): Promise<Mel> {
  loaded ??= openPffft()
  const fft = await loaded
  const length = Math.round((windowMs / 1000) * sampleRate)
  const size = 2 ** Math.ceil(Math.log2(length))
  const setup = fft._pffft_new_setup(size, 0)
  const [input, output, work] = [0, 1, 2].map(() => fft._pffft_aligned_malloc(size * 4)) as [
    number,
    number,
    number,
  ]
  const window = Float32Array.from(
    { length },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length),
  )
  const filters = filterBank(size, sampleRate)
  const firsts = Int32Array.from(filters, ({ first }) => first)
  const counts = Int32Array.from(filters, ({ weights }) => weights.length)
  const weights = Float32Array.from(filters.flatMap(({ weights }) => [...weights]))

  /** One row of the sound whose window begins at `at` of `samples`, after the sample before it. */
  function row(heap: Float32Array, samples: Float32Array, at: number, out: Float32Array, to: number): void {
    const [a, b] = [input / 4, output / 4]
    let before = samples[at] ?? 0
    for (let i = 0; i < length; i++) {
      const sample = samples[at + i + 1] ?? 0
      heap[a + i] = (sample - 0.97 * before) * (window[i] ?? 0)
      before = sample
    }
    fft._pffft_transform_ordered(setup, input, output, work, 0)
    for (let band = 0, next = 0; band < bands; band++) {
      const first = b + 2 * (firsts[band] ?? 0)
      const last = first + 2 * (counts[band] ?? 0)
      let energy = 0
      for (let at = first; at < last; at += 2, next++) {
        const re = heap[at] ?? 0
        const im = heap[at + 1] ?? 0
        energy += (weights[next] ?? 0) * (re * re + im * im)
      }
      out[to + band] = Math.log(energy / length + rounding)
    }
  }

  return {
    rows: async (read, from, to) => {
      const out = new Float32Array((to - from) * bands)
      const hop = (sampleRate * frameMs) / 1000
      for (let block = from; block < to; block += 1000) {
        const end = Math.min(to, block + 1000)
        const first = Math.round(block * hop - length / 2) - 1
        const samples = await read(first, Math.ceil((end - block) * hop) + length + 2)
        // The memory moves when it grows.
        const heap = fft.HEAPF32
        heap.fill(0, input / 4, input / 4 + size)
        for (let i = block; i < end; i++)
          row(heap, samples, Math.round(i * hop - length / 2) - 1 - first, out, (i - from) * bands)
      }
      return out
    },
    close: () => {
      fft._pffft_destroy_setup(setup)
      for (const memory of [input, output, work]) fft._pffft_aligned_free(memory)
    },
  }
}

/** Triangles over the spectrum, evenly apart on the mel scale (O'Shaughnessy: 2595 log₁₀(1 + f ⁄ 700)). */
function filterBank(size: number, sampleRate: number) {
  const mel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700)
  const hertz = (value: number) => 700 * (10 ** (value / 2595) - 1)
  const edge = (i: number) => hertz(mel(lowest) + ((mel(highest) - mel(lowest)) * i) / (bands + 1))
  return Array.from({ length: bands }, (_, band) => {
    const [left, peak, right] = [edge(band), edge(band + 1), edge(band + 2)]
    const bin = (value: number) => (value * size) / sampleRate
    const first = Math.max(1, Math.ceil(bin(left)))
    const last = Math.min(size / 2 - 1, Math.max(first, Math.floor(bin(right))))
    const weights = Float32Array.from({ length: last - first + 1 }, (_, k) => {
      const f = ((first + k) * sampleRate) / size
      return Math.max(0, f < peak ? (f - left) / (peak - left) : (right - f) / (right - peak))
    })
    // Narrow bands of a short spectrum may fall between two lines of it: then the nearest one stands for the band.
    if (!weights.some(weight => weight > 0))
      return { first: Math.round(bin(peak)), weights: Float32Array.of(1) }
    return { first, weights }
  })
}
