import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Real recordings, weights and conformance suites live outside the project. Gives the path of one, or undefined after
 * saying why the test that wanted it is skipped.
 */
export function sharedFile(path: string): string | undefined {
  const root = process.env.KOTODAMA_SHARED ?? join(import.meta.dirname, '../../../shared')
  const file = join(root, path)
  if (existsSync(file)) return file
  console.log(`      skipped: ${path} is not in the folder of shared test material (KOTODAMA_SHARED)`)
  return undefined
}
