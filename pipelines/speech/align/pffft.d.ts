/** PFFFT compiled to WebAssembly (BSD), which comes without types. Addresses are bytes in HEAPF32's memory. */
declare module '@echogarden/pffft-wasm/simd' {
  export type Pffft = {
    readonly HEAPF32: Float32Array
    /** `kind` 0 is real. */
    _pffft_new_setup(size: number, kind: 0 | 1): number
    _pffft_destroy_setup(setup: number): void
    _pffft_aligned_malloc(bytes: number): number
    _pffft_aligned_free(memory: number): void
    /** `direction` 0 is forward. Real spectra come as re₀, re at half the rate, then re and im by turns. */
    _pffft_transform_ordered(
      setup: number,
      input: number,
      output: number,
      work: number,
      direction: 0 | 1,
    ): void
  }
  export default function open(): Promise<Pffft>
}
