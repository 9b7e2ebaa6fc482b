import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../pipelines/problem.ts'
import type { Blob, Digest } from '../../pipelines/terms.ts'

/** Bytes under their own digest, each kept once. What is there is whole: it got its name after it was on the disk. */
export type Blobs = {
  /** Keeps a file, which is gone from its old place afterwards. */
  readonly keep: (path: string, type: string) => Promise<Blob>
  readonly keepBytes: (bytes: Uint8Array, type: string) => Promise<Blob>
  /** Where it can be read, and must never be written. */
  readonly path: (blob: Blob) => Promise<string>
  readonly text: (blob: Blob) => Promise<string>
  readonly has: (digest: Digest) => Promise<boolean>
  readonly remove: (digest: Digest) => Promise<void>
  readonly list: () => AsyncGenerator<KeptBlob>
}
export type KeptBlob = { readonly digest: Digest; readonly bytes: number; readonly at: Date }

export async function openBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })

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

  /** Gives a file that is on the disk its name. */
  async function settle(file: string, digest: Digest): Promise<void> {
    const place = placeOf(digest)
    if (await has(digest)) return rm(file, { force: true })
    const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    await rename(file, place)
    await syncFolder(dirname(place))
    if (made)
      for (let up = dirname(dirname(place)); up.startsWith(folder); up = dirname(up)) await syncFolder(up)
  }

  async function keep(path: string, type: string): Promise<Blob> {
    const { digest, bytes } = await digestFile(path)
    if (await has(digest)) {
      await rm(path)
      return { digest, bytes, type }
    }
    try {
      await chmod(path, 0o600)
      await sync(path)
      await settle(path, digest)
    } catch (error) {
      if (!isCode(error, 'EXDEV')) throw full(error, folder)
      return copy(path, type)
    }
    return { digest, bytes, type }
  }

  /** From another file system: the copy is hashed as it is made. */
  async function copy(path: string, type: string): Promise<Blob> {
    const fresh = join(incoming, randomUUID())
    try {
      const { tap, result } = hashing()
      await pipeline(createReadStream(path), tap, createWriteStream(fresh, { mode: 0o600, flush: true }))
      const { digest, bytes } = result()
      await settle(fresh, digest)
      await rm(path)
      return { digest, bytes, type }
    } catch (error) {
      await rm(fresh, { force: true })
      throw full(error, folder)
    }
  }

  async function path(blob: Blob): Promise<string> {
    if (!(await has(blob.digest))) throw new Problem('not-found', { what: 'blob', id: blob.digest })
    return placeOf(blob.digest)
  }

  return {
    keep,
    async keepBytes(bytes, type) {
      const digest = createHash('sha256').update(bytes).digest('hex')
      if (await has(digest)) return { digest, bytes: bytes.byteLength, type }
      const fresh = join(incoming, randomUUID())
      try {
        await writeDurably(fresh, bytes)
        await settle(fresh, digest)
      } catch (error) {
        await rm(fresh, { force: true })
        throw full(error, folder)
      }
      return { digest, bytes: bytes.byteLength, type }
    },
    path,
    text: async blob => readFile(await path(blob), 'utf8'),
    has,
    remove: digest => rm(placeOf(digest), { force: true }),
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

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
/** A new name is on the disk when its folder is. */
const syncFolder = sync

const isCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))
const full = (error: unknown, place: string) =>
  isCode(error, 'ENOSPC', 'EDQUOT') ? new Problem('disk-full', { place }, error) : error
