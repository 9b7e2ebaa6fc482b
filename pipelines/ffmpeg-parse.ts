import type { Ms } from './terms.ts'

/**
 * How much of a job is done, 0 to 1, by one row of ffmpeg's `-progress` output; undefined for rows that don't tell.
 * `length` is how long the output will be. `out_time_ms` is in microseconds too (an old mistake that ffmpeg keeps for
 * its users), and builds from before 2018-11 have nothing else.
 */
export function fractionOf(row: string, length: Ms): number | undefined {
  const [, key, value] = /^(out_time_us|out_time_ms|progress)=\s*(\S+)\s*$/.exec(row) ?? []
  if (key === 'progress') return value === 'end' ? 1 : undefined
  const microseconds = Number(value)
  if (key === undefined || !Number.isFinite(microseconds) || length <= 0) return undefined
  return Math.min(1, Math.max(0, microseconds / 1000 / length))
}

/** True for a row that `-progress` wrote, which is no part of what ffmpeg has to say. */
export const isProgressRow = (row: string) =>
  /^(frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time(_us|_ms)?|dup_frames|drop_frames|speed|progress)=/.test(
    row,
  )

export const diskFull = 'the disk is full'
export const tooSlow = 'it took longer than it may'

/** What ffmpeg says when the machine or the build is at fault, and what it means to a person. */
const ours: readonly [says: RegExp, reason: string][] = [
  [/No space left on device/i, diskFull],
  [/Permission denied/i, 'a file may not be read or written'],
  [/Unknown encoder/i, 'this build of ffmpeg lacks an encoder'],
  [/No such filter/i, 'this build of ffmpeg lacks a filter'],
]
/** What it says when the file is. */
const theirs: readonly [says: RegExp, reason: string][] = [
  [/moov atom not found/i, 'its index is missing, as in a file that was cut off or is still being written'],
  [/not on whitelist|Format not on|Protocol .* not/i, 'it points at other files, which are never opened'],
  [/max_streams|too many streams/i, 'it has too many streams'],
  [
    /max pixel count|Picture size .* is invalid|Invalid frame dimensions/i,
    'a picture in it is larger than MEDIA_PIXELS allows',
  ],
  [/Cannot allocate memory|max_alloc/i, 'it asks for too much memory'],
  [/Unknown decoder|Decoder .* not found|no decoder/i, 'this build of ffmpeg lacks a decoder for it'],
  [/End of file|partial file|truncated/i, 'it ends before its time'],
  [/Invalid data found|Header missing|could not find codec parameters/i, 'its contents are damaged'],
]

/** True when another file would fail for the same reason. */
export const isOurs = (reason: string): boolean =>
  reason === tooSlow || ours.some(([, known]) => known === reason)

/**
 * Why ffmpeg stopped, in a few words that name no path of this machine.
 * @param log the last rows of stderr, newest last
 */
export function reasonOf(log: readonly string[]): string {
  const known = [...ours, ...theirs].find(([says]) => log.some(row => says.test(row)))
  if (known) return known[1]
  const last = log.findLast(row => row.trim() !== '') ?? 'it gave no reason'
  return last
    .replace(/\[[^\]]*@ 0x[0-9a-f]+\]\s*/g, '')
    .replace(/(file:)?(\/[^\s/:'"]+)+\/?/g, 'a file')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 160)
}
