import { openEspeak } from '../../pipelines/espeak.ts'
import { resample } from '../../pipelines/resample.ts'
import { sentences } from './flite.ts'

/** Speech of so many seconds at 48 kHz, by the synthesizer that is in the house: four voices by turns, with pauses. */
export async function talk(seconds: number, seed = 1): Promise<Float32Array> {
  const espeak = openEspeak()
  try {
    const out = new Float32Array(seconds * 48_000)
    let at = 4800
    for (const [index, text] of sentences(seconds, seed).entries()) {
      const [variant, pitch] = (
        [
          ['f2', 45],
          ['m3', 50],
          ['f4', 80],
          ['m7', 25],
        ] as const
      )[index % 4] ?? ['m3', 50]
      const ask = { text, language: 'en', variant, pitch, rate: 1 }
      const { samples, sampleRate } = await espeak.speak(ask, new AbortController().signal)
      const sound = resample(samples, sampleRate, 48_000)
      out.set(
        sound.subarray(0, Math.max(0, out.length - at)).map(sample => sample / 2),
        Math.min(at, out.length),
      )
      at += sound.length + 9600
      if (at >= out.length) break
    }
    return out
  } finally {
    espeak.close()
  }
}
