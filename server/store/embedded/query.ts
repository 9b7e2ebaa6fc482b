import type { Collection, Row } from './collection.ts'
import type { Cell, Database } from './database.ts'
import { type Doc, decode } from './document.ts'
import { compile } from './match.ts'
import { planFor } from './plan.ts'
import { scan } from './scan.ts'
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
  const found = passing(scan(database, collection, plan, plan.exact && plan.inOrder ? most : undefined), test)
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
