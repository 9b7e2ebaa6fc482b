import type { Place } from '../document.ts'

/** The nine places of a number pad, as `\an` counts them: 1 is bottom left, 5 the middle, 9 top right. */
const blocks = ['bottom', 'middle', 'top'] as const
const inlines = ['left', 'center', 'right'] as const

export function placeOfPad(pad: number): Place | undefined {
  if (!(pad >= 1 && pad <= 9)) return undefined
  const block = blocks[Math.floor((pad - 1) / 3)]
  const inline = inlines[(pad - 1) % 3]
  return { block, inline }
}

export function padOfPlace({ block = 'bottom', inline = 'center' }: Place): number {
  const column = inline === 'start' || inline === 'left' ? 0 : inline === 'end' || inline === 'right' ? 2 : 1
  return blocks.indexOf(block) * 3 + column + 1
}

/** The ninth of the picture something stands in: an exact point or box says more than the edge it hangs on. */
export function ninthOfPlace(place: Place): number {
  const { box, point, block = 'bottom' } = place
  const hung =
    box &&
    box.y +
      (block === 'top' ? Math.min(box.height, 10) / 2 : block === 'middle' ? box.height / 2 : box.height)
  const y = point?.y ?? hung
  if (y === undefined) return padOfPlace(place)
  return padOfPlace({ ...place, block: y < 34 ? 'top' : y < 67 ? 'middle' : 'bottom' })
}

/** SSA's `\a`: 1–3 bottom, 5–7 top, 9–11 middle. */
export const padOfLegacy = (value: number): number =>
  value >= 9 ? value - 5 : value >= 5 ? value + 2 : value
