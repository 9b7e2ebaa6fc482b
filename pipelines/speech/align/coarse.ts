import { coarse, idleOf, mean, type Ready } from './ready.ts'
import type { Stretch } from './states.ts'
import { pathTwice } from './twice.ts'

const costs = { stay: 0.15, skip: 0.5, skipLine: 0.9 }
/** For every line the frames in which it is thought to be, or nothing. */
export type Rough = readonly ({ readonly start: number; readonly end: number } | undefined)[]

/** Finds the lines over blocks of 80 ms, within a tenth of the script around the even pace of speech. */
export function lookCoarsely({ sound, own, loud, way, lines, ends }: Ready): Rough {
  const { starts } = sound
  const count = starts.length - 1
  const spoken = Float32Array.from({ length: count }, (_, block) =>
    mean(loud, starts[block] ?? 0, starts[block + 1] ?? 0),
  )
  const pauses = Uint8Array.from({ length: own.starts.length - 1 }, (_, block) =>
    ends.subarray(own.starts[block], own.starts[block + 1]).includes(1) ? 1 : 0,
  )
  const stretches: Stretch[] = []
  for (const { from, to } of lines) {
    const first = stretches.at(-1)?.to ?? 0
    stretches.push({ from: first, to: first + Math.ceil((to - from) / coarse) })
  }
  const states = pauses.length + lines.length + 1
  const net = {
    lines: stretches,
    reference: own.blocks(() => true),
    wide: own.wide.block,
    pauses,
  }
  const features = sound.blocks(block => (spoken[block] ?? 0) > 0.5)
  const recording = { frames: count, features, idle: idleOf(spoken, way) }
  const path = pathTwice(recording, net, evenly(spoken, states), costs, way.coarse)

  const rough: ({ start: number; end: number } | undefined)[] = lines.map(() => undefined)
  let line = 0
  path.forEach((at, block) => {
    if (at < 0) return
    while (line < stretches.length - 1 && at >= (stretches[line]?.to ?? 0)) line++
    const start = starts[block] ?? 0
    const end = Math.min(starts[block + 1] ?? 0, start + coarse)
    rough[line] = { start: rough[line]?.start ?? start, end }
  })
  return rough
}

/** States around the one at which a reader of even pace would be. */
function evenly(spoken: Float32Array, states: number) {
  const reach = Math.max(1500, states * 0.1)
  const all = spoken.reduce((sum, value) => sum + value, 0) || 1
  const paced = new Float64Array(spoken.length)
  for (let block = 1; block < paced.length; block++)
    paced[block] = (paced[block - 1] ?? 0) + (spoken[block - 1] ?? 0)
  return (block: number): [number, number] => {
    const middle = (states * (paced[block] ?? 0)) / all
    return [Math.floor(middle - reach), Math.ceil(middle + reach)]
  }
}
