/**
 * Loads TypeScript as written, types taken away and nothing put in: what tsx adds for CommonJS would be counted as
 * branches that no test takes.
 */
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) register(import.meta.url)

export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url) || url.includes('/node_modules/')) return next(url, context)
  const { transformWithOxc } = await import('vite')
  const path = fileURLToPath(url)
  const { code, map } = await transformWithOxc(await readFile(path, 'utf8'), path, { sourcemap: true })
  const inline = Buffer.from(JSON.stringify(map)).toString('base64')
  const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`
  return { format: 'module', shortCircuit: true, source }
}
