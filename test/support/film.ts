import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { findTools, type Tools } from '../../pipelines/tools.ts'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../../node_modules')

/**
 * The tools tests use, or undefined after saying why the test that wanted them is skipped.
 * With a setting of 'registry' the old build that comes with the npm package, so that it is tried too.
 */
export async function findFilmTools(which: 'default' | 'registry' = 'default'): Promise<Tools | undefined> {
  const shipped = (name: string) =>
    join(modules, `@${name}-installer`, `${process.platform}-${process.arch}`, name)
  const settings = { ffmpeg: shipped('ffmpeg'), ffprobe: shipped('ffprobe') }
  const there = existsSync(settings.ffmpeg) && existsSync(settings.ffprobe)
  if (which === 'default' || there) {
    const tools = await findTools(which === 'registry' ? settings : {})
    if (tools.ffmpeg && tools.ffprobe) return tools
  }
  console.log(`      skipped: no ffmpeg that runs (${which})`)
  return undefined
}

const films = mkdtempSync(join(tmpdir(), 'kotodama-films-'))
process.on('exit', () => rmSync(films, { recursive: true, force: true }))
const made = new Map<string, Promise<string>>()

/**
 * Makes a small film or sound with ffmpeg's own test sources: `args` are everything between `ffmpeg` and the file. What
 * was made before in this run is copied.
 */
export async function film(tools: Tools, file: string, ...args: readonly string[]): Promise<string> {
  const recipe = JSON.stringify([extname(file), args])
  const make = async () => {
    const path = join(films, `${made.size}${extname(file)}`)
    await run(tools.ffmpeg!.path, ['-nostdin', '-v', 'error', '-y', '-bitexact', ...args, `file:${path}`])
    return path
  }
  const master = made.get(recipe) ?? make()
  made.set(recipe, master)
  await copyFile(await master, file)
  return file
}
export const lavfi = (source: string) => ['-f', 'lavfi', '-i', source]
