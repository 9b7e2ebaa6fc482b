import openPffft, { type Pffft } from '@echogarden/pffft-wasm/simd'

/** Real spectra of one size; `forward` and `back` work in place on `values` (pffft's order: re₀, re at half the rate, re, im …). */
export type Spectrum = {
  readonly size: number
  readonly forward: (values: Float32Array) => void
  /** Gives back what `forward` was given. */
  readonly back: (values: Float32Array) => void
  readonly close: () => void
}

let loaded: Promise<Pffft> | undefined

/** @param size 32 times a product of 2s, 3s and 5s */
export async function openSpectrum(size: number): Promise<Spectrum> {
  loaded ??= openPffft()
  const fft = await loaded
  const setup = fft._pffft_new_setup(size, 0)
  const [from, to, work] = [0, 1, 2].map(() => fft._pffft_aligned_malloc(size * 4)) as [
    number,
    number,
    number,
  ]
  const run = (values: Float32Array, direction: 0 | 1) => {
    fft.HEAPF32.set(values, from / 4)
    fft._pffft_transform_ordered(setup, from, to, work, direction)
    values.set(fft.HEAPF32.subarray(to / 4, to / 4 + size))
  }
  return {
    size,
    forward: values => run(values, 0),
    back(values) {
      run(values, 1)
      for (let at = 0; at < size; at++) values[at] = (values[at] ?? 0) / size
    },
    close() {
      fft._pffft_destroy_setup(setup)
      for (const memory of [from, to, work]) fft._pffft_aligned_free(memory)
    },
  }
}
