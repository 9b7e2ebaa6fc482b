import type { Ms } from './state.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `1:02.345`, or `1:02:03.456` from an hour on. */
export function clock(ms: Ms): string {
  const whole = Math.max(0, Math.round(ms))
  const hours = Math.floor(whole / 3_600_000)
  const minutes = Math.floor(whole / 60_000) % 60
  const rest = `${two(Math.floor(whole / 1000) % 60)}.${String(whole % 1000).padStart(3, '0')}`
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** `1:02`: a time without its fraction. */
export const shortClock = (ms: Ms): string => clock(Math.floor(Math.max(0, ms) / 1000) * 1000).slice(0, -4)

/** Reads `62.3`, `1:02.3` or `0:01:02.300`; anything else is nothing. */
export function readClock(text: string): Ms | undefined {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (match === null) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  return (
    (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
  )
}

/** The two greatest units of a length of time, as figures for a sentence. */
export function parts(ms: Ms): {
  readonly unit: 'days' | 'hours' | 'minutes' | 'seconds'
  readonly a: number
  readonly b: number
} {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds >= 86_400)
    return { unit: 'days', a: Math.floor(seconds / 86_400), b: Math.floor(seconds / 3600) % 24 }
  if (seconds >= 3600)
    return { unit: 'hours', a: Math.floor(seconds / 3600), b: Math.floor(seconds / 60) % 60 }
  if (seconds >= 60) return { unit: 'minutes', a: Math.floor(seconds / 60), b: seconds % 60 }
  return { unit: 'seconds', a: seconds, b: 0 }
}

/** `12.3 MB`, in powers of ten as disks and networks count. */
export function bytesOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}
