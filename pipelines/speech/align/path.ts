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

/** Bytes of steps that are held at once. */
const held = 16_000_000

/**
 * For every frame of the recording the reference frame that is being said, or −1. States are, line by line, the silence
 * before it and its frames, and the silence after the last. Of a way whose steps take more than `room` bytes, the part is
 * settled that all ways share which may still win; where they don't share half of what is held, that of the best.
 */
export function cheapestPath(
  recording: Recording,
  net: Net,
  corridor: Corridor,
  costs: Costs,
  room = held,
): Int32Array {
  const { frames } = recording
  const states = lay(net.lines, costs.fastest)
  const steps = openSteps(states)
  const go = openWalk(recording, net, states, costs)
  const path = new Int32Array(frames).fill(-1)
  let costly: Float32Array = new Float32Array(states.count)
  for (let frame = 0; frame < frames; frame++) {
    const [wantedLow, wantedHigh] = corridor(frame)
    const low = Math.max(0, Math.min(states.count - 1, wantedLow))
    const high = Math.max(low + 1, Math.min(states.count, wantedHigh))
    costly = go(frame, low, high, steps.add(low, high))
    if (steps.bytes() > room) steps.settle(path, costly)
  }
  const { count } = states
  steps.trace(path, (costly[count - 2] ?? 0) < (costly[count - 1] ?? 0) ? count - 2 : count - 1)
  return path
}

/** Walks frame by frame: fills in the steps and gives what every state costs, which holds until the next but one. */
function openWalk({ features, idle }: Recording, net: Net, states: States, costs: Costs) {
  const { reference, wide, pauses } = net
  const { count, said, fast, leap, lineOf, silences } = states
  const { stay, skip, skipLine } = costs
  const far = Number.POSITIVE_INFINITY
  let before = new Float32Array(count).fill(far)
  let now = new Float32Array(count).fill(far)
  let [lowBefore, highBefore, lowOld, highOld] = [0, 0, 0, 0]

  return (frame: number, low: number, high: number, step: Uint8Array): Float32Array => {
    now.fill(far, lowOld, highOld)
    const waiting = idle[frame] ?? 0
    const slow = frame > 0 ? stay : 0
    for (let state = low; state < high; state++) {
      const at = said[state] ?? -1
      let best = before[state] ?? far
      let back = 0
      if (frame === 0) best = state === 0 || state === 1 ? 0 : far
      const pause = at >= 0 && pauses[at] && frame > 0 ? best + waiting + pauseCost : far
      if (at >= 0) best += slow
      // A silence is also reached from the line's frame before its last, a line's first frame from the line before.
      const reach = fast[state] ?? 1
      for (let by = 1; by <= reach; by++) {
        const cost = (before[state - by] ?? far) + skip * (by - 1)
        if (cost < best) {
          best = cost
          back = by
        }
      }
      if (leap[state] && (before[state - 2] ?? far) < best) {
        best = before[state - 2] ?? far
        back = 2
      }
      if (at < 0) best += waiting
      else if (best < far) best += distanceOf(features, frame, reference, at, wide)
      now[state] = pause < best ? pause : best
      step[state - low] = pause < best ? 0 : back
    }
    const last = lineOf[high - 1] ?? 0
    for (let line = (lineOf[low] ?? 0) + 1; line <= last; line++) {
      const [from = 0, to = 0] = [silences[line - 1], silences[line]]
      if (to >= high || from < low) continue
      const cost = (now[from] ?? far) + skipLine * (to - from - 1)
      if (cost >= (now[to] ?? far)) continue
      now[to] = cost
      step[to - low] = skippedLine
    }
    ;[before, now] = [now, before]
    ;[lowOld, highOld, lowBefore, highBefore] = [lowBefore, highBefore, low, high]
    return before
  }
}

/** The steps of the frames that are not settled yet, one after the other in one array. */
function openSteps({ said, lineOf, silences }: States) {
  let steps = new Uint8Array(65_536)
  let first = 0
  let lows: number[] = []
  let starts = [0]

  /** The state itself, or that before the lines that were left out to come to it. */
  function within(frame: number, state: number): number {
    let at = state
    while (stepOf(frame, at) === skippedLine) at = silences[(lineOf[at] ?? 1) - 1] ?? 0
    return at
  }
  const stepOf = (frame: number, state: number) =>
    steps[(starts[frame - first] ?? 0) + state - (lows[frame - first] ?? 0)] ?? 0
  const back = (frame: number, state: number) => {
    const at = within(frame, state)
    return Math.max(0, at - stepOf(frame, at))
  }

  /** Writes the way to this state of this frame. */
  function write(path: Int32Array, last: number, state: number): void {
    let at = state
    for (let frame = last; frame >= first; frame--) {
      path[frame] = said[within(frame, at)] ?? -1
      at = back(frame, at)
    }
  }

  function drop(frames: number): void {
    const bytes = starts[frames] ?? 0
    steps.copyWithin(0, bytes, starts.at(-1))
    starts = starts.slice(frames).map(start => start - bytes)
    lows = lows.slice(frames)
    first += frames
  }

  return {
    bytes: () => starts.at(-1) ?? 0,
    add(low: number, high: number): Uint8Array {
      const start = starts.at(-1) ?? 0
      const end = start + high - low
      if (end > steps.length) {
        const larger = new Uint8Array(2 * end)
        larger.set(steps)
        steps = larger
      }
      lows.push(low)
      starts.push(end)
      return steps.subarray(start, end)
    },
    trace: (path: Int32Array, state: number) => write(path, first + lows.length - 1, state),
    settle(path: Int32Array, costs: Float32Array): void {
      const last = first + lows.length - 1
      const low = lows.at(-1) ?? 0
      const width = (starts.at(-1) ?? 0) - (starts.at(-2) ?? 0)
      const open = Array.from({ length: width }, (_, at) => low + at).filter(
        state => (costs[state] ?? 0) < Number.POSITIVE_INFINITY,
      )
      const best = open.reduce((a, b) => ((costs[b] ?? 0) < (costs[a] ?? 0) ? b : a), open[0] ?? low)
      const ways = Int32Array.from(open)
      const middle = first + (lows.length >> 1)
      let frame = last
      for (; frame > middle && ways.some(state => state !== ways[0]); frame--)
        for (let way = 0; way < ways.length; way++) ways[way] = back(frame, ways[way] ?? 0)
      const shared = ways[open.indexOf(best)] ?? 0
      open.forEach((state, way) => {
        if (ways[way] !== shared) costs[state] = Number.POSITIVE_INFINITY
      })
      write(path, frame, shared)
      drop(frame - first + 1)
    },
  }
}

type States = ReturnType<typeof lay>

/**
 * By state: the frame it says or −1, its line, over how many states it may be reached, and whether over two though it is
 * the silence after a line or the first frame of one.
 */
function lay(lines: readonly Stretch[], fastest: number) {
  const count = lines.reduce((sum, { from, to }) => sum + to - from + 1, 1)
  const said = new Int32Array(count).fill(-1)
  const fast = new Uint8Array(count).fill(1)
  const leap = new Uint8Array(count)
  const lineOf = new Int32Array(count)
  const silences = new Int32Array(lines.length + 1)
  let state = 0
  lines.forEach(({ from, to }, line) => {
    silences[line] = state
    lineOf[state] = line
    leap[state] = (said[state - 2] ?? -1) < 0 ? 0 : 1
    state++
    for (let at = from; at < to; at++, state++) {
      said[state] = at
      fast[state] = Math.max(1, Math.min(fastest, at - from))
      leap[state] = at === from && state > 1 ? 1 : 0
      lineOf[state] = line
    }
  })
  silences[lines.length] = state
  leap[state] = (said[state - 2] ?? -1) < 0 ? 0 : 1
  lineOf[state] = lines.length
  return { count, said, fast, leap, lineOf, silences }
}

/** Half the mean square: 1 for two frames that have nothing to do with each other. Two sums are quicker than one. */
function distanceOf(a: Float32Array, frame: number, b: Float32Array, at: number, wide: number): number {
  const from = frame * wide
  const to = at * wide
  let even = 0
  let odd = 0
  for (let k = 0; k < wide; k += 2) {
    const one = (a[from + k] ?? 0) - (b[to + k] ?? 0)
    even += one * one
    if (k + 1 === wide) break
    const other = (a[from + k + 1] ?? 0) - (b[to + k + 1] ?? 0)
    odd += other * other
  }
  return (even + odd) / (2 * wide)
}
