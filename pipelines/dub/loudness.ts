/**
 * Loudness after ITU-R BS.1770-4, for mono and stereo at 48 kHz. Programmes are measured piece by piece: each piece
 * gives the energy of its tenths of a second, and the energies of all pieces together give the loudness of the whole.
 */

/** Samples a second. The filters below are those of the recommendation for this rate and no other. */
export const sampleRate = 48_000
/** Blocks of 400 ms overlap by three quarters, so energies are kept by the tenth of a second. */
const step = sampleRate / 10
const stepsInBlock = 4

type Biquad = { readonly b: readonly [number, number, number]; readonly a: readonly [number, number] }
/** BS.1770-4, tables 1 and 2: the head's high shelf, then the RLB high-pass. */
const weighting: readonly Biquad[] = [
  {
    b: [1.53512485958697, -2.69169618940638, 1.19839281085285],
    a: [-1.69065929318241, 0.73248077421585],
  },
  { b: [1, -2, 1], a: [-1.99004745483398, 0.99007225036621] },
]

/** LUFS of a mean square, both channels summed. */
export const lufs = (energy: number): number => -0.691 + 10 * Math.log10(energy)
const energyOf = (loudness: number) => 10 ** ((loudness + 0.691) / 10)

/** A factor for decibels. */
export const factor = (decibels: number): number => 10 ** (decibels / 20)
/** Decibels of a factor. */
export const decibels = (value: number): number => 20 * Math.log10(value)

/**
 * The K-weighted energy (mean square, channels summed) of every whole tenth of a second. One channel is counted twice:
 * it will be heard from both sides.
 */
export function energies(channels: readonly Float32Array[]): number[] {
  const length = channels[0]?.length ?? 0
  const sums = new Array<number>(Math.floor(length / step)).fill(0)
  for (const channel of channels) {
    const squares = weigh(channel)
    for (let tenth = 0; tenth < sums.length; tenth++) {
      let sum = 0
      for (let at = tenth * step; at < (tenth + 1) * step; at++) sum += squares[at] ?? 0
      sums[tenth] = (sums[tenth] ?? 0) + ((2 / channels.length) * sum) / step
    }
  }
  return sums
}

/** The squares of the K-weighted samples. */
function weigh(samples: Float32Array): Float32Array {
  const [shelf, pass] = weighting as [Biquad, Biquad]
  const out = new Float32Array(samples.length)
  let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0]
  for (let index = 0; index < samples.length; index++) {
    const x = samples[index] ?? 0
    const y = shelf.b[0] * x + shelf.b[1] * x1 + shelf.b[2] * x2 - shelf.a[0] * y1 - shelf.a[1] * y2
    const z = pass.b[0] * y + pass.b[1] * y1 + pass.b[2] * y2 - pass.a[0] * z1 - pass.a[1] * z2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    z2 = z1
    z1 = z
    out[index] = z * z
  }
  return out
}

/**
 * Integrated loudness in LUFS of consecutive tenths of a second: blocks under −70 LUFS are left out, then those more
 * than 10 LU under the mean of the rest. −Infinity when nothing is left.
 */
export function integrated(tenths: readonly number[]): number {
  const blocks: number[] = []
  let sum = 0
  tenths.forEach((energy, index) => {
    sum += energy
    if (index >= stepsInBlock) sum -= tenths[index - stepsInBlock] ?? 0
    if (index >= stepsInBlock - 1) blocks.push(Math.max(0, sum) / stepsInBlock)
  })
  const audible = blocks.filter(energy => energy > energyOf(-70))
  const floor = mean(audible) / 10
  return lufs(mean(audible.filter(energy => energy > floor)))
}
const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** BS.1770-4, annex 2: two of the four phases of the interpolator; the others are these, backwards. */
const early: readonly (readonly number[])[] = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
    0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
    0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
]
const phases = [...early, ...early.map(taps => taps.toReversed())]
/** The most that any phase can make of samples of 1: what is quieter by this can't hold the peak. */
const most = 2.03

/** The highest value the sound reaches, between its samples too, as a factor of full scale. */
export function truePeak(channels: readonly Float32Array[]): number {
  let peak = channels.reduce((most, samples) => Math.max(most, loudestOf(samples)), 0)
  for (const samples of channels)
    for (let from = 0; from < samples.length; from += 16) {
      const to = Math.min(samples.length, from + 16)
      if (loudestOf(samples, Math.max(0, from - 12), to) * most > peak)
        peak = Math.max(peak, loudestBetween(samples, from, to))
    }
  return peak
}

/** The greatest of the samples, their sign aside. */
export function loudestOf(samples: Float32Array, from = 0, to = samples.length): number {
  let peak = 0
  for (let at = from; at < to; at++) {
    const value = Math.abs(samples[at] ?? 0)
    if (value > peak) peak = value
  }
  return peak
}

function loudestBetween(samples: Float32Array, from: number, to: number): number {
  let peak = 0
  for (let at = Math.max(from, 11); at < to; at++)
    for (const taps of phases) {
      let sum = 0
      for (let tap = 0; tap < 12; tap++) sum += (taps[tap] ?? 0) * (samples[at - tap] ?? 0)
      if (sum > peak) peak = sum
      else if (-sum > peak) peak = -sum
    }
  return peak
}
