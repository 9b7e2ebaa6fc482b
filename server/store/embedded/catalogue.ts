import { type Collection, fillIndex } from './collection.ts'
import type { Database } from './database.ts'
import { decode, encode } from './document.ts'
import { bad, StoreError } from './error.ts'
import { type Index, type IndexSpec, idIndex, openIndex } from './indexes.ts'
import { same } from './keys.ts'

/** Which collections there are and how they are indexed, in memory as on the disk. */
export type Catalogue = {
  readonly all: () => readonly Collection[]
  readonly get: (namespace: string) => Collection | undefined
  readonly ensure: (namespace: string) => Collection
  readonly drop: (namespace: string) => boolean
  /** False when there is one like it already. */
  readonly addIndex: (collection: Collection, spec: IndexSpec) => boolean
  readonly dropIndex: (collection: Collection, name: string) => void
  /** A transaction after whose failure the catalogue is again what the disk says. */
  readonly transact: <T>(work: () => T) => T
}

/** Raised when tables or keys change so that older code would misread them. */
const format = 1

/** MongoDB's limit for the name of database and collection together. */
const longestName = 255
const mostIndexes = 64

export function openCatalogue(database: Database): Catalogue {
  const collections = new Map<string, Collection>()
  prepare(database)
  load()

  function load(): void {
    const rows = new Map([...collections.values()].map(({ table, nextRow }) => [table, nextRow]))
    collections.clear()
    for (const [id, namespace] of database.all('SELECT id, namespace FROM collections')) {
      const table = `rows_${id}`
      const [last] = database.get(`SELECT max(row) FROM ${table}`) ?? []
      collections.set(String(namespace), {
        id: Number(id),
        namespace: String(namespace),
        table,
        indexes: indexesOf(Number(id)),
        nextRow: Math.max(rows.get(table) ?? 1, Number(last ?? 0) + 1),
      })
    }
  }

  function indexesOf(collection: number): Index[] {
    const rows = database.all('SELECT id, spec, many FROM indexes WHERE collection = ? ORDER BY id', [
      collection,
    ])
    return rows.map(([id, spec, many]) =>
      openIndex(Number(id), decode(spec as Buffer) as IndexSpec, many === 1),
    )
  }

  function transact<T>(work: () => T): T {
    try {
      return database.transact(work)
    } catch (error) {
      load()
      throw error
    }
  }

  function ensure(namespace: string): Collection {
    const known = collections.get(namespace)
    if (known) return known
    checkName(namespace)
    const collection = transact(() => {
      database.run('INSERT INTO collections (namespace) VALUES (?)', [namespace])
      const id = lastId()
      const table = `rows_${id}`
      database.exec(`CREATE TABLE ${table} (row INTEGER PRIMARY KEY, bytes BLOB NOT NULL)`)
      return { id, namespace, table, indexes: [makeIndex(id, idIndex)], nextRow: 1 }
    })
    collections.set(namespace, collection)
    return collection
  }

  const lastId = () => Number(database.get('SELECT last_insert_rowid()')?.[0])

  function makeIndex(collection: number, spec: IndexSpec): Index {
    database.run('INSERT INTO indexes (collection, spec, many) VALUES (?, ?, 0)', [collection, encode(spec)])
    const index = openIndex(lastId(), spec, false)
    const primary = spec.unique ? 'key' : 'key, row'
    database.exec(
      `CREATE TABLE ${index.table} (key BLOB, row INTEGER, PRIMARY KEY (${primary})) WITHOUT ROWID`,
    )
    return index
  }

  function drop(namespace: string): boolean {
    const collection = collections.get(namespace)
    if (!collection) return false
    transact(() => {
      for (const index of collection.indexes) unmake(index)
      database.exec(`DROP TABLE ${collection.table}`)
      database.run('DELETE FROM collections WHERE id = ?', [collection.id])
    })
    return collections.delete(namespace)
  }

  function unmake({ id, table }: Index): void {
    database.exec(`DROP TABLE ${table}`)
    database.run('DELETE FROM indexes WHERE id = ?', [id])
  }

  function addIndex(collection: Collection, spec: IndexSpec): boolean {
    const like = collection.indexes.find(({ name, key }) => name === spec.name || same(key, spec.key))
    if (like) {
      if (isSameIndex(like, spec)) return false
      throw new StoreError(
        86,
        'IndexKeySpecsConflict',
        `The index ${spec.name} exists with another key or options.`,
      )
    }
    if (collection.indexes.length >= mostIndexes)
      throw bad(`${collection.namespace} has ${mostIndexes} indexes.`)
    const index = transact(() => {
      const made = makeIndex(collection.id, spec)
      fillIndex(database, collection, made)
      return made
    })
    collection.indexes.push(index)
    return true
  }

  function dropIndex(collection: Collection, name: string): void {
    const index = collection.indexes.find(one => one.name === name)
    if (!index) throw new StoreError(27, 'IndexNotFound', `There is no index ${name}.`)
    if (name === idIndex.name) throw new StoreError(72, 'InvalidOptions', 'The index of _id stays.')
    transact(() => unmake(index))
    collection.indexes.splice(collection.indexes.indexOf(index), 1)
  }

  const all = () => [...collections.values()]
  return { all, get: name => collections.get(name), ensure, drop, addIndex, dropIndex, transact }
}

function prepare(database: Database): void {
  const [version] = database.get('PRAGMA user_version') ?? []
  if (version === format) return
  if (version !== 0)
    throw new Error(`The data was written by a newer version (format ${version}, this one knows ${format}).`)
  database.transact(() => {
    // Numbers are not used twice: a cursor may still read the table of a dropped index.
    database.exec(
      `CREATE TABLE collections (id INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL UNIQUE);
       CREATE TABLE indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL,
         spec BLOB NOT NULL, many INTEGER NOT NULL);
       PRAGMA user_version = ${format}`,
    )
  })
}

function checkName(namespace: string): void {
  const name = namespace.slice(namespace.indexOf('.') + 1)
  if (name === '' || /[$\0]/.test(namespace) || name.startsWith('system.') || namespace.length > longestName)
    throw new StoreError(73, 'InvalidNamespace', `There can be no collection ${namespace}.`)
}

/** Compared as bytes: both are made by the same reading of a command. */
function isSameIndex(there: IndexSpec, asked: IndexSpec): boolean {
  const { name, key, unique, sparse, partialFilterExpression, expireAfterSeconds } = there
  const plain = { name, key, unique, sparse, partialFilterExpression, expireAfterSeconds }
  return same(sorted(plain), sorted(asked))
}

const sorted = (spec: object) =>
  Object.fromEntries(
    Object.entries(spec)
      .filter(([, value]) => value !== undefined)
      .sort(),
  )
