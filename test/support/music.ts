import { chance } from './chance.ts'

/** Music of our own for mixing under speech: chords, a tune and a beat out of sines, 16 kHz; the same for the same seed. */
export function music(samples: number, seed: number): Float32Array {
  const roll = chance(1000 + seed)
  const out = new Float32Array(samples)
  const scale = [0, 2, 4, 5, 7, 9, 11]
  const root = 40 + Math.floor(12 * roll())
  const beat = 0.35 + 0.3 * roll()
  const note = (at: number, seconds: number, pitch: number, loud: number, decay: number) => {
    const hertz = 440 * 2 ** ((pitch - 69) / 12)
    const first = Math.round(at * 16_000)
    const length = Math.min(samples - first, Math.round(seconds * 16_000))
    for (let partial = 1; partial <= 8 && partial * hertz < 7000; partial++)
      for (let i = 0; i < length; i++) {
        const time = i / 16_000
        const rise = Math.min(1, time / 0.01) * Math.min(1, (length - i) / 400)
        out[first + i] =
          (out[first + i] ?? 0) +
          ((loud * rise * Math.exp(-decay * partial * time)) / partial) *
            Math.sin(2 * Math.PI * partial * hertz * time)
      }
  }
  for (let at = 0; at < samples / 16_000; at += 4 * beat) {
    const base = root + (scale[Math.floor(7 * roll())] ?? 0)
    for (const step of roll() < 0.5 ? [0, 4, 7] : [0, 3, 7, 10]) note(at, 4 * beat, base + step, 0.3, 0.3)
    for (let turn = 0; turn < 8; turn++)
      if (roll() < 0.8)
        note(at + (turn * beat) / 2, beat / 2, root + 12 + (scale[Math.floor(7 * roll())] ?? 0), 0.4, 2)
    for (let turn = 0; turn < 4; turn++) {
      const first = Math.round((at + turn * beat) * 16_000)
      for (let i = 0; i < 1200 && first + i < samples; i++)
        out[first + i] = (out[first + i] ?? 0) + 0.5 * (roll() - 0.5) * Math.exp(-i / 300)
    }
  }
  return out
}

/** The music under the voice, so many decibels weaker over the whole. */
export function under(voice: Float32Array, music: Float32Array, decibels: number): Float32Array {
  const power = (samples: Float32Array) =>
    samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)
  const level = Math.sqrt(power(voice) / (power(music) || 1)) * 10 ** (-decibels / 20)
  const mixed = voice.map((sample, at) => sample + level * (music[at] ?? 0))
  const peak = mixed.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1)
  return mixed.map(sample => sample / peak)
}
