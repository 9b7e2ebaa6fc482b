/** Where an edge of a caption may not be, around a shot change: frames it is to be from it instead, or undefined where it is well. */

/**
 * Netflix Timing Guidelines, "Shot changes", at 24 frames a second, scaled by half a second: an in-time up to 11 frames
 * behind a cut or 8 before it is on the cut; 9 to 11 before, it is pulled back to 12.
 */
export function inZone(distance: number, half: number): number | undefined {
  const near = Math.round((half * 2) / 3)
  if (distance > 0 && distance < half) return 0
  if (distance < 0 && -distance <= near) return 0
  return distance < 0 && -distance < half ? -half : undefined
}
/** An out-time within 11 frames of a cut, on either side, is `gap` frames before it. */
export const outZone = (distance: number, half: number, gap: number): number | undefined =>
  Math.abs(distance) < half && distance !== -gap ? -gap : undefined
