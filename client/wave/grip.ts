import type { LineView } from '../../server/contract.ts'
import type { Ms } from '../state.ts'

/** What lies under the pointer: an edge to pull, a line to open, or only time. */
export type Grip =
  | { readonly on: 'edge'; readonly line: string; readonly edge: 'start' | 'end' }
  | { readonly on: 'line'; readonly line: string }
  | { readonly on: 'time' }

/** Edges are wider than they look; those of the open line come first, since it is the one being worked on. */
export function gripAt(
  lines: readonly Pick<LineView, 'id' | 'start' | 'end'>[],
  open: string | undefined,
  at: Ms,
  reach: Ms,
): Grip {
  const opened = lines.find(({ id }) => id === open)
  if (opened !== undefined) {
    const [toStart, toEnd] = [Math.abs(opened.start - at), Math.abs(opened.end - at)]
    if (Math.min(toStart, toEnd) <= reach)
      return { on: 'edge', line: opened.id, edge: toStart < toEnd ? 'start' : 'end' }
  }
  const under = lines.find(({ start, end }) => start <= at && at < end)
  return under === undefined ? { on: 'time' } : { on: 'line', line: under.id }
}

/** The shortest a line can be pulled to. */
const shortest: Ms = 100

/** An edge pulled to an instant, snapped to a cut or a neighbour within `reach`, and never past its other edge. */
export function pulled(
  line: Pick<LineView, 'start' | 'end'>,
  edge: 'start' | 'end',
  at: Ms,
  marks: readonly Ms[],
  reach: Ms,
): { readonly start?: Ms; readonly end?: Ms } {
  const near = marks
    .filter(mark => Math.abs(mark - at) <= reach)
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0]
  const to = Math.max(0, Math.round(near ?? at))
  return edge === 'start'
    ? { start: Math.min(to, line.end - shortest) }
    : { end: Math.max(to, line.start + shortest) }
}
