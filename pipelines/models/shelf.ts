/** The folder of installed weights: what lies there, whether it is whole, and under which licence. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import { catalogue, type ModelCard } from './catalogue.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]{1,200}$/, 'a path inside the model')
/** What was installed, written beside it. */
export const Manifest = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  use: z.enum(['speech', 'translation']),
  pairs: z.array(z.tuple([z.string(), z.string()])).optional(),
  origin: z.string(),
  revision: z.string(),
  licence: z.object({ name: z.string().min(1), by: z.string().optional() }),
  files: z.array(z.object({ path, bytes: z.int().min(0), sha256: digest })).min(1),
})
export type Manifest = z.infer<typeof Manifest>
export type Installed = Manifest & { readonly folder: string }

export const manifestName = 'manifest.json'

/** What is installed in the folder, damaged or not. */
export async function installedIn(folder: string): Promise<readonly Installed[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(names.map(name => readManifest(join(folder, name))))
  return found.filter(model => model !== undefined)
}

export async function readManifest(folder: string): Promise<Installed | undefined> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined)
  const parsed = text === undefined ? undefined : Manifest.safeParse(parseJson(text))
  return parsed?.success ? { ...parsed.data, folder } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Throws `model-damaged` at the first file that is not what the manifest says. */
export async function verify(model: Installed, signal?: AbortSignal): Promise<void> {
  for (const { path, bytes, sha256 } of model.files) {
    const file = join(model.folder, path)
    const size = (await stat(file).catch(() => undefined))?.size
    signal?.throwIfAborted()
    if (size !== bytes || (await sha256Of(file)) !== sha256)
      throw new Problem('model-damaged', { model: model.id, file: path })
  }
}

/** Puts a complete folder in the model's place at once: a reader sees the old one or the new one, never a half. */
export async function shelve(from: string, folder: string, manifest: Manifest): Promise<Installed> {
  const text = JSON.stringify(manifest, undefined, 2)
  await writeFile(join(from, manifestName), text)
  const place = join(folder, manifest.id)
  await mkdir(folder, { recursive: true })
  await rm(place, { recursive: true, force: true })
  await rename(from, place)
  return { ...Manifest.parse(JSON.parse(text)), folder: place }
}

export async function remove(folder: string, id: string): Promise<void> {
  const model = (await installedIn(folder)).find(installed => installed.id === id)
  if (!model) throw new Problem('model-missing', { model: id })
  await rm(model.folder, { recursive: true })
}

export function cardOf(id: string): ModelCard {
  const card = catalogue.find(model => model.id === id)
  if (!card) throw new Problem('model-unknown', { model: id })
  return card
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
