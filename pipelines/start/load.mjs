/** Loads TypeScript as one piece, a sixth of the work of hundreds of files: all that a process needs before its first line. */
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = dirname(dirname(import.meta.dirname))

/**
 * Imports the module at the path as it stands in its sources now. What was built of it lies in `dist/run`, and is built
 * again when any of its sources has changed since. Where nothing can be built or kept, tsx reads file after file.
 */
export async function load(path) {
  const name = relative(root, path)
  const folder = join(root, 'dist/run', name)
  process.setSourceMapsEnabled(true)
  const built = fresh(folder) ?? (await build(name, folder))
  if (!built) (await import('tsx/esm/api')).register()
  return import(pathToFileURL(built ?? path))
}

/** What tells that a file is the one that was read. Its times alone can be set back; when its place in the disk changed can't. */
export function stamp(path) {
  const { size, ctimeMs } = statSync(path)
  return `${size} ${ctimeMs}`
}

/** The record that a build leaves: where it was made, as its paths are whole; its first file; the stamps of its sources. */
export const recordOf = folder => join(folder, 'built.json')

function fresh(folder) {
  try {
    const { from, entry, sources } = JSON.parse(readFileSync(recordOf(folder), 'utf8'))
    const same =
      from === root && Object.entries(sources).every(([source, was]) => stamp(join(root, source)) === was)
    return same ? join(folder, entry) : undefined
  } catch {
    return undefined
  }
}

async function build(name, folder) {
  try {
    // Asked first: where a house may not write, each of its starts would build in vain.
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    const { build } = await import('./build.mjs')
    return await build(root, name, folder)
  } catch {
    return undefined
  }
}
