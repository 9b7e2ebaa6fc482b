import type { Collection, Row } from './collection.ts'
import type { Cell, Database } from './database.ts'
import { type Doc, decode } from './document.ts'
import { compile } from './match.ts'
import { type Bound, type Plan, planFor } from './plan.ts'
import { byKey, type Order, sortKey } from './sort.ts'

export type Question = {
  readonly filter: Doc
  readonly order?: Order
  readonly skip?: number
  /** 0: all. */
  readonly limit?: number
}

/**
 * The rows that answer, in order, read as they are asked for: a page at a time, each as it stands at that moment. So an
 * answer of any length costs little memory, and writes between two pages are seen or not, as on MongoDB.
 */
export function* answer(database: Database, collection: Collection, question: Question): Generator<Row> {
  const { filter, order = [], skip = 0, limit = 0 } = question
  const plan = planFor(filter, order, collection.indexes)
  const most = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit
  const test = plan.exact ? undefined : compile(filter)
  const found = passing(scan(database, collection, plan, plan.exact && plan.inOrder ? most : 128), test)
  const inOrder = plan.inOrder ? found : sorted(database, collection, found, order)
  let count = 0
  if (most > 0)
    for (const row of inOrder) {
      if (++count > skip) yield row
      if (count >= most) return
    }
}

/** How many answer. From the index alone where that is possible. */
export function count(database: Database, collection: Collection, filter: Doc): number {
  const { index, bounds, exact } = planFor(filter, [], collection.indexes)
  const counted = (sql: string, values: readonly Cell[] = []) => Number(database.get(sql, values)?.[0])
  if (exact && !index) return counted(`SELECT count(*) FROM ${collection.table}`)
  if (exact && index)
    return bounds
      .map(bound => counted(`SELECT count(*) FROM ${index.table} WHERE key >= ? AND key < ?`, bound))
      .reduce((sum, part) => sum + part, 0)
  let sum = 0
  for (const _ of answer(database, collection, { filter })) sum++
  return sum
}

function* passing(rows: Iterable<Row>, test: ((doc: Doc) => boolean) | undefined): Generator<Row> {
  for (const row of rows) if (!test || test(decode(row.bytes))) yield row
}

/** What no index gives in order is sorted by row and key in memory, and read again as it is asked for. */
function* sorted(
  database: Database,
  collection: Collection,
  rows: Iterable<Row>,
  order: Order,
): Generator<Row> {
  const keyed = function* () {
    for (const { row, bytes } of rows) yield { row, key: sortKey(decode(bytes), order) }
  }
  for (const { row } of byKey(keyed(), ({ key }) => key)) {
    const [bytes] = database.get(`SELECT bytes FROM ${collection.table} WHERE row = ?`, [row]) ?? []
    if (Buffer.isBuffer(bytes)) yield { row, bytes }
  }
}

/** Rows read at once at most; the first page is smaller when few are wanted. */
const page = 512

function* scan(database: Database, collection: Collection, plan: Plan, wanted: number): Generator<Row> {
  const { index } = plan
  if (!index) return yield* scanAll(database, collection, wanted)
  // A document with several keys within the bounds is found several times.
  const seen = index.many ? new Set<number>() : undefined
  for (const bound of plan.bounds)
    for (const found of scanKeys(database, collection, index.table, bound, plan.backwards, wanted)) {
      if (seen?.has(found.row)) continue
      seen?.add(found.row)
      yield found
    }
}

function* scanAll(database: Database, collection: Collection, wanted: number): Generator<Row> {
  const sql = `SELECT row, bytes FROM ${collection.table} WHERE row > ? ORDER BY row LIMIT ?`
  for (let last = -1, size = Math.min(page, wanted); ; size = page) {
    const rows = database.all(sql, [last, size])
    for (const [row, bytes] of rows) {
      last = row as number
      yield { row: last, bytes: bytes as Buffer }
    }
    if (rows.length < size) return
  }
}

function* scanKeys(
  database: Database,
  collection: Collection,
  table: string,
  [from, to]: Bound,
  backwards: boolean,
  wanted: number,
): Generator<Row> {
  const [beyond, within, turn] = backwards ? ['<', '>=', 'DESC'] : ['>', '<', 'ASC']
  const sql = `SELECT k.key, c.row, c.bytes FROM ${table} k CROSS JOIN ${collection.table} c ON c.row = k.row
    WHERE (k.key, k.row) ${beyond} (?, ?) AND k.key ${within} ? ORDER BY k.key ${turn}, k.row ${turn} LIMIT ?`
  let [key, row]: readonly [Buffer, number] = [backwards ? to : from, -1]
  for (let size = Math.min(page, wanted); ; size = page) {
    const rows = database.all(sql, [key, row, backwards ? from : to, size])
    for (const [nextKey, nextRow, bytes] of rows) {
      key = nextKey as Buffer
      row = nextRow as number
      yield { row, bytes: bytes as Buffer }
    }
    if (rows.length < size) return
  }
}
