/** The cheapest way through a recording: a line of the script after the other, with whatever is between them. */
import { atOnce, openApart } from './apart.ts'
import { lay, type Stretch } from './states.ts'
import { openSteps } from './steps.ts'
import { type Costs, openWalk } from './walk.ts'

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
/** States that may be looked at in a frame: [low, high). State 0 is the silence before the first line. */
export type Corridor = (frame: number) => readonly [low: number, high: number]

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
  const { frames, features } = recording
  const states = lay(net.lines)
  const { count, said } = states
  const steps = openSteps(states)
  const apart = openApart(features, net.reference, net.wide)
  const go = openWalk(recording.idle, net.pauses, states, costs)
  const path = new Int32Array(frames).fill(-1)
  let costly: Float32Array = new Float32Array(count)
  const band = (frame: number) => {
    const [low, high] = corridor(frame)
    const first = Math.max(0, Math.min(count - 1, low))
    return { low: first, high: Math.max(first + 1, Math.min(count, high)) }
  }
  /** A silence says nothing, the frame after it does. */
  const saidFrom = (state: number) =>
    said[(said[state] ?? 0) < 0 ? state + 1 : state] ?? net.lines.at(-1)?.to ?? 0
  for (let frame = 0; frame < frames; frame += atOnce) {
    const bands = Array.from({ length: Math.min(atOnce, frames - frame) }, (_, turn) => band(frame + turn))
    const first = saidFrom(Math.min(...bands.map(({ low }) => low)))
    const last = saidFrom(Math.max(...bands.map(({ high }) => high)))
    const values = apart(frame, bands.length, first, last)
    for (const [turn, { low, high }] of bands.entries()) {
      costly = go(frame + turn, low, high, steps.add(low, high), {
        values,
        from: turn * (last - first),
        first,
      })
      if (steps.bytes() > room) steps.settle(path, costly)
    }
  }
  steps.trace(path, (costly[count - 2] ?? 0) < (costly[count - 1] ?? 0) ? count - 2 : count - 1)
  return path
}
