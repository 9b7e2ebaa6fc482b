import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import {
  access,
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../pipelines/problem.ts'
import type { Blob, Digest } from '../../pipelines/terms.ts'
import { orDiskFull } from './disk-full.ts'

/** Bytes under their own digest, each kept once. What is there is whole: it got its name after it was on the disk. */
export type Blobs = {
  /** Keeps a file, which is gone from its old place afterwards. */
  readonly keep: (path: string, type: string) => Promise<Blob>
  readonly keepBytes: (bytes: Uint8Array, type: string) => Promise<Blob>
  readonly keepStream: (bytes: AsyncIterable<Uint8Array>, type: string) => Promise<Blob>
  /** Where it can be read, and must never be written. */
  readonly path: (blob: Blob) => Promise<string>
  readonly text: (blob: Blob) => Promise<string>
  readonly has: (digest: Digest) => Promise<boolean>
  readonly remove: (digest: Digest) => Promise<void>
  /** Until the hold is ended nothing is let go: who copies blobs finds all that were named when the copying began. */
  readonly hold: () => Promise<() => Promise<void>>
  readonly isHeld: () => Promise<boolean>
  /** Removes a blob, unless somebody holds them all, or kept the same bytes again after that time. @returns its bytes, if it went */
  readonly letGo: (digest: Digest, since: number) => Promise<number | undefined>
  readonly list: () => AsyncGenerator<KeptBlob>
}
export type KeptBlob = { readonly digest: Digest; readonly bytes: number; readonly at: Date }

export async function openBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await sweep(incoming)

  /** Two levels of 256 folders: a million blobs are sixteen files a folder. */
  function placeOf(digest: Digest): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Problem('not-found', { what: 'blob', id: digest })
    return join(folder, digest.slice(0, 2), digest.slice(2, 4), digest)
  }

  const has = (digest: Digest) =>
    access(placeOf(digest)).then(
      () => true,
      () => false,
    )

  /** Gives a file that is on the disk its name. What is there already counts as new again, so that nobody sweeps it. */
  async function settle(file: string, digest: Digest): Promise<void> {
    const place = placeOf(digest)
    const now = new Date()
    // What is let go at this very moment is not there to be touched: then this file takes its place.
    if (await utimes(place, now, now).then(() => true, isMissing)) return rm(file, { force: true })
    const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    await rename(file, place)
    await sync(dirname(place))
    // A new name is on the disk when its folder is.
    if (made) for (let up = dirname(dirname(place)); up.startsWith(folder); up = dirname(up)) await sync(up)
  }

  /** Hashes as it writes. */
  async function keepStream(content: AsyncIterable<Uint8Array>, type: string): Promise<Blob> {
    const fresh = join(incoming, randomUUID())
    try {
      const { tap, result } = hashing()
      await pipeline(content, tap, createWriteStream(fresh, { flags: 'wx', mode: 0o600, flush: true }))
      const { digest, bytes } = result()
      await settle(fresh, digest)
      return { digest, bytes, type }
    } catch (error) {
      await rm(fresh, { force: true })
      throw orDiskFull(error, folder)
    }
  }

  const isHeld = async () => (await readdir(incoming)).some(name => name.startsWith(holding))

  async function hold(): Promise<() => Promise<void>> {
    const mark = join(incoming, holding + randomUUID())
    await writeFile(mark, '', { mode: 0o600 })
    return () => rm(mark, { force: true })
  }

  /** Out of sight first: whoever keeps it anew from then on makes another, and whoever did before has left a younger time. */
  async function letGo(digest: Digest, since: number): Promise<number | undefined> {
    if (await isHeld()) return undefined
    const [place, aside] = [placeOf(digest), join(incoming, randomUUID())]
    if (!(await rename(place, aside).then(() => true, isMissing))) return undefined
    const { mtimeMs, size } = await stat(aside)
    const wanted = mtimeMs > since
    if (wanted && !(await has(digest))) await rename(aside, place)
    else await rm(aside)
    return wanted ? undefined : size
  }

  async function keep(path: string, type: string): Promise<Blob> {
    const { digest, bytes } = await digestFile(path)
    try {
      await chmod(path, 0o600)
      await sync(path)
      await settle(path, digest)
      return { digest, bytes, type }
    } catch (error) {
      // From another file system it can't be moved.
      if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV'))
        throw orDiskFull(error, folder)
      const blob = await keepStream(createReadStream(path), type)
      await rm(path)
      return blob
    }
  }

  async function path(blob: Blob): Promise<string> {
    if (!(await has(blob.digest))) throw new Problem('not-found', { what: 'blob', id: blob.digest })
    return placeOf(blob.digest)
  }

  return {
    keep,
    keepStream,
    keepBytes: (bytes, type) => keepStream(once(bytes), type),
    path,
    text: async blob => readFile(await path(blob), 'utf8'),
    has,
    remove: digest => rm(placeOf(digest), { force: true }),
    hold,
    isHeld,
    letGo,
    async *list() {
      for (const first of await foldersIn(folder))
        for (const second of await foldersIn(join(folder, first)))
          for (const digest of (await readdir(join(folder, first, second))).sort()) {
            if (!/^[0-9a-f]{64}$/.test(digest)) continue
            const { size, mtime } = await stat(join(folder, first, second, digest))
            yield { digest, bytes: size, at: mtime }
          }
    },
  }
}

const holding = 'held-'

/** @returns false for what is not there @throws whatever else it is */
function isMissing(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
  throw error
}

/** What is still coming in after a day comes from nobody that lives. */
const abandonedMs = 24 * 3_600_000

async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const { mtimeMs } = await stat(join(incoming, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(incoming, name), { force: true })
  }
}

/** The digest and size of a file, read once. */
export async function digestFile(path: string): Promise<{ digest: Digest; bytes: number }> {
  const { tap, result } = hashing()
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), tap, async source => {
    for await (const _ of source);
  })
  return result()
}

function hashing() {
  const hash = createHash('sha256')
  let bytes = 0
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { tap, result: () => ({ digest: hash.digest('hex'), bytes }) }
}

const foldersIn = async (folder: string) =>
  (await readdir(folder)).filter(name => /^[0-9a-f]{2}$/.test(name)).sort()

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
