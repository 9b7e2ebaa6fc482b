/** Brings weights here from their origin over the network. Nothing but this is ever fetched. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import type { ModelCard } from './catalogue.ts'
import { type Installed, sha256Of, shelve } from './shelf.ts'

export type Fetching = {
  /** `https://huggingface.co` or a mirror of it. */
  readonly origin: string
  readonly folder: string
  readonly report: (file: string, fraction: number) => void
  readonly signal?: AbortSignal
}

/**
 * What the origin says of a file. Large ones are named by SHA-256, small ones by git's blob id (SHA-1 over
 * `blob SIZE\0` and the bytes).
 */
const Listing = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.int(),
    oid: z.string(),
    lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int() }).optional(),
  }),
)
type Listed = z.infer<typeof Listing>[number]

/**
 * Fetches a model of the catalogue, file by file, going on where an earlier try stopped, and verifies each against the
 * digest in the origin's listing of that very commit. The digests are then kept: `verify` holds the files to them.
 */
export async function install(
  card: ModelCard,
  { origin, folder, report, signal }: Fetching,
): Promise<Installed> {
  const revision = await commitOf(card, origin, signal)
  const listed = await listing(card, revision, origin, signal)
  // Named by the commit, so that an interrupted fetch is only ever gone on with from the same commit.
  const partial = join(folder, `.${card.id}-${revision.slice(0, 12)}.partial`)
  const total = listed.reduce((sum, file) => sum + file.size, 0)
  let before = 0
  const files = []
  for (const file of listed) {
    const place = join(partial, file.path)
    await mkdir(dirname(place), { recursive: true })
    const url = `${origin}/${card.repository}/resolve/${revision}/${file.path}`
    if (!(await isWhole(place, file)))
      await download(url, place, file, card.id, signal, bytes => report(file.path, (before + bytes) / total))
    if (!(await isWhole(place, file))) {
      await rm(place, { force: true })
      throw new Problem('model-damaged', { model: card.id, file: file.path })
    }
    before += file.size
    report(file.path, before / total)
    files.push({ path: file.path, bytes: file.size, sha256: await sha256Of(place) })
  }
  return shelve(partial, folder, {
    id: card.id,
    use: card.use,
    pairs: card.pairs?.map(([from, to]) => [from, to]),
    origin: `${origin}/${card.repository}`,
    revision,
    licence: { name: card.licence },
    files,
  })
}

async function commitOf(
  { repository, revision, id }: ModelCard,
  origin: string,
  signal?: AbortSignal,
): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(revision)) return revision
  const said = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) })
  return said.parse(await ask(`${origin}/api/models/${repository}/revision/${revision}`, id, signal)).sha
}

async function listing(
  card: ModelCard,
  revision: string,
  origin: string,
  signal?: AbortSignal,
): Promise<Listed[]> {
  const all = Listing.parse(
    await ask(`${origin}/api/models/${card.repository}/tree/${revision}?recursive=true`, card.id, signal),
  )
  return card.files.map(path => {
    const found = all.find(file => file.type === 'file' && file.path === path)
    if (!found) throw new Problem('model-damaged', { model: card.id, file: path })
    return found
  })
}

async function ask(url: string, model: string, signal?: AbortSignal): Promise<unknown> {
  return (await reach(url, model, {}, signal)).json()
}

async function reach(
  url: string,
  model: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, { headers, signal })
  } catch (error) {
    if (signal?.aborted) throw error
    const reason =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new Problem('engine-unreachable', { engine: model, address: new URL(url).origin, reason }, error)
  }
  if (!answer.ok)
    throw new Problem('engine-unreachable', {
      engine: model,
      address: new URL(url).origin,
      reason: `${answer.status}`,
    })
  return answer
}

/** Goes on where the file ends. An origin that can't do that begins anew. */
async function download(
  url: string,
  place: string,
  file: Listed,
  model: string,
  signal: AbortSignal | undefined,
  report: (bytes: number) => void,
): Promise<void> {
  const have = (await stat(place).catch(() => undefined))?.size ?? 0
  const from = have < file.size ? have : 0
  const answer = await reach(url, model, from > 0 ? { range: `bytes=${from}-` } : {}, signal)
  if (!answer.body)
    throw new Problem('engine-unreachable', { engine: model, address: url, reason: 'an empty answer' })
  const resumed = answer.status === 206
  let bytes = resumed ? from : 0
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const piece of source) {
      bytes += piece.byteLength
      if (bytes > file.size) throw new Problem('model-damaged', { model, file: file.path })
      report(bytes)
      yield piece
    }
  }
  await pipeline(
    Readable.fromWeb(answer.body as ReadableStream<Uint8Array>),
    counted,
    createWriteStream(place, { flags: resumed ? 'a' : 'w' }),
    { signal },
  )
}

async function isWhole(place: string, { size, oid, lfs }: Listed): Promise<boolean> {
  if ((await stat(place).catch(() => undefined))?.size !== size) return false
  if (lfs) return (await sha256Of(place)) === lfs.oid
  const hash = createHash('sha1').update(`blob ${size}\0`)
  for await (const piece of createReadStream(place)) hash.update(piece as Buffer)
  return hash.digest('hex') === oid
}
