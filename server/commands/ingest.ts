import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { type Draft, Problem } from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { openConsent } from '../consent/open.ts'
import { openRunning } from '../consent/running.ts'
import { handOver, type Order, takeOrder } from '../ingest.ts'
import { openJobs } from '../jobs.ts'
import { openLog } from '../log.ts'
import { openParts, type Parts } from '../parts.ts'
import { foldersOf } from '../store/folders.ts'
import type { Command } from './command.ts'
import { follow } from './follow.ts'

export const usage = `kotodama ingest FILE --series TITLE --episode NUMBER
  [--language ja] [--targets en,es] [--script FILE] [--subtitles FILE] [--stem me=FILE]
  [--audio STREAM] [--text STREAM] [--out FOLDER]`

/** Makes subtitles and a dub draft of a file, by the running server's worker or, when none runs, by one of its own. */
export const run: Command = async args => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      series: { type: 'string' },
      episode: { type: 'string' },
      language: { type: 'string' },
      targets: { type: 'string' },
      script: { type: 'string' },
      subtitles: { type: 'string' },
      stem: { type: 'string' },
      audio: { type: 'string' },
      text: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const [file] = positionals
  const me = values.stem === undefined ? undefined : /^me=(.+)$/s.exec(values.stem)?.[1]
  if (!file || !values.series || !values.episode || (values.stem !== undefined && !me)) {
    console.error(usage)
    return 2
  }
  const order: Order = {
    file,
    series: values.series,
    episode: values.episode,
    me,
    language: values.language,
    targets: values.targets?.split(','),
    script: values.script,
    subtitles: values.subtitles,
    audioStream: number(values.audio),
    textStream: number(values.text),
  }
  const config = readConfig()
  const parts = await openParts(config, { join: true })
  const log = openLog({ ...config, logLevel: 'error' })
  const tell = (says: string, more?: object) => log.error(more ?? {}, says)
  const consent = parts.store.own ? await openConsent({ ...config, now: Date.now, log: tell }) : undefined
  const jobs =
    consent &&
    openJobs({
      ...{ work: parts.work, consent, log: tell, running: openRunning() },
      scratch: foldersOf(config.dataDir).scratch,
    })
  // Ctrl+C ends this command and its worker, not the work: the same command goes on where it was.
  process.once('SIGINT', () => void jobs?.close().finally(() => process.exit(130)))
  try {
    const { id } = await takeOrder(order, parts)
    await (jobs ? jobs.start(id, undefined, true) : parts.work.ask(id, undefined, true))
    const work = await follow(id, parts.work, text => process.stdout.write(text), process.stdout.isTTY)
    if (work.problem) console.error(`${work.problem.says}\n  ${work.problem.mend}`)
    if (work.state !== 'ready') return 1
    const out = values.out ?? join('out', safe(`${values.series} ${values.episode}`))
    for (const name of await handOverAll(id, parts, out)) console.log(name)
    return 0
  } finally {
    await jobs?.close()
    await consent?.close()
    await parts.close()
  }
}

/** Puts the files of an episode into a folder and gives their paths. */
export async function handOverAll(episode: string, { work, blobs }: Parts, out: string): Promise<string[]> {
  const { draft } = (await work.of(episode)) ?? {}
  if (!draft) return []
  const { parcel }: Partial<Draft> = JSON.parse(await blobs.text(draft))
  const files = parcel?.files ?? []
  await mkdir(out, { recursive: true })
  for (const { name, file } of files) await handOver(await blobs.path(file), join(out, name))
  return files.map(({ name }) => relative('.', join(out, name)))
}

/** A folder name that is one name, whatever a title holds. */
export const safe = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '') || 'episode'

function number(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,2}$/.test(text))
    throw new Problem('bad-request', { where: 'stream', reason: `${text} is not a stream number` })
  return Number(text)
}
