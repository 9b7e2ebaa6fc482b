import openFvad, { type Fvad } from '@echogarden/fvad-wasm'

/** 10 ms at 16 kHz. */
export const frameSamples = 160

/** What two of WebRTC's detectors, a strict one and a lenient one, think of one frame. */
export type Detector = {
  readonly hear: (frame: Float32Array) => { readonly strict: boolean; readonly lenient: boolean }
  readonly close: () => void
}

let loaded: Promise<Fvad> | undefined

/** Opens a detector for 16 kHz sound. It follows the background it hears: frames must come in order. */
export async function openDetector(): Promise<Detector> {
  loaded ??= openFvad()
  const fvad = await loaded
  const memory = fvad._malloc(frameSamples * 2)
  const [strict, lenient] = ([3, 1] as const).map(mode => {
    const handle = fvad._fvad_new()
    fvad._fvad_set_mode(handle, mode)
    fvad._fvad_set_sample_rate(handle, 16_000)
    return handle
  }) as [number, number]
  return {
    hear: frame => {
      for (let i = 0; i < frameSamples; i++)
        fvad.HEAP16[memory / 2 + i] = Math.max(-32768, Math.min(32767, Math.round((frame[i] ?? 0) * 32768)))
      return {
        strict: fvad._fvad_process(strict, memory, frameSamples) === 1,
        lenient: fvad._fvad_process(lenient, memory, frameSamples) === 1,
      }
    },
    close: () => {
      fvad._fvad_free(strict)
      fvad._fvad_free(lenient)
      fvad._free(memory)
    },
  }
}
