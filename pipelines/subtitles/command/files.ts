/** Files in and out. What was read is never written over unless that was asked for. */
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Reading } from '../document.ts'
import type { Format } from '../formats/format.ts'
import { readSubtitles } from '../read.ts'
import { expand } from './globs.ts'
import type { Values } from './options.ts'
import { refuse, type World } from './world.ts'

/** A file that was read: its name as people gave it, `-` for what was piped in. */
export type Read = Reading & { readonly name: string; readonly format: Format }
/** One that could not be, and why. */
export type Unread = { readonly name: string; readonly says: string }

/** The names that patterns stand for, each once. @throws Problem for a pattern that nothing is like, or for no name */
export async function namesOf(patterns: readonly string[], world: World): Promise<readonly string[]> {
  if (patterns.length === 0)
    throw refuse('No file was named', 'Name files, patterns such as "*.srt", or - for what is piped in.')
  const names: string[] = []
  for (const pattern of patterns) {
    const found = pattern === '-' ? ['-'] : await expand(pattern, world.folder)
    if (found.length === 0)
      throw refuse(`No file is like ${pattern}`, 'Check the pattern, and the folder it begins in.')
    names.push(...found)
  }
  return [...new Set(names)]
}

export async function readFileOf(name: string, world: World): Promise<Read | Unread> {
  const bytes = name === '-' ? await world.piped() : await bytesOf(resolve(world.folder, name))
  if (typeof bytes === 'string') return { name, says: bytes }
  const { document, diagnostics, format } = readSubtitles(bytes, name)
  if (format) return { name, document, diagnostics, format }
  return { name, says: diagnostics[0]?.says ?? 'It could not be read.' }
}
const bytesOf = async (path: string): Promise<Uint8Array | string> => {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return Object.hasOwn(unreadable, code) ? (unreadable[code] ?? code) : `It could not be read (${code}).`
  }
}
const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'It is a folder.',
  EACCES: 'It may not be read by you.',
}

/** Reads one after the other and hands each to `each`; tells how far it is where somebody watches. */
export async function forEachFile<T>(
  names: readonly string[],
  world: World,
  each: (file: Read | Unread) => Promise<T>,
): Promise<readonly T[]> {
  const told = world.watched && names.length > 1
  const all: T[] = []
  for (const [i, name] of names.entries()) {
    if (told) await world.err(`\r[${i + 1}/${names.length}] ${name}\u001b[K`)
    const file = await readFileOf(name, world)
    if (told) await world.err('\r\u001b[K')
    all.push(await each(file))
  }
  return all
}

/** Where a result goes: `-`, or a path. `undefined` when nobody said where. */
export function targetOf(
  name: string,
  values: Values,
  many: boolean,
  extension?: string,
): string | undefined {
  if (values['in-place']) {
    if (values.out !== undefined) throw refuse('--in-place and --out exclude each other', 'Give one of them.')
    if (name === '-') throw refuse('What is piped in has no place', 'Leave --in-place out.')
    return name
  }
  const { out } = values
  if (out === undefined) return undefined
  const folder = /[/\\]$/.test(out)
  if (!folder && many)
    throw refuse(`${out} is one file, and there are many to write`, 'Name a folder: --out NAME/')
  if (!folder) return out
  const own = name === '-' ? 'subtitles' : basename(name)
  return join(out, extension === undefined ? own : `${own.replace(/\.[^.]+$/, '')}.${extension}`)
}

/** @throws Problem when two results would be one file */
export function apart(targets: readonly (string | undefined)[], world: World): void {
  const seen = new Set<string>()
  for (const target of targets) {
    if (target === undefined || target === '-') continue
    const path = resolve(world.folder, target)
    if (seen.has(path))
      throw refuse(`Two results would be called ${target}`, 'Write them into folders of their own.')
    seen.add(path)
  }
}

/** What is known when a result is to be written. `inputs` is what was read for it. */
export type Writing = { readonly inputs: readonly string[]; readonly values: Values; readonly world: World }

/**
 * What stands at a place already, if anything. @throws Problem rather than write over what was read without --in-place,
 * or over anything else without --force
 */
export async function standing(
  target: string,
  { inputs, values, world }: Writing,
): Promise<Stats | undefined> {
  const there = await stat(resolve(world.folder, target)).catch(() => undefined)
  if (!there || values['in-place']) return there
  for (const input of inputs) {
    const own = input === '-' ? undefined : await stat(resolve(world.folder, input)).catch(() => undefined)
    if (own && own.ino === there.ino && own.dev === there.dev)
      throw refuse(`${target} is what was read`, 'To write over it, say --in-place.')
  }
  if (!values.force) throw refuse(`${target} is there already`, 'To write over it, say --force.')
  return there
}

/** Writes whole or not at all: beside its place first, then into it. @throws Problem as `standing` does */
export async function save(target: string, bytes: Uint8Array, writing: Writing): Promise<void> {
  const { world } = writing
  if (target === '-') return world.out(bytes)
  const asked = resolve(world.folder, target)
  const there = await standing(target, writing)
  // Through a link, so that the link stays one.
  const path = there ? await realpath(asked) : asked
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`
  const file = await open(beside, 'wx', there ? there.mode & 0o777 : 0o666)
  try {
    await file.writeFile(bytes)
    await file.sync()
    await file.close()
    await rename(beside, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(beside, { force: true })
    throw error
  }
}
