import { leaping, type States } from './states.ts'
import { skippedLine } from './steps.ts'

export type Costs = {
  /** A frame of the reference that takes two of the recording; that is left out; and a frame of a line left out whole. */
  readonly stay: number
  readonly skip: number
  readonly skipLine: number
}

/** A pause within a line costs more than one between two: silences are first of all between lines. */
const pauseCost = 1.5
/** So many places before the first state: to read outside an array would make every reading of it slow. */
const room = 3

/** How far frames are apart: of the recording's frame from those of the reference, the first of them at `first`. */
export type Apart = { readonly values: Float32Array; readonly from: number; readonly first: number }

/** Walks frame by frame: fills in the steps and gives what every state costs, which holds until the next but one. */
export function openWalk(idle: Float32Array, pauses: Uint8Array, states: States, costs: Costs) {
  const { count, said, reach, lineOf, silences } = states
  const { stay, skip, skipLine } = costs
  const far = Number.POSITIVE_INFINITY
  let before = new Float32Array(room + count).fill(far)
  let now = new Float32Array(room + count).fill(far)
  before[room] = 0
  let [lowBefore, highBefore, lowOld, highOld] = [0, 1, 0, 0]

  return (frame: number, low: number, high: number, step: Uint8Array, apart: Apart): Float32Array => {
    now.fill(far, room + lowOld, room + highOld)
    const waiting = idle[frame] ?? 0
    const slow = frame > 0 ? stay : 0
    const { values } = apart
    const shift = apart.from - apart.first
    for (let state = low; state < high; state++) {
      const at = said[state] ?? -1
      const ways = reach[state] ?? 1
      const here = before[room + state] ?? far
      let best = at < 0 ? here : here + slow
      let back = 0
      const one = before[room + state - 1] ?? far
      if (one < best) {
        best = one
        back = 1
      }
      if (ways !== 1) {
        const two = (before[room + state - 2] ?? far) + (ways === leaping ? 0 : skip)
        if (two < best) {
          best = two
          back = 2
        }
        if (ways === 3) {
          const three = (before[room + state - 3] ?? far) + 2 * skip
          if (three < best) {
            best = three
            back = 3
          }
        }
      }
      if (at < 0) best += waiting
      else {
        best += values[shift + at] ?? 0
        const pause = pauses[at] === 1 && frame > 0 ? here + waiting + pauseCost : far
        if (pause < best) {
          best = pause
          back = 0
        }
      }
      now[room + state] = best
      step[state - low] = back
    }
    const last = lineOf[high - 1] ?? 0
    for (let line = (lineOf[low] ?? 0) + 1; line <= last; line++) {
      const [from = 0, to = 0] = [silences[line - 1], silences[line]]
      if (to >= high || from < low) continue
      const cost = (now[room + from] ?? far) + skipLine * (to - from - 1)
      if (cost >= (now[room + to] ?? far)) continue
      now[room + to] = cost
      step[to - low] = skippedLine
    }
    ;[before, now] = [now, before]
    ;[lowOld, highOld, lowBefore, highBefore] = [lowBefore, highBefore, low, high]
    return before.subarray(room)
  }
}
