/** Patterns of file names, for where no shell has put the names in: `*` `?` `[a-z]` `{a,b}` and `**` for any folders. */
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export const isPattern = (text: string): boolean => /[*?[{]/.test(text)

/** Alternatives in braces written out; more than this many were meant otherwise. */
const mostAlternatives = 256

/** `{a,b}c` as `ac` and `bc`; braces may stand in braces. */
export function alternatives(pattern: string): readonly string[] {
  const done: string[] = []
  const open = [pattern]
  while (open.length > 0 && done.length + open.length <= mostAlternatives) {
    const one = open.shift() ?? ''
    const [whole, inner] = /\{([^{}]*,[^{}]*)\}/.exec(one) ?? []
    if (whole === undefined || inner === undefined) done.push(one)
    else open.push(...inner.split(',').map(choice => one.replace(whole, () => choice)))
  }
  return [...new Set([...done, ...open])]
}

/** One name, without slashes. A leading dot has to be written, as in shells. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const parts = /\*+|\?|\[!?[^\]]+\]|[^*?[]+|\[/g
  const source = (pattern.match(parts) ?? []).map(part => {
    if (part.startsWith('*')) return '[^]*?'
    if (part === '?') return '[^]'
    return classOf(part) ?? part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  })
  const fits = new RegExp(`^${source.join('')}$`, 'u')
  return name => fits.test(name) && (pattern.startsWith('.') || !name.startsWith('.'))
}

/** `[a-z]`, `[!abc]` as a class of a regular expression; undefined for what is none (`[z-a]`). */
function classOf(part: string): string | undefined {
  const [, not, inside] = /^\[(!?)(.+)\]$/s.exec(part) ?? []
  if (inside === undefined) return undefined
  const source = `[${not ? '^' : ''}${inside.replace(/[\\[\]^]/g, '\\$&')}]`
  try {
    new RegExp(source, 'u')
    return source
  } catch {
    return undefined
  }
}

/** Files in `folder` that are like the pattern, by name, as paths of the kind that was asked with. A file that is called so is itself. */
export async function expand(pattern: string, folder: string): Promise<readonly string[]> {
  if (!isPattern(pattern) || (await isFile(resolve(folder, pattern)))) return [pattern]
  const found = await Promise.all(alternatives(pattern).map(one => walk(one, folder)))
  return [...new Set(found.flat())].sort()
}

async function walk(pattern: string, folder: string): Promise<readonly string[]> {
  const rooted = pattern.startsWith('/')
  const steps = pattern.split('/').filter(step => step !== '' && step !== '.')
  const files = await below(rooted ? '/' : '', steps, folder)
  return files
}

async function below(at: string, steps: readonly string[], folder: string): Promise<readonly string[]> {
  const [step, ...rest] = steps
  if (step === undefined) return []
  const last = rest.length === 0
  if (step === '**') {
    const deeper = (await entries(at, folder)).filter(
      entry => entry.isDirectory() && !entry.name.startsWith('.'),
    )
    const inside = await Promise.all(deeper.map(({ name }) => below(join(at, name), steps, folder)))
    return [...(await below(at, last ? ['*'] : rest, folder)), ...inside.flat()]
  }
  if (!isPattern(step)) {
    const path = join(at, step)
    if (last) return (await isFile(resolve(folder, path))) ? [path] : []
    return below(path, rest, folder)
  }
  const fits = nameMatcher(step)
  const here = (await entries(at, folder)).filter(({ name }) => fits(name))
  const paths = await Promise.all(
    here.map(async ({ name }) => {
      const path = join(at, name)
      if (!last) return below(path, rest, folder)
      return (await isFile(resolve(folder, path))) ? [path] : []
    }),
  )
  return paths.flat()
}

const entries = (at: string, folder: string) =>
  readdir(resolve(folder, at), { withFileTypes: true }).catch(() => [])
const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true
