import { ObjectId } from 'bson'
import type { Database } from './database.ts'
import { checkSize, type Doc, decode, encode, encodeStored } from './document.ts'
import { bad, StoreError } from './error.ts'
import { duplicate, type Index, keysOf } from './indexes.ts'
import { same } from './keys.ts'

/** Documents under row numbers in one table, and their keys in one table an index. */
export type Collection = {
  readonly id: number
  readonly namespace: string
  readonly table: string
  readonly indexes: Index[]
  /** The next row. Rows are not used twice while a cursor may still hold one. */
  nextRow: number
}

/** A document where it lies: decoded by whoever needs more than its bytes. */
export type Row = { readonly row: number; readonly bytes: Buffer }

// All writing happens within `database.transact`. Whatever can be refused is refused before the first row changes, so
// that one document of a command can fail while the others are written.

/** Keeps a new document, with an `_id` in front, and gives back that `_id`. */
export function insert(database: Database, collection: Collection, given: Buffer): unknown {
  const { doc, bytes } = withId(given)
  const found = collection.indexes.map(index => ({ index, ...keysOf(index, doc) }))
  for (const { index, keys } of found) refuseTaken(database, collection, index, keys, doc)
  const row = collection.nextRow++
  database.run(`INSERT INTO ${collection.table} VALUES (?, ?)`, [row, bytes])
  for (const { index, keys, many } of found) {
    noteMany(database, index, many)
    addKeys(database, index, keys, row)
  }
  return doc._id
}

function withId(given: Buffer): { doc: Doc; bytes: Buffer } {
  checkSize(given)
  const doc = decode(given)
  if (Array.isArray(doc._id)) throw new StoreError(53, 'InvalidIdField', 'An _id is no array.')
  if (Object.keys(doc)[0] === '_id' && doc._id !== undefined) return { doc, bytes: given }
  const { _id = new ObjectId(), ...rest } = doc
  const whole = { _id, ...rest }
  return { doc: whole, bytes: encodeStored(whole) }
}

/** Puts the document in the other's place. False when nothing changed. */
export function replace(
  database: Database,
  collection: Collection,
  { row, bytes }: Row,
  before: Doc,
  after: Doc,
): boolean {
  if (!same(before._id, after._id))
    throw new StoreError(66, 'ImmutableField', 'The _id of a document never changes.')
  const next = encodeStored(after)
  if (next.equals(bytes)) return false
  const changes = collection.indexes.map(index => {
    const { keys: old } = keysOf(index, before)
    const { keys, many } = keysOf(index, after)
    return { index, many, gone: without(old, keys), added: without(keys, old) }
  })
  for (const { index, added } of changes) refuseTaken(database, collection, index, added, after)
  database.run(`UPDATE ${collection.table} SET bytes = ? WHERE row = ?`, [next, row])
  for (const { index, gone, added, many } of changes) {
    noteMany(database, index, many)
    dropKeys(database, index, gone, row)
    addKeys(database, index, added, row)
  }
  return true
}

export function remove(database: Database, collection: Collection, { row, bytes }: Row): void {
  const doc = decode(bytes)
  for (const index of collection.indexes) dropKeys(database, index, keysOf(index, doc).keys, row)
  database.run(`DELETE FROM ${collection.table} WHERE row = ?`, [row])
}

/** Fills a new index from the documents that are there. */
export function fillIndex(database: Database, collection: Collection, index: Index): void {
  for (let last = -1; ; ) {
    const rows = database.all(
      `SELECT row, bytes FROM ${collection.table} WHERE row > ? ORDER BY row LIMIT 500`,
      [last],
    )
    for (const [row, bytes] of rows) {
      const doc = decode(bytes as Buffer)
      const { keys, many } = keysOf(index, doc)
      refuseTaken(database, collection, index, keys, doc)
      noteMany(database, index, many)
      addKeys(database, index, keys, row as number)
      last = row as number
    }
    if (rows.length < 500) return
  }
}

function refuseTaken(
  database: Database,
  collection: Collection,
  index: Index,
  keys: readonly Buffer[],
  doc: Doc,
): void {
  if (!index.unique) return
  for (const key of keys)
    if (database.get(`SELECT 1 FROM ${index.table} WHERE key = ?`, [key]))
      throw duplicate(collection.namespace, index, doc)
}

function addKeys(database: Database, index: Index, keys: readonly Buffer[], row: number): void {
  for (const key of keys) database.run(`INSERT INTO ${index.table} VALUES (?, ?)`, [key, row])
}

function dropKeys(database: Database, index: Index, keys: readonly Buffer[], row: number): void {
  for (const key of keys) database.run(`DELETE FROM ${index.table} WHERE key = ? AND row = ?`, [key, row])
}

/** That an index has met an array decides how it may be read: it is written down with the document that had it. */
function noteMany(database: Database, index: Index, many: boolean): void {
  if (!many || index.many) return
  database.run('UPDATE indexes SET many = 1 WHERE id = ?', [index.id])
  index.many = true
}

const without = (keys: readonly Buffer[], others: readonly Buffer[]) =>
  keys.filter(key => !others.some(other => other.equals(key)))

/** A document out of a command, as bytes. */
export function toBytes(given: unknown): Buffer {
  if (Buffer.isBuffer(given)) return given
  if (typeof given !== 'object' || given === null) throw bad('A document is fields and values.')
  return encode(given as Doc)
}
