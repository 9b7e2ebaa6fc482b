/** A line that is too long for one caption, cut where the speech pauses. */
import type { Ms, Span } from '../../terms.ts'
import { widthOf } from '../width.ts'
import { breakRows, type Room } from './break.ts'
import { openingsOf } from './grammar.ts'

export type Piece = Span & { readonly text: string }
export type Limits = Room & { readonly longest: Ms; readonly shortest: Ms }

/** Pieces that follow each other without a pause worth this much are as good as one. */
const fullPause: Ms = 600

/**
 * Cuts a timed text into as few captions as its room and the longest stay on screen allow. `heard` are its words or
 * phrases with their times: a cut between two of them falls into the pause; one inside is placed by its share.
 */
export function splitLine(line: Piece, heard: readonly Piece[], limits: Limits): readonly Piece[] {
  if (fits(line, limits)) return [line]
  const text = line.text.replace(/\s*\n\s*/g, ' ').trim()
  const clock = clockOf(text, line, heard)
  const openings = openingsOf(text, limits.language).map(({ at, next, cost }) => ({
    at,
    next,
    cost,
    left: clock(at, 'end'),
    right: clock(next, 'start'),
  }))
  const ends = [...openings, { at: text.length, next: text.length, cost: 0, left: line.end, right: line.end }]
  const begins = [{ next: 0, right: line.start }, ...openings]
  type Path = { readonly parts: number; readonly cost: number; readonly from: number }
  const paths: (Path | undefined)[] = [{ parts: 0, cost: 0, from: -1 }]
  for (let to = 0; to < ends.length; to++) {
    const end = ends[to]
    if (!end) break
    let best: Path | undefined
    for (let from = to; from >= 0; from--) {
      const begin = begins[from]
      if (!begin) break
      const piece = { start: begin.right, end: end.left, text: text.slice(begin.next, end.at) }
      const alone = from === to
      if (!alone && widthOf(piece.text, limits.weigh) > limits.row * limits.rows + 1) break
      const path = paths[from]
      if (!path || (!alone && !fits(piece, limits))) continue
      const hurry = piece.end - piece.start < limits.shortest ? 20 : 0
      const pause = Math.min(1, Math.max(0, end.right - end.left) / fullPause)
      const cost = path.cost + end.cost * (1 - pause) + hurry + (to === ends.length - 1 ? 0 : 4 * (1 - pause))
      const parts = path.parts + 1
      if (!best || parts < best.parts || (parts === best.parts && cost < best.cost))
        best = { parts, cost, from }
    }
    paths[to + 1] = best
  }
  const pieces: Piece[] = []
  for (let at = ends.length; at > 0; ) {
    const path = paths[at]
    if (!path) return [line]
    const [begin, end] = [begins[path.from], ends[at - 1]]
    if (begin && end)
      pieces.unshift({ start: begin.right, end: end.left, text: text.slice(begin.next, end.at) })
    at = path.from
  }
  return pieces
}

function fits({ start, end, text }: Piece, limits: Limits): boolean {
  if (end - start > limits.longest) return false
  if (widthOf(text, limits.weigh) > limits.row * limits.rows + limits.rows) return false
  const rows = breakRows(text, limits)
  return rows.length <= limits.rows && rows.every(row => widthOf(row, limits.weigh) <= limits.row)
}

/** When a place in the text is reached. Between two heard pieces `end` is when the first ends, `start` when the next begins. */
function clockOf(
  text: string,
  line: Span,
  heard: readonly Piece[],
): (at: number, edge: 'start' | 'end') => Ms {
  const found: { from: number; to: number; start: Ms; end: Ms }[] = []
  let from = 0
  for (const piece of heard) {
    const words = piece.text.replace(/\s*\n\s*/g, ' ').trim()
    const at = words === '' ? -1 : text.indexOf(words, from)
    if (at < 0) continue
    found.push({ from: at, to: at + words.length, start: piece.start, end: piece.end })
    from = at + words.length
  }
  const edges = [
    { from: 0, to: 0, start: line.start, end: line.start },
    ...found,
    { from: text.length, to: text.length, start: line.end, end: line.end },
  ]
  return (at, edge) => {
    const inside = edges.find(one => one.from < at && at < one.to)
    if (inside)
      return Math.round(
        inside.start + ((inside.end - inside.start) * (at - inside.from)) / (inside.to - inside.from),
      )
    const before = edges.findLast(one => one.to <= at) ?? edges[0]
    const after = edges.find(one => one.from >= at && one !== before) ?? before
    if (!before || !after) return line.start
    const gap = after.from - before.to
    if (gap <= 2) return edge === 'end' ? before.end : after.start
    return Math.round(before.end + ((after.start - before.end) * (at - before.to)) / gap)
  }
}
