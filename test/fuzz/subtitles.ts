/** `npm run fuzz [-- --minutes N] [--seed N]`: breaks subtitle files without end and reads them. A failure's file is kept. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzz } from '../support/fuzz.ts'
import { seedFiles } from './samples.ts'

const { minutes, seed } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' } },
}).values
const start = seed === undefined ? Date.now() % 2 ** 31 : Number(seed)
const until = minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + Number(minutes) * 60_000
const folder = join(tmpdir(), 'kotodama-fuzz')
console.log(`seed ${start}; files of failures go to ${folder}`)
let [failures, next] = [0, 1e7]
const bytes = fuzz(
  seedFiles(),
  start,
  done => {
    if (done >= next) {
      console.log(`${Math.round(done / 1e6)} MB, ${failures} failures`)
      next += 1e7
    }
    return performance.now() >= until
  },
  failure => {
    failures++
    mkdirSync(folder, { recursive: true })
    const file = join(folder, `${failure.format}-${failure.seed}`)
    writeFileSync(file, failure.bytes)
    console.log(`${failure.format}, seed ${failure.seed}: ${failure.why}\n  kept as ${file}`)
  },
)
console.log(`${(bytes / 1e6).toFixed(1)} MB, ${failures} failures`)
process.exitCode = failures > 0 ? 1 : 0
