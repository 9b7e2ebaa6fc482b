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

/** Bytes of steps that are kept at once; of a longer way the sections are walked again when it is traced back. */
const kept = 48_000_000

/**
 * For every frame of the recording the reference frame that is being said, or −1. States are, line by line, the silence
 * before it and its frames, and the silence after the last. Memory is that of one section of the corridor.
 */
export function cheapestPath(
  recording: Recording,
  net: Net,
  corridor: Corridor,
  costs: Costs,
  room = kept,
): Int32Array {
  const states = lay(net.lines)
  const { frames } = recording
  const within = (frame: number): [number, number] => {
    const [wantedLow, wantedHigh] = corridor(frame)
    const low = Math.max(0, Math.min(states.count - 1, wantedLow))
    return [low, Math.max(low + 1, Math.min(states.count, wantedHigh))]
  }
  const sections = [0]
  let bytes = 0
  for (let frame = 0; frame < frames; frame++) {
    const [low, high] = within(frame)
    bytes += high - low
    if (bytes <= room) continue
    sections.push(frame)
    bytes = high - low
  }
  const walk = openWalk(recording, net, states, within, costs)
  const marks = sections.map((from, at) => {
    const mark = walk.mark()
    walk.on(from, sections[at + 1] ?? frames)
    return mark
  })
  const path = new Int32Array(frames).fill(-1)
  let state = walk.end()
  for (let at = sections.length - 1; at >= 0; at--) {
    const [from = 0, mark] = [sections[at], marks[at]]
    if (at < sections.length - 1 && mark) walk.again(mark, from, sections[at + 1] ?? frames)
    state = walk.trace(path, from, state)
  }
  return path
}

/** What must be known of a frame to go on from it. */
type Mark = { readonly low: number; readonly costs: Float32Array }

function openWalk(
  { features, idle }: Recording,
  net: Net,
  states: ReturnType<typeof lay>,
  within: Corridor,
  costs: Costs,
) {
  const { lines, reference, wide, pauses } = net
  const { count, said, lineOf, silences } = states
  let before = new Float32Array(count).fill(Number.POSITIVE_INFINITY)
  let now = new Float32Array(count).fill(Number.POSITIVE_INFINITY)
  let steps: Uint8Array[] = []
  let lows: number[] = []
  let [lowBefore, highBefore] = [0, 0]
  const was = (state: number) =>
    state >= lowBefore && state < highBefore ? (before[state] ?? 0) : Number.POSITIVE_INFINITY

  function go(frame: number): void {
    const [low, high] = within(frame)
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

  /** Where the frame before was reached from, for every state of its corridor. */
  function trace(path: Int32Array, from: number, last: number): number {
    let state = last
    for (let frame = from + steps.length - 1; frame >= from; frame--) {
      const back = () => steps[frame - from]?.[state - (lows[frame - from] ?? 0)] ?? 0
      while (back() === skippedLine) state = silences[(lineOf[state] ?? 1) - 1] ?? 0
      path[frame] = said[state] ?? -1
      if (frame > 0) state = Math.max(0, state - back())
    }
    return state
  }

  function on(from: number, to: number): void {
    steps = []
    lows = []
    for (let frame = from; frame < to; frame++) go(frame)
  }

  return {
    on,
    trace,
    mark: (): Mark => ({ low: lowBefore, costs: before.slice(lowBefore, highBefore) }),
    again: (mark: Mark, from: number, to: number) => {
      lowBefore = mark.low
      highBefore = mark.low + mark.costs.length
      before.set(mark.costs, mark.low)
      on(from, to)
    },
    /** The cheaper of the two states in which it may end: the last line's last frame and the silence after it. */
    end: () => (was(count - 2) < was(count - 1) ? count - 2 : count - 1),
  }
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
