/** What files made to be slow cost, in processor time a megabyte: one megabyte and four must cost the same, and less than a second. */
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
console.table(
  hostile.map(({ format: name, what, file }) => {
    const format = formatNamed(name)
    if (format?.kind !== 'text') throw new TypeError(name)
    const costs = sizes.map(size => {
      const text = file(size * 1e6)
      const ms = Math.min(...[1, 2].map(() => msOf(() => format.read(text))))
      return [`ms a MB, of ${size} MB`, Math.round(ms / (text.length / 1e6))] as const
    })
    const bytes = Buffer.from(file(1e6))
    return {
      format: name,
      what,
      ...Object.fromEntries(costs),
      'told and decoded too': Math.round(msOf(() => readSubtitles(bytes))),
    }
  }),
)
