/**
 * How high a voice speaks and how its spectrum leans, measured and changed: autocorrelation (Boersma 1993, simplified),
 * TD-PSOLA (Moulines & Charpentier 1990), and bands of biquads (RBJ cookbook). No voice is learned here: four handfuls of
 * numbers are all that is taken of one.
 */
import { resample } from '../resample.ts'

/** Pitch every `hop` samples, in Hz; 0 where nothing is voiced. */
export type Contour = { readonly hop: number; readonly hertz: Float32Array }

const [lowest, highest] = [60, 450]
const low = 8000

/** The contour of a mono sound, every 10 ms. It is looked at 8000 times a second: that is enough for any voice. */
export function contourOf(samples: Float32Array, sampleRate: number): Contour {
  const small = resample(samples, sampleRate, low)
  const step = low / 100
  const [shortest, longest] = [Math.floor(low / highest), Math.ceil(low / lowest)]
  const window = 2 * longest
  const hertz = new Float32Array(Math.max(0, Math.floor(small.length / step)))
  const loudest = small.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  for (let frame = 0; frame < hertz.length; frame++) {
    const from = Math.max(0, Math.min(small.length - window - longest, frame * step - longest))
    hertz[frame] = periodAt(small, from, window, shortest, longest, loudest)
  }
  return { hop: sampleRate / 100, hertz: smooth(hertz) }
}

function periodAt(
  samples: Float32Array,
  from: number,
  window: number,
  shortest: number,
  longest: number,
  loudest: number,
): number {
  let own = 0
  for (let at = 0; at < window; at++) own += (samples[from + at] ?? 0) ** 2
  if (own < window * (loudest * 0.03) ** 2) return 0
  const likeness = new Float32Array(longest + 1)
  let best = 0
  for (let lag = shortest; lag <= longest; lag++) {
    let [product, energy] = [0, 1e-9]
    for (let at = 0; at < window; at++) {
      const other = samples[from + at + lag] ?? 0
      product += other * (samples[from + at] ?? 0)
      energy += other * other
    }
    likeness[lag] = product / Math.sqrt(energy * own)
    best = Math.max(best, likeness[lag] ?? 0)
  }
  if (best < 0.6) return 0
  // The shortest period that is nearly as good: multiples of it are as good as it is.
  for (let lag = shortest + 1; lag < longest; lag++) {
    const [before, here, after] = [likeness[lag - 1] ?? 0, likeness[lag] ?? 0, likeness[lag + 1] ?? 0]
    if (here < 0.9 * best || here < before || here < after) continue
    const bend = before - 2 * here + after
    return low / (lag + (bend === 0 ? 0 : (before - after) / (2 * bend)))
  }
  return 0
}

/** A median over five frames: single leaps are errors. */
const smooth = (hertz: Float32Array) =>
  hertz.map((own, at) => (own === 0 ? 0 : (median(hertz.slice(Math.max(0, at - 2), at + 3)) ?? own)))

function median(values: Iterable<number>): number | undefined {
  const voiced = [...values].filter(value => value > 0).sort((a, b) => a - b)
  return voiced[voiced.length >> 1]
}

/** The middle of a voice's pitch in Hz, and how far most of it lies from there, in semitones (half of 10 % to 90 %). */
export type Register = { readonly middle: number; readonly range: number }

export function registerOf({ hertz }: Contour): Register | undefined {
  const voiced = [...hertz].filter(value => value > 0).sort((a, b) => a - b)
  if (voiced.length < 20) return undefined
  const at = (share: number) => voiced[Math.floor(share * (voiced.length - 1))] ?? 1
  return { middle: at(0.5), range: 6 * Math.log2(at(0.9) / at(0.1)) }
}

/** The sound with its pitch bent from one register into another and its times as they were. */
export function bendPitch(
  samples: Float32Array,
  { hop, hertz }: Contour,
  sampleRate: number,
  from: Register,
  to: Register,
): Float32Array {
  // More than twice the range, or less than half, is caricature.
  const spread = Math.min(2, Math.max(0.5, to.range / Math.max(0.5, from.range)))
  const pitchAt = (place: number) => hertz[Math.min(hertz.length - 1, Math.floor(place / hop))] ?? 0
  const wanted = (own: number) => to.middle * (own / from.middle) ** spread
  const unvoiced = sampleRate / 200
  const marks: { readonly at: number; readonly period: number }[] = []
  for (let at = 0; at < samples.length; ) {
    const own = pitchAt(at)
    const period = own > 0 ? sampleRate / own : unvoiced
    marks.push({ at: own > 0 ? peakNear(samples, at, period / 4) : at, period })
    at = Math.max(at + period / 2, (marks.at(-1)?.at ?? at) + period)
  }
  const out = new Float32Array(samples.length)
  const weight = new Float32Array(samples.length)
  let nearest = 0
  for (let at = marks[0]?.at ?? samples.length; at < samples.length; ) {
    while (nearest + 1 < marks.length && gap(marks[nearest + 1], at) <= gap(marks[nearest], at)) nearest++
    const mark = marks[nearest]
    if (!mark) break
    lay(samples, out, weight, mark, Math.round(at))
    const own = pitchAt(mark.at)
    at += own > 0 ? sampleRate / Math.min(600, Math.max(50, wanted(own))) : mark.period
  }
  for (let at = 0; at < out.length; at++) out[at] = (out[at] ?? 0) / Math.max(0.5, weight[at] ?? 0)
  return out
}

const gap = (mark: { readonly at: number } | undefined, at: number) =>
  mark ? Math.abs(mark.at - at) : Number.POSITIVE_INFINITY

function peakNear(samples: Float32Array, at: number, reach: number): number {
  let [best, most] = [Math.round(at), Number.NEGATIVE_INFINITY]
  for (let place = Math.round(at); place <= at + reach && place < samples.length; place++)
    if ((samples[place] ?? 0) > most) [best, most] = [place, samples[place] ?? 0]
  return best
}

/** One grain of two periods around a mark, laid around another place. */
function lay(
  samples: Float32Array,
  out: Float32Array,
  weight: Float32Array,
  mark: { readonly at: number; readonly period: number },
  to: number,
): void {
  const reach = Math.round(mark.period)
  for (let offset = -reach; offset <= reach; offset++) {
    const share = 0.5 + 0.5 * Math.cos((Math.PI * offset) / reach)
    const place = to + offset
    if (place < 0 || place >= out.length) continue
    out[place] = (out[place] ?? 0) + share * (samples[mark.at + offset] ?? 0)
    weight[place] = (weight[place] ?? 0) + share
  }
}

/** Centres of the bands by which a spectrum's lean is told. An octave each. */
const centres = [125, 250, 500, 1000, 2000, 4000] as const
/** What is more than this is no lean but another voice; facts measured that it harms. dB. */
const most = 6

/** The level of every band against their mean, in dB. */
export function leanOf(samples: Float32Array, sampleRate: number): readonly number[] {
  const levels = centres.map(centre => {
    const band = filtered(samples, bandpass(centre, sampleRate))
    return 10 * Math.log10(band.reduce((sum, sample) => sum + sample * sample, 1e-9) / (band.length + 1))
  })
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length
  return levels.map(level => level - mean)
}

/** The sound leaning as another does, each band by 6 dB at most. */
export function lean(
  samples: Float32Array,
  sampleRate: number,
  from: readonly number[],
  to: readonly number[],
): Float32Array {
  return centres.reduce((sound, centre, index) => {
    const gain = Math.min(most, Math.max(-most, (to[index] ?? 0) - (from[index] ?? 0)))
    return filtered(sound, peaking(centre, gain, sampleRate))
  }, samples)
}

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

function bandpass(centre: number, sampleRate: number): Biquad {
  const [turn, alpha] = angle(centre, sampleRate)
  const a0 = 1 + alpha
  return [alpha / a0, 0, -alpha / a0, (-2 * Math.cos(turn)) / a0, (1 - alpha) / a0]
}

function peaking(centre: number, gain: number, sampleRate: number): Biquad {
  const [turn, alpha] = angle(centre, sampleRate)
  const root = 10 ** (gain / 40)
  const a0 = 1 + alpha / root
  const cosine = -2 * Math.cos(turn)
  return [(1 + alpha * root) / a0, cosine / a0, (1 - alpha * root) / a0, cosine / a0, (1 - alpha / root) / a0]
}

/** Quality √2: an octave between its edges. */
const angle = (centre: number, sampleRate: number) => {
  const turn = (2 * Math.PI * Math.min(centre, 0.45 * sampleRate)) / sampleRate
  return [turn, Math.sin(turn) / (2 * Math.SQRT2)] as const
}

function filtered(samples: Float32Array, [b0, b1, b2, a1, a2]: Biquad): Float32Array {
  const out = new Float32Array(samples.length)
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  for (let at = 0; at < samples.length; at++) {
    const x = samples[at] ?? 0
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    out[at] = y
    ;[x2, x1, y2, y1] = [x1, x, y1, y]
  }
  return out
}
