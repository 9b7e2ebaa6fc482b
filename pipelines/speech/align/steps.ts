import type { States } from './states.ts'

/** In place of a step: the line before this silence was left out. */
export const skippedLine = 200

/** The steps of the frames that are not settled yet, one after the other in one array. */
export function openSteps({ said, lineOf, silences }: States) {
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
