import { decode, wordLength } from './code.ts'
import { bands, chipsOf, frames, framesInSlot, type Pattern, slots } from './pattern.ts'

/** What of a mark was found. Scores are in standard deviations of what the same test says of the same sound elsewhere. */
export type Heard = {
  /** How sure it is that a mark of this key is here. */
  readonly score: number
  /** What the mark says, where enough of it was left to be read. */
  readonly id?: string
  /** The score of the pilot and the id together. */
  readonly whole?: number
  /** How much faster than its original it plays. */
  readonly scale: number
  /** Where in the pattern the sound begins, in frames of 16 ms. */
  readonly phase: number
}

/** How the level of a frame follows from the slots around it: windows overlap. */
const shape = [0.25, 0.85, 1, 0.85, 0.25] as const

/** The evidence of all rounds of the pattern laid one over the other, as it is when the sound plays `scale` times as fast. */
export function fold(evidence: Float32Array, scale: number): Float32Array {
  const sums = new Float32Array(frames * bands)
  const count = evidence.length / bands
  if (scale === 1) {
    for (let at = 0, to = 0; at < evidence.length; at++, to++) {
      if (to === sums.length) to = 0
      sums[to] = (sums[to] ?? 0) + (evidence[at] ?? 0)
    }
    return sums
  }
  for (let frame = 0; ; frame++) {
    const place = frame / scale
    const row = Math.floor(place)
    if (row + 1 >= count) return sums
    const late = place - row
    const [from, to] = [row * bands, (frame % frames) * bands]
    for (let band = 0; band < bands; band++)
      sums[to + band] =
        (sums[to + band] ?? 0) +
        (1 - late) * (evidence[from + band] ?? 0) +
        late * (evidence[from + bands + band] ?? 0)
  }
}

/** For every frame that the pattern may begin in: what its slots got, cell by cell. */
function cellsAt(folded: Float32Array, phase: number, cells: Float32Array): void {
  cells.fill(0)
  for (let slot = 0; slot < slots; slot++)
    for (const [late, weight] of shape.entries()) {
      const row = (slot * framesInSlot + late - 1 - phase + 2 * frames) % frames
      for (let band = 0; band < bands; band++)
        cells[slot * bands + band] =
          (cells[slot * bands + band] ?? 0) + weight * (folded[row * bands + band] ?? 0)
    }
}

/** How well the signs fit at every phase, in standard deviations over all phases. */
export function scores(folded: Float32Array, signs: Int8Array): Float32Array {
  // Cells of one third of a slot are the same at every third phase, a slot on: the sums over frames are made once.
  const shaped = new Float32Array(folded.length)
  for (let row = 0; row < frames; row++)
    for (const [late, weight] of shape.entries()) {
      const from = ((row + late - 1 + frames) % frames) * bands
      for (let band = 0; band < bands; band++)
        shaped[row * bands + band] = (shaped[row * bands + band] ?? 0) + weight * (folded[from + band] ?? 0)
    }
  const used: number[] = []
  for (let cell = 0; cell < signs.length; cell++) if (signs[cell]) used.push(cell)
  const offsets = Int32Array.from(
    used,
    cell => Math.floor(cell / bands) * framesInSlot * bands + (cell % bands),
  )
  const values = Float32Array.from(used, cell => signs[cell] ?? 0)
  const fits = new Float32Array(frames)
  for (let phase = 0; phase < frames; phase++) {
    const shift = (frames - phase) * bands
    let sum = 0
    for (let at = 0; at < offsets.length; at++) {
      let from = (offsets[at] ?? 0) + shift
      if (from >= shaped.length) from -= shaped.length
      sum += (values[at] ?? 0) * (shaped[from] ?? 0)
    }
    fits[phase] = sum
  }
  return standardised(fits)
}

/** By median and mean absolute deviation, which a true peak does not move. */
function standardised(fits: Float32Array): Float32Array {
  const middle = median(fits)
  const deviation = 1.4826 * median(fits.map(fit => Math.abs(fit - middle))) + 1e-9
  return fits.map(fit => (fit - middle) / deviation)
}
const median = (values: Float32Array) => values.slice().sort()[values.length >> 1] ?? 0

/** How many of the likeliest places are tried to be read, and how likely they must be: see docs/decisions/marks.md. */
const tries = 4
const worthReading = 4.5

/** The best place of the mark at any of these scales, and what it says there. */
export function search(evidence: Float32Array, pattern: Pattern, scales: readonly number[]): Heard {
  const found = scales
    .map(scale => {
      const fits = scores(fold(evidence, scale), pattern.pilot)
      const phase = peak(fits)
      return { scale, phase, score: fits[phase] ?? 0 }
    })
    .sort((a, b) => b.score - a.score)
  for (const place of found.slice(0, tries).filter(({ score }) => score >= worthReading)) {
    const read = readAt(fold(evidence, place.scale), pattern, place.phase)
    if (read) return { ...place, ...read }
  }
  return found[0] ?? { score: 0, scale: 1, phase: 0 }
}

function readAt(folded: Float32Array, pattern: Pattern, phase: number) {
  const cells = new Float32Array(slots * bands)
  cellsAt(folded, phase, cells)
  const soft = new Float32Array(wordLength)
  for (let cell = 0; cell < cells.length; cell++) {
    const place = pattern.place[cell] ?? -1
    if (place >= 0) soft[place] = (soft[place] ?? 0) + (cells[cell] ?? 0) * (pattern.sign[cell] ?? 0)
  }
  const id = decode(soft)
  return id === undefined ? undefined : { id, whole: scores(folded, chipsOf(pattern, id))[phase] ?? 0 }
}

/** Where the greatest of them stands. */
export function peak(values: Float32Array): number {
  let best = 0
  for (let at = 1; at < values.length; at++) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at
  return best
}
