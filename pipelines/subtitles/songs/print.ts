/**
 * A sound's fingerprint: 32 bits every 32 ms that say how the energy of 33 bands between 300 and 2000 Hz changes.
 * (J. Haitsma, T. Kalker: A Highly Robust Audio Fingerprinting System, ISMIR 2002.)
 */
import type { Ms } from '../../terms.ts'

export type Print = { readonly hop: Ms; readonly bits: Uint32Array }

/** Ears are 16 kHz; every third sample holds all that is looked at. */
const sampleRate = 16_000
const keep = 3
const frame = 1024
/** 32 ms of every third sample, to the nearest: the fraction is carried on. */
const hop: Ms = 32
const hopSamples = (hop * sampleRate) / 1000 / keep
const bands = 33
const edges = Array.from({ length: bands + 1 }, (_, i) =>
  Math.round(((300 * (2000 / 300) ** (i / bands)) / (sampleRate / keep)) * frame),
)

/** Sound of 16 kHz in pieces of any length. `done` gives the print of all of it. */
export function printer(): { readonly push: (samples: Float32Array) => void; readonly done: () => Print } {
  const window = Float32Array.from(
    { length: frame },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame),
  )
  const smooth = smoother()
  const held: number[] = []
  const bits: number[] = []
  const [re, im] = [new Float64Array(frame), new Float64Array(frame)]
  let before = new Float64Array(bands)
  let [passed, next] = [0, 0]
  return {
    push(samples) {
      for (const sample of samples) {
        const value = smooth(sample)
        if (value === undefined) continue
        held.push(value)
        if (passed + held.length < Math.round(next) + frame) continue
        const begin = Math.round(next) - passed
        for (let i = 0; i < frame; i++) {
          re[i] = (held[begin + i] ?? 0) * (window[i] ?? 0)
          im[i] = 0
        }
        transform(re, im)
        const now = energies(re, im)
        if (next > 0) bits.push(bitsOf(before, now))
        before = now
        next += hopSamples
        const spent = Math.max(0, Math.round(next) - passed)
        if (spent > 8192) {
          held.splice(0, spent)
          passed += spent
        }
      }
    },
    done: () => ({ hop, bits: Uint32Array.from(bits) }),
  }
}

export function printOf(samples: Float32Array): Print {
  const { push, done } = printer()
  push(samples)
  return done()
}

/** Every third sample, after those around it were averaged: what is above 2.6 kHz is not mistaken for something below. */
function smoother(): (sample: number) => number | undefined {
  const taps = [0.03, 0.07, 0.12, 0.18, 0.2, 0.18, 0.12, 0.07, 0.03]
  const line = new Float64Array(taps.length)
  let [at, count] = [0, 0]
  return sample => {
    line[at] = sample
    at = (at + 1) % taps.length
    count = (count + 1) % keep
    if (count !== 0) return undefined
    let sum = 0
    for (let i = 0; i < taps.length; i++) sum += (taps[i] ?? 0) * (line[(at + i) % taps.length] ?? 0)
    return sum
  }
}

function energies(re: Float64Array, im: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(bands)
  for (let band = 0; band < bands; band++)
    for (let i = edges[band] ?? 0; i < Math.max((edges[band] ?? 0) + 1, edges[band + 1] ?? 0); i++)
      sums[band] = (sums[band] ?? 0) + (re[i] ?? 0) ** 2 + (im[i] ?? 0) ** 2
  return sums
}

function bitsOf(before: Float64Array, now: Float64Array): number {
  let bits = 0
  for (let band = 0; band < 32; band++) {
    const rise = (now[band] ?? 0) - (now[band + 1] ?? 0) - ((before[band] ?? 0) - (before[band + 1] ?? 0))
    bits = (bits << 1) | (rise > 0 ? 1 : 0)
  }
  return bits >>> 0
}

const half = frame / 2
const cosines = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / frame))
const sines = Float64Array.from({ length: half }, (_, i) => -Math.sin((2 * Math.PI * i) / frame))
const reversed = Uint16Array.from({ length: frame }, (_, i) => {
  let [value, turned] = [i, 0]
  for (let bit = 1; bit < frame; bit <<= 1) {
    turned = (turned << 1) | (value & 1)
    value >>= 1
  }
  return turned
})

/** The discrete Fourier transform of a frame, in place (Cooley–Tukey, radix 2). */
function transform(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < frame; i++) {
    const j = reversed[i] ?? 0
    if (j <= i) continue
    const [a, b] = [re[i] ?? 0, im[i] ?? 0]
    re[i] = re[j] ?? 0
    im[i] = im[j] ?? 0
    re[j] = a
    im[j] = b
  }
  for (let size = 2; size <= frame; size <<= 1) {
    const [middle, step] = [size >> 1, frame / size]
    for (let begin = 0; begin < frame; begin += size)
      for (let k = 0; k < middle; k++) {
        const [i, j] = [begin + k, begin + k + middle]
        const [c, s] = [cosines[k * step] ?? 0, sines[k * step] ?? 0]
        const [x, y] = [re[j] ?? 0, im[j] ?? 0]
        const [a, b] = [x * c - y * s, x * s + y * c]
        const [p, q] = [re[i] ?? 0, im[i] ?? 0]
        re[j] = p - a
        im[j] = q - b
        re[i] = p + a
        im[i] = q + b
      }
  }
}
