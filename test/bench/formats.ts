/**
 * Every format we write: what a hundred thousand captions cost to write and to read, in processor time, and whether ten
 * times as many cost ten times as much. `--cues N` counts otherwise.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Document } from '../../pipelines/subtitles/document.ts'
import { formatNamed, formats } from '../../pipelines/subtitles/formats/all.ts'
import { readSubtitles } from '../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../pipelines/subtitles/write.ts'

const { cues, one } = parseArgs({
  options: { cues: { type: 'string', default: '100000' }, one: { type: 'string' } },
}).values

const said = ['Wait for me at the top of the hill.', '灯り坂の上まで', 'I told you.', '- No.\n- Yes!']
const documentOf = (count: number): Document => ({
  language: 'en',
  captions: Array.from({ length: count }, (_, i) => ({
    id: String(i + 1),
    start: i * 2000,
    end: i * 2000 + 1500,
    kind: 'dialogue',
    runs: [{ text: said[i % said.length] ?? '', marks: i % 5 === 0 ? { italic: true } : {} }],
  })),
})
function timed<T>(work: () => T): readonly [T, number] {
  const since = process.cpuUsage()
  const made = work()
  const { user, system } = process.cpuUsage(since)
  return [made, (user + system) / 1000]
}

if (one !== undefined) {
  // A process of its own, so that its peak is that of one format.
  const [name = '', count] = one.split(':')
  const format = formatNamed(name)
  if (!format) throw new TypeError(name)
  const document = documentOf(Number(count))
  const [{ bytes }, writing] = timed(() => writeSubtitles(document, format))
  const [read, reading] = timed(() => readSubtitles(bytes, `x.${format.extensions[0]}`))
  const found = read.document.captions.length
  const [, again] = timed(() => writeSubtitles(read.document, format))
  const peak = process.resourceUsage().maxRSS
  console.log(JSON.stringify({ found, size: bytes.length, writing, reading, again, peak }))
} else {
  const most = Number(cues)
  const measured = (name: string, count: number) =>
    JSON.parse(
      String(
        execFileSync(process.execPath, [
          '--max-old-space-size=8192',
          ...process.execArgv,
          import.meta.filename,
          '--one',
          `${name}:${count}`,
        ]),
      ),
    )
  console.table(
    formats
      .filter(({ write }) => write !== undefined)
      .map(({ name }) => {
        const [tenth, whole] = [measured(name, most / 10), measured(name, most)]
        const per = (ms: number) => Math.round((ms / most) * 100_000)
        return {
          format: name,
          captions: whole.found,
          'read, ms per 100k': per(whole.reading),
          'MB a second': (whole.size / 1000 / whole.reading).toFixed(1),
          'a caption ÷ with a tenth': (whole.reading / most / (tenth.reading / (most / 10))).toFixed(2),
          'written anew': per(whole.writing),
          'written again': per(whole.again),
          'peak, MB': Math.round(whole.peak / 1000),
        }
      }),
  )
}
