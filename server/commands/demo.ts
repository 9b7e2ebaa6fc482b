import { join } from 'node:path'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { CastingShape, MemoryImport, NewSeries, TermShape } from '../contract.ts'
import { readJson, takeOrder } from '../ingest.ts'
import { startServer } from '../main.ts'
import type { Command } from './command.ts'
import { follow } from './follow.ts'
import { handOverAll } from './ingest.ts'

export const usage = 'kotodama demo [SAMPLE]'

/** Makes the sample episode before one's eyes, and leaves the server running with it. */
export const run: Command = async ([sample = 'lantern-01']) => {
  const folder = join(import.meta.dirname, '../../samples', sample)
  const read = async <T extends z.ZodType>(name: string, shape: T): Promise<z.output<T>> =>
    shape.parse(await readJson(join(folder, name)))
  // The steps are the show: the log speaks up only when something is wrong.
  const running = await startServer({ ...readConfig(), logLevel: 'warn' })
  const { parts, jobs, address, firstLink } = running
  const { people, work } = parts
  process.once('SIGINT', () => void running.close().finally(() => process.exit(0)))
  process.once('SIGTERM', () => void running.close().finally(() => process.exit(0)))

  const about = await read('series.json', NewSeries)
  const file = (name: string) => join(folder, name)
  const order = {
    series: about.title,
    language: about.language,
    ...(about.targets && { targets: about.targets }),
  }
  const { id, series } = await takeOrder(
    { ...order, episode: '1', file: file('episode.mp4'), script: file('script.txt'), me: file('me.opus') },
    parts,
  )
  await people.series.change(series.id, {
    glossary: await read('glossary.json', z.array(TermShape)),
    cast: await read('cast.json', z.array(CastingShape)),
    ...(about.loudness !== undefined && { loudness: about.loudness }),
  })
  await people.memory.add(series.id, await read('memory.json', MemoryImport.shape.entries))

  console.log(`${about.title}, episode 1`)
  await jobs.start(id, undefined, true)
  const { state, problem } = await follow(id, work, text => process.stdout.write(text), process.stdout.isTTY)
  if (problem) console.error(`${problem.says}\n  ${problem.mend}`)
  if (state === 'ready') {
    console.log('Made:')
    for (const name of await handOverAll(id, parts, join('out', sample))) console.log(`  ${name}`)
  }
  console.log(`\nWatch it at ${address}/#/episodes/${id}`)
  console.log(`Ask somebody for their own voice at ${address}/#/consents`)
  if (firstLink) console.log(`First choose a name and a password, once: ${firstLink}`)
  console.log('Ctrl+C ends the server.')
  await new Promise(() => {})
  return 0
}
