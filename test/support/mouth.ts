import type { Phone } from '../../pipelines/espeak/words.ts'
import type { Espeak, EspeakAsk } from '../../pipelines/espeak.ts'
import { resample } from '../../pipelines/resample.ts'
import type { Viseme, Word } from '../../pipelines/terms.ts'
import type { Sound } from '../../pipelines/visemes/ears.ts'
import { shapesOfWord } from '../../pipelines/visemes/phones.ts'
import { chance } from './chance.ts'

export type SpokenSound = {
  readonly sound: Sound
  readonly length: number
  readonly phones: readonly Phone[]
  readonly words: readonly Word[]
  /** The viseme in the middle of every 10 ms, by the synthesizer's own times. */
  readonly truth: readonly Viseme[]
}

/** A text spoken by the synthesizer as the ears would get it: 16 kHz. */
export async function soundOf(
  espeak: Espeak,
  text: string,
  language: string,
  how: Partial<EspeakAsk> = {},
): Promise<SpokenSound> {
  const said = await espeak.speak({ text, language, ...how })
  const samples = resample(said.samples, said.sampleRate, 16_000)
  const length = Math.floor(samples.length / 16)
  const truth = Array.from({ length: Math.floor(length / 10) }, (_, row): Viseme => {
    const phone = said.phones.find(({ start, end }) => start <= row * 10 + 5 && row * 10 + 5 < end)
    return (phone && shapesOfWord([phone.ipa], language)[0]?.viseme) ?? 'sil'
  })
  return { sound: inMemory(samples), length, phones: said.phones, words: said.words, truth }
}

export const inMemory = (samples: Float32Array): Sound => ({
  read: (from, count) => {
    const out = new Float32Array(count)
    const first = Math.max(0, from)
    const part = samples.subarray(first, Math.max(first, from + count))
    out.set(part, first - from)
    return out
  },
})

/** Noise without end, the same for the same seed. */
export const heldSound = (seed: number): Sound => ({
  read: (_, count) => {
    const roll = chance(seed)
    return Float32Array.from({ length: count }, () => 0.4 * (roll() - 0.5))
  },
})
