/**
 * What the house costs: CPU of our own code against that of the tools it calls (ffmpeg, the synthesizer, the store), the
 * time of one edited line against that of the whole, the most memory our process takes, and disk. `--minutes N` repeats the
 * sample until it is so long.
 */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Draft, draftEpisode, type Wish } from '../../pipelines/index.ts'
import { readConfig } from '../../server/config.ts'
import { openConsent } from '../../server/consent/open.ts'
import { openCrew } from '../../server/crew.ts'
import { takeOrder } from '../../server/ingest.ts'
import { loadWork } from '../../server/known.ts'
import { openParts } from '../../server/parts.ts'
import { openRun } from '../../server/remember.ts'

const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '1' } } }).values
const sample = join(import.meta.dirname, '../../samples/lantern-01')
const folder = await mkdtemp(join(tmpdir(), 'kotodama-bench-'))
const times = Math.max(1, Math.round(Number(minutes) / 1.46))

/** The sample so many times over, with its English and Japanese lines as subtitles. */
async function lengthen() {
  const file = join(folder, 'long.mp4')
  const list = join(folder, 'list.txt')
  await writeFile(list, `file '${join(sample, 'episode.mp4')}'\n`.repeat(times))
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', file])
  const { lines } = JSON.parse(await readFile(join(sample, 'expected/truth.json'), 'utf8'))
  const duration = Number(
    execFileSync('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'format=duration',
      '-of',
      'csv=p=0',
      join(sample, 'episode.mp4'),
    ]),
  )
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',')
  const cues = Array.from({ length: times }, (_, turn) =>
    lines.map((line: { start: number; end: number; text: string }) => {
      const shift = Math.round(turn * duration * 1000)
      return `${clock(line.start + shift)} --> ${clock(line.end + shift)}\n${line.text}\n`
    }),
  ).flat()
  const subtitles = join(folder, 'long.srt')
  await writeFile(subtitles, cues.map((cue, at) => `${at + 1}\n${cue}`).join('\n'))
  return { file, subtitles }
}

/** Seconds of CPU: our own, and of the processes that have ended. */
async function cpu(): Promise<{ own: number; tools: number }> {
  const stat = (await readFile('/proc/self/stat', 'utf8'))
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number)
  const [own = 0, system = 0, tools = 0, toolsSystem = 0] = stat.slice(11, 15)
  return { own: (own + system) / 100, tools: (tools + toolsSystem) / 100 }
}

const config = readConfig({ DATA_DIR: join(folder, 'data') })
try {
  const { file, subtitles } = await lengthen()
  const parts = await openParts(config, { join: false })
  const consent = await openConsent({ ...config, now: Date.now, log: says => console.error(says) })
  const order = { file, subtitles, series: 'Bench', episode: '1', language: 'ja', targets: ['en'] }
  const { id, series } = await takeOrder(order, parts)
  const { entries } = { entries: JSON.parse(await readFile(join(sample, 'memory.json'), 'utf8')) }
  await parts.people.memory.add(series.id, entries)
  await parts.people.series.change(series.id, {
    cast: JSON.parse(await readFile(join(sample, 'cast.json'), 'utf8')),
  })
  const { source, wish, memory } = await loadWork(parts.people, id)
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 100)

  const make = async (edits: Wish['edits']) => {
    const crew = await openCrew(config, { ...consent, reference: async () => undefined })
    const before = await cpu()
    const since = performance.now()
    const run = openRun({
      ...parts,
      scratch: join(folder, 'scratch'),
      signal: new AbortController().signal,
      now: Date.now,
      hear: () => {},
    })
    const journey = draftEpisode(source, { ...wish, edits, parcel: 'new' }, { ...crew, memory }, run)
    let draft: Partial<Draft> = {}
    for (let turn = await journey.next(); ; turn = await journey.next()) {
      draft = turn.value
      if (turn.done || (edits.length > 0 && draft.versions?.length)) break
    }
    const seconds = (performance.now() - since) / 1000
    crew.close()
    await new Promise(resolve => setTimeout(resolve, 300))
    const after = await cpu()
    return { seconds, draft, own: after.own - before.own, tools: after.tools - before.tools }
  }

  const whole = await make([])
  const line = whole.draft.versions?.[0]?.fitted.lines.find(({ text }) => text !== '')
  const edit = { line: line?.id ?? '', language: 'en', version: 1, text: 'Wait for me, please!' }
  const redo = await make([edit])
  clearInterval(watch)
  const figure = (value: number) => value.toFixed(2)
  const kept = execFileSync('du', ['-sk', config.dataDir], { encoding: 'utf8' })
  console.table({
    'sound, minutes': figure(whole.draft.media ? whole.draft.media.probe.duration / 60_000 : 0),
    'whole journey, s': figure(whole.seconds),
    'CPU, ours and the tools’, s': `${figure(whole.own)} and ${figure(whole.tools)}`,
    'our CPU ÷ the tools’ CPU': figure(whole.own / whole.tools),
    'one edited line ÷ whole journey': figure(redo.seconds / whole.seconds),
    'one edited line, s': figure(redo.seconds),
    'most memory of our process, MB': figure(most / 1e6),
    'film and what is kept, MB': `${figure(statSync(file).size / 1e6)} and ${figure(Number.parseInt(kept, 10) / 1e3)}`,
  })
  await parts.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}
