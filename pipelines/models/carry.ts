/** Brings weights to a machine that has no network: from a folder or an archive that somebody carried there. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { extract } from 'tar'
import { Problem } from '../problem.ts'
import { catalogue, type ModelUse } from './catalogue.ts'
import { type Installed, Manifest, manifestName, sha256Of, shelve } from './shelf.ts'

export type Carried = {
  readonly id?: string
  readonly use?: ModelUse
  readonly pairs?: readonly (readonly [from: string, to: string])[]
  readonly licence?: string
  readonly by?: string
}

/**
 * Takes weights from a folder or a tar archive: one that `install` made elsewhere (its manifest is held to), or a bare one of a model in
 * the catalogue, or any other when the lead says what it is for and records under which licence it may be used.
 */
export async function importModel(from: string, folder: string, carried: Carried): Promise<Installed> {
  await mkdir(folder, { recursive: true })
  if ((await stat(from)).isDirectory()) return importFolder(from, folder, carried)
  const unpacked = await mkdtemp(join(folder, '.unpacked-'))
  try {
    // Plain files and folders alone: a link in an archive may point anywhere on the machine.
    const plain = (entry: { type?: unknown }) =>
      entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'Directory'
    await extract({
      file: from,
      cwd: unpacked,
      strict: true,
      filter: (_path, entry) => plain(entry as { type?: unknown }),
    }).catch(cause => {
      throw new Problem('model-damaged', { model: carried.id ?? from, file: from }, cause)
    })
    return await importFolder(await onlyFolder(unpacked), folder, carried)
  } finally {
    await rm(unpacked, { recursive: true, force: true })
  }
}

/** An archive of a folder holds that folder; one of a folder's contents holds them. */
async function onlyFolder(unpacked: string): Promise<string> {
  const [first, ...others] = await readdir(unpacked, { withFileTypes: true })
  return first?.isDirectory() && others.length === 0 ? join(unpacked, first.name) : unpacked
}

async function importFolder(from: string, folder: string, carried: Carried): Promise<Installed> {
  const text = await readFile(join(from, manifestName), 'utf8').catch(() => undefined)
  const manifest = text === undefined ? await describe(from, carried) : readText(text, from)
  const partial = await mkdtemp(join(folder, '.import-'))
  try {
    for (const { path, bytes, sha256 } of manifest.files) {
      await mkdir(dirname(join(partial, path)), { recursive: true })
      await copyFile(join(from, path), join(partial, path)).catch(cause => {
        throw new Problem('model-damaged', { model: manifest.id, file: path }, cause)
      })
      if (
        (await stat(join(partial, path))).size !== bytes ||
        (await sha256Of(join(partial, path))) !== sha256
      )
        throw new Problem('model-damaged', { model: manifest.id, file: path })
    }
    return await shelve(partial, folder, manifest)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

function readText(text: string, from: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new Problem('model-damaged', { model: from, file: manifestName }, cause)
  }
}

async function describe(from: string, { id = '', use, pairs, licence, by }: Carried): Promise<Manifest> {
  const card = catalogue.find(model => model.id === id)
  const known = use ?? card?.use
  if (!known) throw new Problem('model-unknown', { model: id || from })
  const name = licence ?? card?.licence
  if (!name || (!card && !by)) throw new Problem('model-unlicensed', { model: id })
  const paths = card?.files ?? (known === 'speech' ? catalogue[0]?.files : catalogue[2]?.files) ?? []
  const files: Manifest['files'][number][] = []
  // One after the other: of several that are missing it is always the first that is named.
  for (const path of paths) {
    const file = join(from, path)
    const { size } = await stat(file).catch(cause => {
      throw new Problem('model-damaged', { model: id, file: path }, cause)
    })
    files.push({ path, bytes: size, sha256: await sha256Of(file) })
  }
  return Manifest.parse({
    id,
    use: known,
    pairs: pairs ?? card?.pairs,
    origin: 'imported',
    revision: 'imported',
    licence: { name, by },
    files,
  })
}
