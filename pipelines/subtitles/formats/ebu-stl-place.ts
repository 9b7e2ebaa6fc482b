import { type Caption, type Place, textOf } from '../document.ts'
import type { Look } from './ebu-stl-text.ts'

/** How many rows of the picture a text of so many takes. */
export const heightOf = (caption: Pick<Caption, 'runs'>, { tall }: Look): number =>
  textOf(caption).split('\n').length * (tall ? 2 : 1)

/** The row a text of this height begins in, where it is only said to be at the top, in the middle or at the bottom. */
export function usualRow(block: Place['block'], height: number, rows: number): number {
  const last = Math.max(1, rows + 1 - height)
  return block === 'top' ? 1 : block === 'middle' ? Math.max(1, Math.round(last / 2)) : last
}

/** Bottom is where a text ends in the lowest third, top where it begins in the highest and ends above the middle. */
export function blockOf(row: number, height: number, rows: number): NonNullable<Place['block']> {
  const end = row + height - 1
  if (end >= (rows * 2) / 3) return 'bottom'
  return row <= rows / 3 && end <= rows / 2 ? 'top' : 'middle'
}

const inlines = [undefined, 'left', undefined, 'right'] as const

export function placeOf(row: number, justification: number, height: number, rows: number): Place | undefined {
  const block = blockOf(row, height, rows)
  const inline = inlines[justification]
  const place = { ...(block !== 'bottom' && { block }), ...(inline && { inline }) }
  return Object.keys(place).length > 0 ? place : undefined
}

export const justificationOf = ({ inline }: Place): number =>
  inline === 'left' || inline === 'start' ? 1 : inline === 'right' || inline === 'end' ? 3 : 2

/** A point or box says the row better than the edge it hangs on. */
export function rowOf({ block, point, box }: Place, height: number, rows: number): number {
  const y = point?.y ?? (box && (block === 'top' ? box.y : box.y + box.height))
  if (y === undefined) return usualRow(block, height, rows)
  const hangs = point && block === 'top' ? 0 : point && block === 'middle' ? height / 2 : height
  const first = Math.round((y / 100) * rows + 1 - (box && block === 'top' ? 0 : hangs))
  return Math.min(Math.max(1, first), Math.max(1, rows + 1 - height))
}
