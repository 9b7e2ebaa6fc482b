import { Problem } from '../../pipelines/problem.ts'

/** As the file system says it, and as the store does (MongoDB's OutOfDiskSpace). */
const codes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 14031]

/** The error, or Problem `disk-full` when that is what it is. */
export function orDiskFull(error: unknown, place: string): unknown {
  const full = error instanceof Error && 'code' in error && codes.includes(error.code)
  return full ? new Problem('disk-full', { place }, error) : error
}
