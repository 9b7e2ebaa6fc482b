/**
 * What files made to be slow cost, in processor time a megabyte, by their size: no more for the larger, and none more than
 * a second. `--megabytes 1,4` says how large.
 */
import { parseArgs } from 'node:util'
import { formatNamed } from '../../pipelines/subtitles/formats/all.ts'
import { readSubtitles } from '../../pipelines/subtitles/read.ts'
import { hostile } from '../support/hostile.ts'

const { megabytes } = parseArgs({ options: { megabytes: { type: 'string', default: '1,4' } } }).values

function msOf(work: () => unknown): number {
  const since = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

const sizes = megabytes.split(',').map(Number)
for (const { format: name, what, file } of hostile) {
  const format = formatNamed(name)
  if (format?.kind !== 'text') throw new TypeError(name)
  const costs = sizes.map(size => {
    const text = file(size * 1e6)
    const ms = Math.min(...[1, 2].map(() => msOf(() => format.read(text))))
    return Math.round(ms / (text.length / 1e6))
  })
  const bytes = Buffer.from(file(1e6))
  const told = Math.round(msOf(() => readSubtitles(bytes)))
  console.log(`${name}, ${what}: ${costs.join(', ')} ms a MB; with format and encoding found out ${told}`)
}
