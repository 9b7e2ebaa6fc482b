import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run, Stage } from '../../pipelines/stage.ts'
import type { Blob } from '../../pipelines/terms.ts'

export type Bench = {
  readonly at: Stage
  /** Runs every step, remembers none. */
  readonly run: Run
  readonly reports: number[]
  readonly keepFile: (path: string, type: string) => Promise<Blob>
  readonly cancel: (reason?: unknown) => void
  readonly close: () => Promise<void>
}

/** A stage as a step would be handed it, in a folder of its own under the system's temporary one. */
export async function openBench(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'kotodama-test-'))
  const scratch = join(root, 'scratch')
  await mkdir(scratch)
  const abort = new AbortController()
  const reports: number[] = []
  const keepBytes = async (bytes: Uint8Array, type: string): Promise<Blob> => {
    const digest = createHash('sha256').update(bytes).digest('hex')
    await writeFile(join(root, digest), bytes)
    return { digest, bytes: bytes.byteLength, type }
  }
  const keepFile = async (path: string, type: string) => keepBytes(await readFile(path), type)
  const at: Stage = {
    signal: abort.signal,
    report: fraction => void reports.push(fraction),
    scratch,
    keep: async (path, type) => {
      const blob = await keepFile(path, type)
      await rm(path)
      return blob
    },
    keepBytes,
    file: async blob => {
      const copy = join(root, `${blob.digest}.read`)
      await copyFile(join(root, blob.digest), copy)
      return copy
    },
  }
  return {
    at,
    run: async (_step, _inputs, work) => work(at),
    reports,
    keepFile,
    cancel: reason => abort.abort(reason),
    close: () => rm(root, { recursive: true, force: true }),
  }
}
