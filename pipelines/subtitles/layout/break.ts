import type { Language } from '../../terms.ts'
import { type Weigh, widthOf } from '../width.ts'
import { openingsOf, spaced } from './grammar.ts'

export type Room = {
  readonly language: Language
  readonly row: number
  readonly rows: number
  readonly weigh: Weigh
}

/**
 * Breaks a text into rows: as few as it fits in, then at the places grammar likes best, then evenly. Rows somebody has
 * made already stay when they fit. What fits in no number of rows allowed gets the rows it needs: a finding, not a loss.
 */
export function breakRows(text: string, room: Room): readonly string[] {
  const given = text
    .split('\n')
    .map(row => row.trim())
    .filter(row => row !== '')
  if (given.length <= room.rows && given.every(row => widthOf(row, room.weigh) <= room.row)) return given
  const whole = given.join(spaced(room.language) ? ' ' : '')
  if (given.length <= 1 && widthOf(whole, room.weigh) <= room.row) return [whole]
  // Two speakers in one caption: each keeps a row of his own.
  if (given.length === room.rows && given.every(row => /^[-‐–—]/.test(row))) return given
  const least = Math.max(2, Math.ceil(widthOf(whole, room.weigh) / room.row))
  for (let rows = least; rows <= Math.min(least + 2, most); rows++) {
    const found = into(whole, rows, room)
    if (found) return found
  }
  return greedy(whole, room)
}

/** A text of more rows is no subtitle, and not worth weighing. */
const most = 12

/** The cheapest way into exactly so many rows, or nothing when a row would be too long. */
function into(text: string, rows: number, room: Room): readonly string[] | undefined {
  const openings = openingsOf(text, room.language)
  const ends = [...openings, { at: text.length, next: text.length, cost: 0 }]
  const begins = [0, ...openings.map(({ next }) => next)]
  const fair = widthOf(text, room.weigh) / rows
  type Path = { readonly cost: number; readonly from: number }
  let paths: (Path | undefined)[] = [{ cost: 0, from: -1 }, ...openings.map(() => undefined)]
  const trail: (Path | undefined)[][] = []
  for (let row = 0; row < rows; row++) {
    const next: (Path | undefined)[] = [undefined, ...ends.map(() => undefined)]
    begins.forEach((begin, from) => {
      const path = paths[from]
      if (!path) return
      for (let to = from; to < ends.length; to++) {
        const end = ends[to]
        if (!end) break
        const width = widthOf(text.slice(begin, end.at), room.weigh)
        if (width > room.row) break
        if (row === rows - 1 && to !== ends.length - 1) continue
        // Uneven by a tenth costs as much as the step from a clause to a joint; a longer upper row a little more.
        const cost =
          path.cost +
          end.cost +
          ((10 * (width - fair)) / fair) ** 2 / 4 +
          (row === 0 && width > fair ? 0.1 : 0)
        const best = next[to + 1]
        if (!best || cost < best.cost) next[to + 1] = { cost, from }
      }
    })
    trail.push(next)
    paths = next.slice(0, begins.length)
  }
  let at = ends.length
  const found: string[] = []
  for (let row = rows - 1; row >= 0; row--) {
    const path = trail[row]?.[at]
    if (!path) return undefined
    found.unshift(text.slice(begins[path.from], ends[at - 1]?.at))
    at = path.from
  }
  return found
}

/** As much a row as fits; a word longer than a row stands on a row of its own. */
function greedy(text: string, room: Room): readonly string[] {
  const rows: string[] = []
  let begin = 0
  let end = 0
  for (const { at, next } of [...openingsOf(text, room.language), { at: text.length, next: text.length }]) {
    if (end > begin && widthOf(text.slice(begin, at), room.weigh) > room.row) {
      rows.push(text.slice(begin, end).trimEnd())
      begin = end
      while (/\s/.test(text.charAt(begin))) begin++
    }
    end = at === text.length ? at : Math.max(at, next)
    if (at !== text.length) end = next
  }
  if (begin < text.length) rows.push(text.slice(begin))
  return rows
}
