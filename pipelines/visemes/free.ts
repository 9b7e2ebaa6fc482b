/** Shapes heard without knowing the words: the best way through the rows when every change costs something (Viterbi). */
import { visemes } from './phones.ts'
import { behindTeeth, columns, little } from './scores.ts'

/** What a change costs, in nats: less flutters, more holds closures open. From one shape behind the teeth to another it is as little as what tells them apart. */
const changeCost = 3
/** A way that is this old is settled: what is heard later no longer changes it. */
const lag = 150

/** Takes scores block by block and gives the shapes that are settled, in order; at the end the rest. */
export type Walk = {
  readonly take: (scores: Float32Array, rows: number) => Uint8Array
  readonly end: () => Uint8Array
}

export function openWalk(): Walk {
  const wide = visemes.length
  let best = new Float64Array(wide)
  let next = new Float64Array(wide)
  let backs: Uint8Array[] = []

  function step(scores: Float32Array, row: number): void {
    const top = indexOfMost(best)
    const near = indexOfMost(best, behindTeeth)
    const back = new Uint8Array(wide)
    for (let shape = 0; shape < wide; shape++) {
      let from = shape
      let value = best[shape] ?? 0
      const changed = (best[top] ?? 0) - changeCost
      if (changed > value) [from, value] = [top, changed]
      const turned = (best[near] ?? 0) - little * changeCost
      if (behindTeeth[shape] && turned > value) [from, value] = [near, turned]
      back[shape] = from
      next[shape] = value + (scores[row * columns + shape] ?? 0)
    }
    const most = next[indexOfMost(next)] ?? 0
    for (let shape = 0; shape < wide; shape++) next[shape] = (next[shape] ?? 0) - most
    ;[best, next] = [next, best]
    backs.push(back)
  }

  /** The best way's shapes, all but the last so many, which stay open. */
  function settle(open: number): Uint8Array {
    const path = new Uint8Array(backs.length)
    let shape = indexOfMost(best)
    for (let row = backs.length - 1; row >= 0; row--) {
      path[row] = shape
      shape = backs[row]?.[shape] ?? shape
    }
    const settled = Math.max(0, backs.length - open)
    backs = backs.slice(settled)
    return path.slice(0, settled)
  }

  return {
    take(scores, rows) {
      for (let row = 0; row < rows; row++) step(scores, row)
      return settle(lag)
    },
    end: () => settle(0),
  }
}

/** The first of the largest, of all or of those in a group. */
function indexOfMost(values: Float64Array, group?: readonly boolean[]): number {
  let most = group ? group.indexOf(true) : 0
  for (let at = most + 1; at < values.length; at++)
    if ((group?.[at] ?? true) && (values[at] ?? 0) > (values[most] ?? 0)) most = at
  return most
}
