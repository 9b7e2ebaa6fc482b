import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formats } from '../../pipelines/subtitles/formats/all.ts'
import { formatOf } from '../../pipelines/subtitles/read.ts'
import type { Sample } from '../support/fuzz.ts'
import { sharedFile } from '../support/shared.ts'
import { samples } from '../support/subtitle-samples.ts'

/** Longer ones would be broken in too few places. */
const longest = 20_000

/** The samples of every format, and the public suites where they are. */
export function seedFiles(): readonly Sample[] {
  const own = formats.flatMap(format =>
    (samples[format.name] ?? []).map(file => ({ format, bytes: Buffer.from(file) })),
  )
  const suite = sharedFile('conformance')
  if (suite === undefined) return own
  const found = readdirSync(suite, { recursive: true, withFileTypes: true }).flatMap((entry): Sample[] => {
    if (!entry.isFile() || !/\.(?:vtt|stl)$/.test(entry.name)) return []
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    const format = formatOf(bytes, entry.name)
    return format && bytes.length <= longest ? [{ format, bytes }] : []
  })
  // As many of ours as of all others: most formats have no public suite.
  return [
    ...Array.from({ length: Math.ceil(found.length / Math.max(1, own.length)) }, () => own).flat(),
    ...own,
    ...found,
  ]
}
