/**
 * Time-stretching of speech by waveform similarity (WSOLA; Verhelst & Roelands, ICASSP 1993): overlapping frames are
 * taken from the sound at another pace than they are laid down, each shifted a little to where it continues the one
 * before it best, so that pitch periods stay whole. The length comes out exact because frames are laid on a fixed grid.
 */

/** Samples at 48 kHz. 20 ms frames with half of it overlapping hold two periods of a low voice. */
const frame = 960
const hop = frame / 2
/** How far a frame may be shifted: a period of an 80 Hz voice. */
const tolerance = 600
/** The search looks at every third sample first, then around the best. */
const coarse = 3

/** The rising half of a Hann window; it and its mirror add up to 1. */
const rise = Float32Array.from({ length: hop }, (_, at) => 0.5 - 0.5 * Math.cos((Math.PI * (at + 0.5)) / hop))

/**
 * The sound with its pitch kept, made to last exactly `length` samples. It begins and ends as the sound does.
 * @param samples mono, 48 kHz
 */
export function stretch(samples: Float32Array, length: number): Float32Array {
  if (length === samples.length) return samples.slice()
  if (samples.length <= frame || length <= frame) return bend(samples, length)
  const out = new Float32Array(length)
  out.set(samples.subarray(0, frame))
  const pace = (samples.length - frame) / (length - frame)
  let taken = 0
  for (let at = hop; at + hop < length; at += hop) {
    const left = length - at
    // What is left at the end is the end, wherever the search would have gone.
    taken = left <= frame ? samples.length - left : follow(samples, taken + hop, Math.round(at * pace))
    for (let index = 0; index < Math.min(frame, left); index++) {
      const fresh = samples[taken + index] ?? 0
      const weight = rise[index] ?? 1
      out[at + index] = (out[at + index] ?? 0) * (1 - weight) + fresh * weight
    }
  }
  return out
}

/** The place near `ideal` whose sound is most like the one at `natural`, where the last frame would go on. */
function follow(samples: Float32Array, natural: number, ideal: number): number {
  const lowest = Math.max(0, ideal - tolerance)
  const highest = Math.min(samples.length - frame, ideal + tolerance)
  if (natural >= lowest && natural <= highest) return natural
  const around = best(samples, natural, lowest, highest, coarse)
  return best(
    samples,
    natural,
    Math.max(lowest, around - coarse + 1),
    Math.min(highest, around + coarse - 1),
    1,
  )
}

function best(
  samples: Float32Array,
  natural: number,
  lowest: number,
  highest: number,
  stride: number,
): number {
  let [found, most] = [lowest, Number.NEGATIVE_INFINITY]
  for (let place = lowest; place <= highest; place += stride) {
    let [product, energy] = [0, 1e-9]
    for (let index = 0; index < hop; index += stride) {
      const other = samples[place + index] ?? 0
      product += other * (samples[natural + index] ?? 0)
      energy += other * other
    }
    const likeness = product / Math.sqrt(energy)
    if (likeness > most) {
      most = likeness
      found = place
    }
  }
  return found
}

/** For clicks and breaths shorter than a frame, where there is no pitch to keep. */
function bend(samples: Float32Array, length: number): Float32Array {
  const pace = length > 1 ? (samples.length - 1) / (length - 1) : 0
  return Float32Array.from({ length }, (_, at) => {
    const place = at * pace
    const [left, right] = [samples[Math.floor(place)] ?? 0, samples[Math.ceil(place)] ?? 0]
    return left + (right - left) * (place - Math.floor(place))
  })
}
