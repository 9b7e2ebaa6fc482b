/** Looks for the cheapest path over the means of some frames first, and then only beside the path that was found there. */
import { type Corridor, cheapestPath, type Net, type Recording } from './path.ts'
import { lay, type Stretch } from './states.ts'
import type { Costs } from './walk.ts'

export type Manner = {
  /** Frames that the first look takes as one. */
  readonly by: number
  /** How far around what it found the second look goes, in frames. */
  readonly beside: number
}

/** The cheapest path as `cheapestPath` finds it, but where the first look leads astray; without a manner it looks once. */
export function pathTwice(
  recording: Recording,
  net: Net,
  corridor: Corridor,
  costs: Costs,
  manner: Manner | undefined,
): Int32Array {
  if (!manner) return cheapestPath(recording, net, corridor, costs)
  const { by, beside } = manner
  const lines = thinLines(net.lines, by)
  const thin = thinNet(net, lines, by)
  const first = cheapestPath(thinRecording(recording, net.wide, by), thin, thinCorridor(), costs)
  return cheapestPath(recording, net, around(), costs)

  function thinCorridor(): Corridor {
    const thinOf = new Int32Array(lay(net.lines).count)
    let [state, thinState] = [0, 0]
    for (const [line, { from, to }] of net.lines.entries()) {
      const thinFrom = thinState + 1
      thinOf[state++] = thinState
      for (let at = 0; at < to - from; at++) thinOf[state++] = thinFrom + Math.floor(at / by)
      thinState = thinFrom + (lines[line]?.to ?? 0) - (lines[line]?.from ?? 0)
    }
    thinOf[state] = thinState
    return frame => {
      const [low] = corridor(frame * by)
      const [, high] = corridor(Math.min(recording.frames, (frame + 1) * by) - 1)
      const within = (at: number) => thinOf[Math.max(0, Math.min(state, at))] ?? 0
      return [within(low), within(high - 1) + 1]
    }
  }

  /** States beside those that the first look went through: where nothing is said, from what was said last to what is next. */
  function around(): Corridor {
    const states = new Int32Array((lines.at(-1)?.to ?? 0) + 1)
    let next = 0
    for (const [line, { from, to }] of net.lines.entries())
      for (let at = from; at < to; at += by) states[next++] = line + 1 + at
    const [lows, highs] = [new Int32Array(first.length), new Int32Array(first.length)]
    for (let frame = 0, low = 0; frame < first.length; frame++) {
      const said = first[frame] ?? -1
      if (said >= 0) low = states[said] ?? 0
      lows[frame] = low
    }
    for (let frame = first.length - 1, high = lay(net.lines).count; frame >= 0; frame--) {
      const said = first[frame] ?? -1
      if (said >= 0) high = (states[said] ?? 0) + by
      highs[frame] = high
    }
    const far = Math.ceil(beside / by)
    return frame => {
      const at = Math.floor(frame / by)
      return [
        (lows[Math.max(0, at - far)] ?? 0) - beside,
        (highs[Math.min(first.length - 1, at + far)] ?? 0) + beside + 1,
      ]
    }
  }
}

function thinLines(lines: readonly Stretch[], by: number): Stretch[] {
  const thin: Stretch[] = []
  for (const { from, to } of lines) {
    const first = thin.at(-1)?.to ?? 0
    thin.push({ from: first, to: first + Math.ceil((to - from) / by) })
  }
  return thin
}

function thinNet({ lines, reference, wide, pauses }: Net, thin: readonly Stretch[], by: number): Net {
  const count = thin.at(-1)?.to ?? 0
  const [means, ends] = [new Float32Array(count * wide), new Uint8Array(count)]
  for (const [line, { from, to }] of lines.entries()) {
    let block = thin[line]?.from ?? 0
    for (let at = from; at < to; at += by, block++) {
      const end = Math.min(to, at + by)
      meanOf(reference, wide, at, end, means, block)
      for (let frame = at; frame < end; frame++) if (pauses[frame] === 1) ends[block] = 1
    }
  }
  return { lines: thin, reference: means, wide, pauses: ends }
}

function thinRecording({ frames, features, idle }: Recording, wide: number, by: number): Recording {
  const count = Math.ceil(frames / by)
  const [means, waiting] = [new Float32Array(count * wide), new Float32Array(count)]
  for (let block = 0; block < count; block++) {
    const end = Math.min(frames, (block + 1) * by)
    meanOf(features, wide, block * by, end, means, block)
    meanOf(idle, 1, block * by, end, waiting, block)
  }
  return { frames: count, features: means, idle: waiting }
}

/** The mean of the rows [from, to), as a row of `out`. */
function meanOf(
  rows: Float32Array,
  wide: number,
  from: number,
  to: number,
  out: Float32Array,
  row: number,
): void {
  for (let k = 0; k < wide; k++) {
    let sum = 0
    for (let at = from; at < to; at++) sum += rows[at * wide + k] ?? 0
    out[row * wide + k] = sum / (to - from)
  }
}
