import type { Ms, Rate } from '../terms.ts'

/** The frame that is shown at an instant, to the nearest frame edge. */
export const frameAt = (ms: Ms, { num, den }: Rate): number => Math.round((ms * num) / (1000 * den))

/** When a frame begins, to the nearest millisecond; `frameAt` of it is the same frame again. */
export const instantOf = (frame: number, { num, den }: Rate): Ms => Math.round((frame * 1000 * den) / num)

/** The frame on screen at an instant; a millisecond before its edge counts as on it, for times are rounded. */
export const frameBefore = (ms: Ms, { num, den }: Rate): number => Math.floor(((ms + 1) * num) / (1000 * den))

/** As many whole frames as a time needs. */
export const framesOf = (ms: Ms, { num, den }: Rate): number => Math.ceil((ms * num) / (1000 * den) - 1e-6)

export const snap = (ms: Ms, rate: Rate): Ms => instantOf(frameAt(ms, rate), rate)

/** Half a second in whole frames, as the guides give it: 12 at 24, 13 at 25, 15 at 30, 30 at 60. */
export const halfSecond = ({ num, den }: Rate): number => Math.round(num / den / 2)
