import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { folder, memory, openJournal, type Storage } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import { consentFolders } from './folders.ts'
import { readWhole } from './inspect.ts'

/** The register as a backup carries it, without any key: names below the register's folder. */
export type Carried = { readonly name: string; readonly read: () => Promise<Uint8Array> }

/**
 * Everything of a register of one moment, while a keeper writes to it or not. What waits is read before the log, so that
 * a withdrawal on its way from one to the other is in one of them; statements after it, so that none that it names lacks.
 */
export async function* carryConsent(dataDir: string): AsyncGenerator<Carried> {
  const at = consentFolders(dataDir)
  // Without the room it keeps for itself.
  yield* (await held(at.root, at.journal)).filter(({ name }) => name === 'journal/waiting.json')
  for (const [name, bytes] of await steadyLog(at.log)) yield { name: `log/${name}`, read: async () => bytes }
  for (const path of [at.records, at.vault]) yield* await lazily(at.root, path)
  const company = await folder(at.root).read('company.json')
  if (company) yield { name: 'company.json', read: async () => company }
}

/** A log is read again when it has grown so that what its checkpoint names was swept away meanwhile. */
async function steadyLog(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  let files = new Map<string, Uint8Array>()
  for (let tries = 0; tries < 5; tries++) {
    const shelf = folder(path)
    files = new Map()
    for (const first of ['checkpoint', 'public-key']) {
      const bytes = await shelf.read(first)
      if (bytes) files.set(first, bytes)
    }
    if (files.size === 0) return files
    for (const name of await namesIn(path)) {
      const bytes = files.has(name) || name === 'checkpoint.next' ? undefined : await shelf.read(name)
      if (bytes) files.set(name, bytes)
    }
    if (await readWhole(memory(files)).catch(() => undefined)) return files
  }
  // A damaged one is carried as it is: `fsck` tells of it, and so does whoever opens it.
  return files
}

const namesIn = async (path: string): Promise<readonly string[]> =>
  (await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter(file => file.isFile() && !file.name.endsWith('.new'))
    .map(file => relative(path, join(file.parentPath, file.name)))
    .sort()

async function lazily(root: string, path: string): Promise<readonly Carried[]> {
  const [base, shelf] = [relative(root, path), folder(path)]
  const read = async (name: string) => (await shelf.read(name)) ?? new Uint8Array()
  return (await namesIn(path)).map(name => ({ name: `${base}/${name}`, read: () => read(name) }))
}

async function held(root: string, path: string): Promise<readonly Carried[]> {
  const found = await Promise.all(
    (await lazily(root, path)).map(async one => [one.name, await one.read()] as const),
  )
  return found.map(([name, bytes]) => ({ name, read: async () => bytes }))
}

/** Names of the log's files, as anybody may ask for them. */
export const isLogFile = (name: string): boolean =>
  /^(?:checkpoint|public-key|tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/)*\d{3}(?:\.p\/\d{1,3})?)$/.test(name)

/** What may stand in a backup below the register's folder. */
export const isCarried = (name: string): boolean =>
  /^(?:company\.json|journal\/waiting\.json|records\/[\w-]{43}\.json|vault\/[\w-]{43})$/.test(name) ||
  (name.startsWith('log/') && isLogFile(name.slice(4)))

/**
 * Puts the register of a backup, lying in a folder of its own, into a data folder. A log only ever goes forward: where
 * the one that is there is longer it stays, with every withdrawal in it. Gives what people should know of it.
 * @throws Problem `backup-damaged` when the two have parted ways
 */
export async function putBack(staged: string, dataDir: string, file: string): Promise<readonly string[]> {
  const [from, to] = [consentFolders(staged), consentFolders(dataDir)]
  const [old, mine] = [await wholeOf(from.log), await wholeOf(to.log)]
  if (!old) return []
  if (mine) {
    const [short, long] = old.tree.size() < mine.tree.size() ? [old, mine] : [mine, old]
    const same = Buffer.from(long.tree.root(short.tree.size())).equals(Buffer.from(short.tree.root()))
    if (old.key !== mine.key || !same)
      throw new Problem('backup-damaged', { file, reason: 'its register of consents is another one' })
  }
  for (const path of ['records', 'vault'] as const) await addAll(from[path], to[path])
  await addJournal(from.journal, to.journal)
  const enrolment = await folder(from.root).read('company.json')
  if (enrolment && !(await folder(to.root).read('company.json')))
    await folder(to.root).write('company.json', enrolment)
  if (mine && mine.tree.size() >= old.tree.size())
    return mine.tree.size() > old.tree.size()
      ? ['The register of consents has gone on since the backup, and stays as it is.']
      : []
  const shelf = folder(to.log)
  // The checkpoint last: until then it is the log that was there.
  const names = (await namesIn(from.log)).filter(name => name !== 'checkpoint')
  for (const name of [...names, 'checkpoint']) await copy(folder(from.log), shelf, name)
  await shelf.remove('checkpoint.next')
  return []
}

const wholeOf = (path: string) => readWhole(folder(path)).catch(() => undefined)

async function copy(from: Storage, to: Storage, name: string): Promise<void> {
  const bytes = await from.read(name)
  if (bytes) await to.write(name, bytes)
}

async function addAll(from: string, to: string): Promise<void> {
  const [source, target] = [folder(from), folder(to)]
  for (const name of await namesIn(from)) {
    const [bytes, there] = [await source.read(name), await target.read(name)]
    if (bytes && !(there && Buffer.from(there).equals(Buffer.from(bytes)))) await target.write(name, bytes)
  }
}

/** What waited then may wait still; what the log knows by now falls away when it is brought there. */
async function addJournal(from: string, to: string): Promise<void> {
  const [old, mine] = [await openJournal(folder(from)), await openJournal(folder(to))]
  const known = new Set(mine.waiting().map(signed => JSON.stringify(signed)))
  for (const signed of old.waiting()) if (!known.has(JSON.stringify(signed))) await mine.add(signed)
}
