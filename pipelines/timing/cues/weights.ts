import type { MouthShape, Rate } from '../../terms.ts'
import { visemes } from '../../visemes/phones.ts'

/** Lips take about this long from one shape to the next (Rhubarb's tweens are 4–8 cs). */
const tween = 60

/**
 * Weights of the visemes at every frame's middle, three decimals, each row's sum 1: shapes melt into each other over
 * 60 ms around their border, or over half of the shorter one.
 */
export function weightsOf(shapes: readonly MouthShape[], rate: Rate, frames: number): number[][] {
  const origin = shapes[0]?.start ?? 0
  const rows: number[][] = []
  let at = 0
  for (let frame = 0; frame < frames; frame++) {
    const time = origin + ((frame + 0.5) * 1000 * rate.den) / rate.num
    while (at + 1 < shapes.length && (shapes[at]?.end ?? 0) <= time) at++
    rows.push(weightsAt(shapes, at, time))
  }
  return rows
}

function weightsAt(shapes: readonly MouthShape[], at: number, time: number): number[] {
  const row = visemes.map(() => 0)
  const here = shapes[at]
  if (!here) return row.map((_, index) => (index === 0 ? 1 : 0))
  const [before, after] = [shapes[at - 1], shapes[at + 1]]
  const fromBefore = before ? melted(time - here.start, before, here) : 0
  const fromAfter = after ? melted(here.end - time, here, after) : 0
  const put = (shape: MouthShape, weight: number) => {
    const index = visemes.indexOf(shape.viseme)
    row[index] = Math.round(((row[index] ?? 0) + weight) * 1000) / 1000
  }
  if (before) put(before, fromBefore)
  if (after) put(after, fromAfter)
  put(here, 1 - fromBefore - fromAfter)
  return row
}

/** How much of the neighbour is seen this far inside a shape: half at the border, nothing where the tween ends. */
function melted(inside: number, one: MouthShape, other: MouthShape): number {
  const half = Math.min(tween, one.end - one.start, other.end - other.start) / 2
  return half > 0 && inside < half ? 0.5 * (1 - inside / half) : 0
}
