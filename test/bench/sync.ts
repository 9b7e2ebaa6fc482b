/**
 * Tracks that something happened to, against what ears hear: how many are put where they belong, how many are refused,
 * and how many are put wrong with confidence (the goal is none). Speed is the episode's length against the time taken.
 */
import { sync, synced } from '../../pipelines/subtitles/sync/sync.ts'
import { errorsOf, fates, trackOf } from '../support/episodes.ts'

const runs = Number(process.argv[2] ?? 20)
const share = (all: readonly number[], part: number) => all[Math.floor(all.length * part)] ?? Number.NaN
let wrong = 0
for (const [name, fate] of Object.entries(fates)) {
  let [right, refused, misled, spent, played] = [0, 0, 0, 0, 0]
  const errors: number[] = []
  for (let seed = 1; seed <= runs; seed++) {
    const { track, speech, truth } = fate(seed)
    const document = trackOf(track)
    const begun = performance.now()
    const found = sync(document, { speech })
    spent += performance.now() - begun
    played += speech.reduce((end, one) => Math.max(end, one.end), 0)
    const off = truth && errorsOf(synced(document, found), truth)
    if (!found.sure) refused++
    else if (off && share(off, 0.9) < 1000) {
      right++
      errors.push(...off)
    } else misled++
  }
  wrong += misled
  errors.sort((a, b) => a - b)
  const close = errors.length > 0 ? `, lines off p50 ${share(errors, 0.5)} p95 ${share(errors, 0.95)} ms` : ''
  console.log(
    `${name}: ${right} right, ${refused} refused, ${misled} WRONG of ${runs}${close}; ${Math.round(played / spent)} × real time`,
  )
}
console.log(`put wrong with confidence: ${wrong}`)
process.exitCode = wrong > 0 ? 1 : 0
