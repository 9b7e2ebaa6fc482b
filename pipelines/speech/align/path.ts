/** The cheapest way through a recording: a line of the script after the other, with whatever is between them. */

/** A line's frames in the reference: [from, to). */
export type Stretch = { readonly from: number; readonly to: number }

export type Net = {
  readonly lines: readonly Stretch[]
  /** Features of the reference, row after row. */
  readonly reference: Float32Array
  readonly wide: number
  /** 1 at the frames in which a word ends: there the speaker may pause. */
  readonly pauses: Uint8Array
}
export type Recording = {
  readonly frames: number
  readonly features: Float32Array
  /** For every frame what it costs to say that no line is being said. */
  readonly idle: Float32Array
}
export type Costs = {
  /** A frame of the reference that takes two of the recording; that is left out; and a frame of a line left out whole. */
  readonly stay: number
  readonly skip: number
  readonly skipLine: number
  /** Frames of the reference at most in one of the recording. */
  readonly fastest: number
}
/** States that may be looked at in a frame: [low, high). State 0 is the silence before the first line. */
export type Corridor = (frame: number) => readonly [low: number, high: number]

/** A pause within a line costs more than one between two: silences are first of all between lines. */
const pauseCost = 1.5
const skippedLine = 200

/**
 * For every frame of the recording the reference frame that is being said, or −1. States are, line by line, the silence
 * before it and its frames, and the silence after the last. Memory is that of the corridor.
 */
export function cheapestPath(
  { frames, features, idle }: Recording,
  net: Net,
  corridor: Corridor,
  costs: Costs,
): Int32Array {
  const { lines, reference, wide, pauses } = net
  const states = lay(lines)
  const { count, said, lineOf, silences } = states
  let before = new Float32Array(count).fill(Number.POSITIVE_INFINITY)
  let now = new Float32Array(count).fill(Number.POSITIVE_INFINITY)
  const steps: Uint8Array[] = []
  const lows: number[] = []
  let [lowBefore, highBefore] = [0, 0]
  const was = (state: number) =>
    state >= lowBefore && state < highBefore ? (before[state] ?? 0) : Number.POSITIVE_INFINITY

  for (let frame = 0; frame < frames; frame++) {
    const [wantedLow, wantedHigh] = corridor(frame)
    const low = Math.max(0, Math.min(count - 1, wantedLow))
    const high = Math.max(low + 1, Math.min(count, wantedHigh))
    const step = new Uint8Array(high - low)
    for (let state = low; state < high; state++) {
      const at = said[state] ?? -1
      const line = lines[lineOf[state] ?? 0]
      let best = Number.POSITIVE_INFINITY
      let back = 0
      const take = (cost: number, by: number) => {
        if (cost < best) [best, back] = [cost, by]
      }
      let distance = idle[frame] ?? 0
      if (frame === 0) {
        if (state === 0 || (at >= 0 && line?.from === at && lineOf[state] === 0)) best = 0
        if (at >= 0) distance = distanceOf(features, frame, reference, at, wide)
      } else if (at < 0) {
        take(was(state), 0)
        if (state > 0) take(was(state - 1), 1)
        if (state > 1 && (said[state - 2] ?? -1) >= 0) take(was(state - 2), 2)
      } else {
        take(was(state) + costs.stay, 0)
        take(was(state - 1), 1)
        for (let by = 2; by <= costs.fastest && at - by >= (line?.from ?? 0); by++)
          take(was(state - by) + costs.skip * (by - 1), by)
        // Straight from the line before, without a silence between.
        if (line?.from === at && state > 1) take(was(state - 2), 2)
        distance = distanceOf(features, frame, reference, at, wide)
        const pause = was(state) + (idle[frame] ?? 0) + pauseCost
        if (pauses[at] && pause < best + distance) [best, back, distance] = [pause, 0, 0]
      }
      now[state] = best + distance
      step[state - low] = back
    }
    for (let line = 1; line <= lines.length; line++) {
      const [from = 0, to = 0] = [silences[line - 1], silences[line]]
      if (to < low || to >= high || from < low) continue
      const cost =
        (now[from] ?? 0) + costs.skipLine * ((lines[line - 1]?.to ?? 0) - (lines[line - 1]?.from ?? 0))
      if (cost < (now[to] ?? 0)) {
        now[to] = cost
        step[to - low] = skippedLine
      }
    }
    steps.push(step)
    lows.push(low)
    ;[before, now] = [now, before]
    ;[lowBefore, highBefore] = [low, high]
  }
  return trace(states, steps, lows, was)
}

function lay(lines: readonly Stretch[]) {
  const count = lines.reduce((sum, { from, to }) => sum + to - from + 1, 1)
  const said = new Int32Array(count).fill(-1)
  const lineOf = new Int32Array(count)
  const silences = new Int32Array(lines.length + 1)
  let state = 0
  lines.forEach(({ from, to }, line) => {
    silences[line] = state
    lineOf[state++] = line
    for (let at = from; at < to; at++) {
      said[state] = at
      lineOf[state++] = line
    }
  })
  silences[lines.length] = state
  lineOf[state] = lines.length
  return { count, said, lineOf, silences }
}

function trace(
  { count, said, lineOf, silences }: ReturnType<typeof lay>,
  steps: readonly Uint8Array[],
  lows: readonly number[],
  end: (state: number) => number,
): Int32Array {
  const path = new Int32Array(steps.length).fill(-1)
  let state = end(count - 2) < end(count - 1) ? count - 2 : count - 1
  for (let frame = steps.length - 1; frame >= 0; frame--) {
    const back = () => steps[frame]?.[state - (lows[frame] ?? 0)] ?? 0
    while (back() === skippedLine) state = silences[(lineOf[state] ?? 1) - 1] ?? 0
    path[frame] = said[state] ?? -1
    if (frame > 0) state = Math.max(0, state - back())
  }
  return path
}

/** Half the mean square: 1 for two frames that have nothing to do with each other. */
function distanceOf(a: Float32Array, frame: number, b: Float32Array, at: number, wide: number): number {
  const [from, to] = [frame * wide, at * wide]
  let sum = 0
  for (let k = 0; k < wide; k++) {
    const apart = (a[from + k] ?? 0) - (b[to + k] ?? 0)
    sum += apart * apart
  }
  return sum / (2 * wide)
}
