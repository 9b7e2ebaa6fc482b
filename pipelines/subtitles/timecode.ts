/** Hours, minutes, seconds and frames, as tapes and broadcasters count. Frames become milliseconds by exact fractions. */

import type { Ms, Rate } from '../terms.ts'
import { frameAt, instantOf } from './frames.ts'

/** `drop`: two counts of each minute but every tenth are left out, so that 29.97 keeps to the clock (SMPTE ST 12-1). */
export type Counting = { readonly rate: Rate; readonly drop: boolean }
export type Timecode = readonly [hours: number, minutes: number, seconds: number, frames: number]

/** What is counted as one second: 30 for 30000/1001. */
export const nominal = ({ num, den }: Rate): number => Math.max(1, Math.round(num / den))

/** Drop-frame leaves out 2 counts at 30, 4 at 60: those that keep 30000/1001 to the clock. */
const left = (rate: Rate): number => Math.round(nominal(rate) / 15)

export function frameOf([hours, minutes, seconds, frames]: Timecode, { rate, drop }: Counting): number {
  const total = hours * 60 + minutes
  return (
    (total * 60 + seconds) * nominal(rate) +
    frames -
    (drop ? left(rate) * (total - Math.floor(total / 10)) : 0)
  )
}

export function timecodeOf(frame: number, { rate, drop }: Counting): Timecode {
  const fps = nominal(rate)
  const counted = drop ? withLeftOut(frame, rate) : frame
  const seconds = Math.floor(counted / fps)
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, counted % fps]
}

function withLeftOut(frame: number, rate: Rate): number {
  const gap = left(rate)
  const minute = nominal(rate) * 60 - gap
  const ten = minute * 10 + gap
  const rest = frame % ten
  const minutes = rest < minute + gap ? 0 : Math.floor((rest - gap) / minute)
  return frame + gap * (Math.floor(frame / ten) * 9 + minutes)
}

export const msOf = (code: Timecode, counting: Counting): Ms =>
  instantOf(frameOf(code, counting), counting.rate)

/** The nearest frame's timecode. What is before the beginning is the beginning. */
export const timecodeAt = (ms: Ms, counting: Counting): Timecode =>
  timecodeOf(Math.max(0, frameAt(ms, counting.rate)), counting)

const pad = (value: number): string => String(value).padStart(2, '0')

/** `00:00:00:00`; with frames left out `00:00:00;00`. */
export const printTimecode = ([h, m, s, f]: Timecode, drop = false): string =>
  `${pad(h)}:${pad(m)}:${pad(s)}${drop ? ';' : ':'}${pad(f)}`
