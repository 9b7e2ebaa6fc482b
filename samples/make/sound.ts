/** Mono and stereo sound as plain sample arrays at 48 kHz, −1..1. */

export const hertz = 48_000

export type Stereo = { readonly left: Float32Array; readonly right: Float32Array }

export const silence = (samples: number): Stereo => ({
  left: new Float32Array(samples),
  right: new Float32Array(samples),
})

/** Adds a mono sound; `pan` is −1 (left) to 1 (right), at equal power. What reaches over the end is an error of the plan. */
export function lay(bed: Stereo, sound: Float32Array, at: number, gain = 1, pan = 0): void {
  const start = Math.round(at)
  if (start < 0 || start + sound.length > bed.left.length)
    throw new RangeError(`sound at ${at} leaves the bed`)
  const angle = ((pan + 1) * Math.PI) / 4
  const [left, right] = [Math.cos(angle) * gain, Math.sin(angle) * gain]
  for (let i = 0; i < sound.length; i++) {
    bed.left[start + i]! += sound[i]! * left
    bed.right[start + i]! += sound[i]! * right
  }
}

export const sum = (a: Stereo, b: Stereo): Stereo => ({
  left: a.left.map((sample, i) => sample + b.left[i]!),
  right: a.right.map((sample, i) => sample + b.right[i]!),
})
export const louder = (sound: Stereo, gain: number): Stereo => ({
  left: sound.left.map(sample => sample * gain),
  right: sound.right.map(sample => sample * gain),
})

/** Windowed-sinc resampling (Hann, 16 zero crossings a side); for raising the rate, so the cut-off is the input's. */
export function resample(sound: Float32Array, from: number): Float32Array {
  const reach = 16
  const kernels = new Map<number, Float32Array>()
  return Float32Array.from({ length: Math.floor((sound.length * hertz) / from) }, (_, i) => {
    // Few places between two samples occur (320 for 22,050 Hz), so each one's weights are worked out once.
    const place = ((i * from) % hertz) / hertz
    const kernel =
      kernels.get(place) ?? Float32Array.from({ length: 2 * reach }, (_, k) => weight(place + reach - 1 - k))
    kernels.set(place, kernel)
    const first = Math.floor((i * from) / hertz) - reach + 1
    let value = 0
    for (let k = 0; k < kernel.length; k++) value += (sound[first + k] ?? 0) * kernel[k]!
    return value
  })

  function weight(x: number): number {
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach))
  }
}

/** Loudness in time: root mean square of each stretch of `step` samples. */
export function envelope(sound: Float32Array, step: number): number[] {
  return Array.from({ length: Math.ceil(sound.length / step) }, (_, i) =>
    rms(sound.subarray(i * step, (i + 1) * step)),
  )
}
export const rms = (sound: Float32Array): number =>
  Math.sqrt(sound.reduce((total, sample) => total + sample * sample, 0) / Math.max(1, sound.length))

/** Cuts the silence off both ends: below −45 dB of its loudest 5 ms nobody hears a voice. */
export function trim(sound: Float32Array): Float32Array {
  const step = hertz / 200
  const level = envelope(sound, step)
  const floor = Math.max(...level) * 10 ** (-45 / 20)
  const first = level.findIndex(value => value > floor)
  const last = level.findLastIndex(value => value > floor)
  return sound.slice(first * step, Math.min(sound.length, (last + 1) * step))
}

/** The same sound at the given RMS level, in dB of full scale. */
export function levelled(sound: Float32Array, level: number): Float32Array {
  const gain = 10 ** (level / 20) / rms(sound)
  return sound.map(sample => sample * gain)
}

/** A 16-bit WAV file. */
export function wav({ left, right }: Stereo): Buffer {
  const file = Buffer.alloc(44 + left.length * 4)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(2, 22)
  file.writeUInt32LE(hertz, 24)
  file.writeUInt32LE(hertz * 4, 28)
  file.writeUInt16LE(4, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(left.length * 4, 40)
  const whole = (sample: number) => Math.round(Math.min(1, Math.max(-1, sample)) * 32767)
  for (let i = 0; i < left.length; i++) {
    file.writeInt16LE(whole(left[i]!), 44 + i * 4)
    file.writeInt16LE(whole(right[i]!), 46 + i * 4)
  }
  return file
}

/** Random numbers 0..1 that are the same every time (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
