/** How near one voice's sound is to another's, whatever their pace: for judging what stretching does to speech. */
import { openSpectrum, type Spectrum } from '../../pipelines/dub/mark/spectrum.ts'

const sampleRate = 16_000
const size = 512
const [wide, hop] = [400, 80]
const [bands, coefficients] = [40, 24]
/** Frames so far below the loudest band of the sound are silence, and all alike. */
const floor = 1e-6

export type Likeness = {
  /** Mel-cepstral distortion in dB (Kubichek 1993), c₁–c₂₄, along the cheapest alignment of the two. */
  readonly distortion: (one: Float32Array, other: Float32Array) => number
  /** Harmonics against noise in dB (Boersma 1993), the mean of what is voiced. */
  readonly harmonics: (sound: Float32Array) => number
  readonly close: () => void
}

/** Sounds are mono at 16 kHz. */
export async function openLikeness(): Promise<Likeness> {
  const spectrum = await openSpectrum(size)
  const long = await openSpectrum(2048)
  return {
    distortion: (one, other) => warped(cepstra(one, spectrum), cepstra(other, spectrum)),
    harmonics: sound => harmonicity(sound, long),
    close() {
      spectrum.close()
      long.close()
    },
  }
}

const hann = (length: number) =>
  Float32Array.from({ length }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / length))
const window = hann(wide)
const mel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700)
const bandOf = (bin: number) => ((bands + 1) * mel((bin * sampleRate) / size)) / mel(sampleRate / 2)

function cepstra(sound: Float32Array, { forward }: Spectrum): readonly Float32Array[] {
  const energies: Float32Array[] = []
  for (let at = 0; at + wide <= sound.length; at += hop) {
    const values = new Float32Array(size)
    for (let index = 0; index < wide; index++) values[index] = (sound[at + index] ?? 0) * (window[index] ?? 0)
    forward(values)
    const row = new Float32Array(bands + 2)
    for (let bin = 1; bin < size / 2; bin++) {
      const energy = (values[2 * bin] ?? 0) ** 2 + (values[2 * bin + 1] ?? 0) ** 2
      const place = bandOf(bin)
      const lower = Math.floor(place)
      row[lower] = (row[lower] ?? 0) + energy * (lower + 1 - place)
      row[lower + 1] = (row[lower + 1] ?? 0) + energy * (place - lower)
    }
    energies.push(row)
  }
  const loudest = energies.reduce((most, row) => row.reduce((max, value) => Math.max(max, value), most), 0)
  return energies.map(row => {
    const logs = Float32Array.from({ length: bands }, (_, band) =>
      Math.log(Math.max(row[band + 1] ?? 0, loudest * floor)),
    )
    return Float32Array.from({ length: coefficients }, (_, k) =>
      logs.reduce((sum, log, band) => sum + log * Math.cos((Math.PI * (k + 1) * (band + 0.5)) / bands), 0),
    ).map(value => value / bands)
  })
}

/** ln to dB of a spectrum whose cepstrum is halved, as mel-cepstral distortion counts it. */
const decibels = (10 / Math.LN10) * Math.SQRT2

function warped(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  let before = new Float64Array(other.length + 1).fill(Number.POSITIVE_INFINITY)
  let steps = new Float64Array(other.length + 1)
  before[0] = 0
  for (const row of one) {
    const now = new Float64Array(other.length + 1).fill(Number.POSITIVE_INFINITY)
    const walked = new Float64Array(other.length + 1)
    other.forEach((column, j) => {
      let square = 0
      for (let k = 0; k < coefficients; k++) square += (2 * ((row[k] ?? 0) - (column[k] ?? 0))) ** 2
      const ways = [
        [before[j] ?? 0, steps[j] ?? 0],
        [before[j + 1] ?? 0, steps[j + 1] ?? 0],
        [now[j] ?? 0, walked[j] ?? 0],
      ] as const
      const [cost, count] = ways.reduce((best, way) => (way[0] < best[0] ? way : best))
      now[j + 1] = cost + decibels * Math.sqrt(square)
      walked[j + 1] = count + 1
    })
    before = now
    steps = walked
  }
  return (before.at(-1) ?? 0) / Math.max(1, steps.at(-1) ?? 1)
}

/** Three periods of the lowest voice. */
const look = 640
const [shortest, longest] = [Math.floor(sampleRate / 450), Math.ceil(sampleRate / 75)]
const looking = hann(look)

function harmonicity(sound: Float32Array, spectrum: Spectrum): number {
  const own = autocorrelation(looking, spectrum)
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const heard: number[] = []
  for (let at = 0; at + look <= sound.length; at += hop) {
    const part = sound.subarray(at, at + look)
    if (part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) < loudest * 0.05) continue
    const mean = part.reduce((sum, sample) => sum + sample, 0) / look
    const values = autocorrelation(
      part.map((sample, index) => (sample - mean) * (looking[index] ?? 0)),
      spectrum,
    )
    const at0 = (values[0] ?? 1) / (own[0] ?? 1)
    const likeness = (lag: number) => (values[lag] ?? 0) / (own[lag] ?? 1) / at0
    let best = 0
    for (let lag = shortest; lag <= longest; lag++) {
      const [left, here, right] = [likeness(lag - 1), likeness(lag), likeness(lag + 1)]
      if (here < left || here < right) continue
      const bend = 2 * here - left - right
      best = Math.max(best, here + (bend > 0 ? (right - left) ** 2 / (8 * bend) : 0))
    }
    if (best > 0.6) heard.push(10 * Math.log10(best / Math.max(1e-4, 1 - best)))
  }
  return heard.reduce((sum, value) => sum + value, 0) / Math.max(1, heard.length)
}

function autocorrelation(part: Float32Array, { forward, back, size }: Spectrum): Float32Array {
  const values = new Float32Array(size)
  values.set(part)
  forward(values)
  for (let bin = 1; bin < size / 2; bin++) {
    values[2 * bin] = (values[2 * bin] ?? 0) ** 2 + (values[2 * bin + 1] ?? 0) ** 2
    values[2 * bin + 1] = 0
  }
  values[0] = (values[0] ?? 0) ** 2
  values[1] = (values[1] ?? 0) ** 2
  back(values)
  return values
}
