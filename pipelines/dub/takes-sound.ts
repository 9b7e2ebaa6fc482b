import { resample } from '../resample.ts'
import type { Ms, Span } from '../terms.ts'
import type { Sound } from '../visemes/ears.ts'
import { openWav } from '../wav.ts'

/** A take's file, and when it begins. */
export type Placed = Span & { readonly path: () => Promise<string> }

const hertz = 16_000
const placeOf = (ms: Ms) => Math.round((ms * hertz) / 1000)

/** The takes of a dub as one sound, each at its place and silence between, without mixing it: one take is in memory. */
export function soundOfTakes(takes: readonly Placed[]): Sound {
  let last: { readonly take: Placed; readonly samples: Float32Array } | undefined
  async function load(take: Placed): Promise<Float32Array> {
    if (last?.take === take) return last.samples
    const wav = await openWav(await take.path())
    try {
      const samples = resample(await wav.read(0, wav.frames), wav.sampleRate, hertz)
      last = { take, samples }
      return samples
    } finally {
      await wav.close()
    }
  }
  return {
    async read(from, count) {
      const out = new Float32Array(count)
      for (const take of takes) {
        if (placeOf(take.end) <= from || placeOf(take.start) >= from + count) continue
        const samples = await load(take)
        const shift = placeOf(take.start) - from
        const first = Math.max(0, shift)
        for (let at = first; at < Math.min(count, shift + samples.length); at++)
          out[at] = (out[at] ?? 0) + (samples[at - shift] ?? 0)
      }
      return out
    },
  }
}
