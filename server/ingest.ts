import { constants } from 'node:fs'
import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Blob, Problem, type Source } from '../pipelines/index.ts'
import type { Parts } from './parts.ts'
import type { Series } from './store/series.ts'

/** What somebody on this very machine wants made of a file. Paths are theirs; the files are copied, never moved. */
export type Order = {
  readonly file: string
  readonly series: string
  readonly episode: string
  readonly language?: string
  readonly targets?: readonly string[]
  readonly script?: string
  readonly subtitles?: string
  readonly me?: string
  readonly audioStream?: number
  readonly textStream?: number
}

/** Finds the series by its title or begins it, keeps the files, and adds the episode; one of that number that is there already is taken as it is. */
export async function takeOrder(
  order: Order,
  { people, blobs }: Parts,
): Promise<{ id: string; series: Series }> {
  const known = (await people.series.all()).find(series => series.title === order.series)
  const language = order.language ?? known?.language ?? 'ja'
  const series =
    known ??
    (await people.series.add({ title: order.series, language, targets: [...(order.targets ?? ['en'])] }))
  const there = (await people.episodes.ofSeries(series.id)).find(episode => episode.number === order.episode)
  if (there) return { id: there.id, series }

  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-order-'))
  try {
    const keep = async (file: string | undefined, type: string): Promise<Blob | undefined> => {
      if (file === undefined) return undefined
      const copy = join(scratch, 'file')
      await copyFile(file, copy).catch(cause => {
        throw new Problem('not-found', { what: 'file', id: file }, cause)
      })
      return blobs.keep(copy, type)
    }
    const media = await keep(order.file, 'application/octet-stream')
    if (!media) throw new Problem('not-found', { what: 'file', id: order.file })
    const given = {
      script: await keep(order.script, 'text/plain'),
      subtitles: await keep(order.subtitles, 'text/plain'),
      me: await keep(order.me, 'application/octet-stream'),
      audioStream: order.audioStream,
      textStream: order.textStream,
    }
    const source: Source = {
      file: media,
      name: basename(order.file),
      language: series.language,
      ...present(given),
    }
    const targets = [...(order.targets ?? series.targets)].filter(target => target !== series.language)
    const { id } = await people.episodes.add({
      series: series.id,
      number: order.episode,
      title: '',
      targets,
      source,
    })
    return { id, series }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The same without what is undefined: stored values hold nothing that is not there. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never
}

/** Reads a JSON file of a person's own, and names it when it can't be read. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new Problem(
      'bad-request',
      { where: file, reason: cause instanceof Error ? cause.message : 'unreadable' },
      cause,
    )
  }
}

/** Puts a copy of a kept file where a person looks for it: theirs to change, as the kept one never is. */
export async function handOver(from: string, to: string): Promise<void> {
  await rm(to, { force: true })
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  await chmod(to, 0o644)
}
