import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty folder for one test, and its end. */
export async function openFolder(): Promise<{ readonly path: string; readonly close: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'kotodama-test-'))
  return { path, close: () => rm(path, { recursive: true, force: true }) }
}
