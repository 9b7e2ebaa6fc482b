/** Zero crossings of the sinc on either side, for ears: −90 dB beyond the edge of what can be kept. */
const fine = 32
const kaiser = 9

/**
 * Another number of samples a second, by a windowed sinc of which every phase is computed once.
 * @param reach zero crossings of the filter on either side: fewer are quicker, and less sharp at the edge
 * @returns round(length × to ÷ from) samples; the first of them at the instant of the first given
 */
export function resample(samples: Float32Array, from: number, to: number, reach = fine): Float32Array {
  if (from === to) return samples
  const common = divisor(from, to)
  const [up, down] = [to / common, from / common]
  const { half, phases } = filterOf(up, down, reach)
  const out = new Float32Array(Math.round((samples.length * to) / from))
  const padded = new Float32Array(samples.length + 4 * half) // silence around it: reading outside an array is slow
  padded.set(samples, 2 * half)
  for (let at = 0; at < out.length; at++) {
    const place = at * down
    const first = Math.floor(place / up) + half + 1
    const taps = phases[place % up]
    if (!taps) continue
    let sum = 0
    for (let tap = 0; tap < taps.length; tap++) sum += (taps[tap] ?? 0) * (padded[first + tap] ?? 0)
    out[at] = sum
  }
  return out
}

type Filter = { readonly half: number; readonly phases: readonly Float64Array[] }
/** An engine has one rate, so the same filter is wanted for every phrase. */
const filters = new Map<string, Filter>()

function filterOf(up: number, down: number, reach: number): Filter {
  const name = `${up}/${down}/${reach}`
  const known = filters.get(name)
  if (known) return known
  const edge = Math.min(1, up / down) * 0.95 // leaves the window room to fall before half the lower rate
  const half = Math.ceil(reach / edge)
  const phases = Array.from({ length: up }, (_, phase) => kernel(phase / up, half, edge))
  if (filters.size < 8) filters.set(name, { half, phases })
  return { half, phases }
}

/** The weights of the 2 × half samples around a place that lies `fraction` of a sample after the half-th of them. */
function kernel(fraction: number, half: number, edge: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - half + 1 - fraction
    const window = bessel(kaiser * Math.sqrt(Math.max(0, 1 - (distance / half) ** 2))) / bessel(kaiser)
    return window * sinc(distance * edge) * edge
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map(tap => tap / sum)
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** The modified Bessel function of the first kind and order zero, by its power series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1]
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / 2 / k) ** 2
    sum += term
  }
  return sum
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
