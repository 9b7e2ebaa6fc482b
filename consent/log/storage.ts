import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where bytes lie under names such as `tile/0/000`. */
export type Storage = {
  readonly read: (path: string) => Promise<Uint8Array | undefined>
  /** Resolves when the bytes would outlive a power cut; a reader sees the old ones or these and nothing between. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>
  /** Forgets a name and all that lie under it. */
  readonly remove: (path: string) => Promise<void>
}

/** A folder. A file is written beside its place, flushed, moved there, and the folder flushed as well. */
export function folder(root: string): Storage {
  const made = new Set<string>()

  async function flushFolder(path: string): Promise<void> {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  }

  async function makeFolder(path: string): Promise<void> {
    if (made.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    for (let at = path; at.length > root.length; at = dirname(at)) await flushFolder(dirname(at))
    made.add(path)
  }

  return {
    read: async path => {
      try {
        return new Uint8Array(await readFile(join(root, path)))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    write: async (path, bytes) => {
      const place = join(root, path)
      await makeFolder(dirname(place))
      const beside = `${place}.${randomUUID()}.new`
      try {
        const handle = await open(beside, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(beside, place)
      } catch (error) {
        await rm(beside, { force: true })
        throw error
      }
      await flushFolder(dirname(place))
    },
    remove: async path => {
      made.delete(join(root, path))
      await rm(join(root, path), { force: true, recursive: true })
    },
  }
}

/** A map, for tests and for a verifier that was handed the files. */
export function memory(files: Map<string, Uint8Array> = new Map()): Storage {
  return {
    read: async path => files.get(path)?.slice(),
    write: async (path, bytes) => {
      files.set(path, bytes.slice())
    },
    remove: async path => {
      for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name)
    },
  }
}
