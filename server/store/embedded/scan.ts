import type { Collection, Row } from './collection.ts'
import type { Database } from './database.ts'
import type { Bound, Plan } from './plan.ts'

/** Reads what a plan says, page by page, each row once. At most `most` rows are of interest. */
export function* scan(
  database: Database,
  collection: Collection,
  plan: Plan,
  most = Number.POSITIVE_INFINITY,
): Generator<Row> {
  const { index, any, bounds, backwards } = plan
  if (any) return yield* once(any.map(one => scan(database, collection, one, most)))
  if (!index) return yield* paged(most, rowReader(database, collection))
  // A document with several keys within the bounds is found several times.
  const pages = bounds.map(bound =>
    paged(most, keyReader(database, collection, index.table, bound, backwards)),
  )
  if (index.many) return yield* once(pages)
  for (const page of pages) yield* page
}

function* once(readings: readonly Iterable<Row>[]): Generator<Row> {
  const seen = new Set<number>()
  for (const reading of readings)
    for (const found of reading) {
      if (seen.has(found.row)) continue
      seen.add(found.row)
      yield found
    }
}

type Found = Row & { readonly key?: Buffer }
/** Reads so many rows from behind the last one that was read. */
type Reader = (last: Found | undefined, size: number) => readonly Found[]

/** Pages begin small, as often a few rows are all that is wanted; later ones hold about this much, whatever a row holds. */
const firstPage = 16
const largestPage = 512
const pageBytes = 4 * 1024 * 1024

function* paged(most: number, read: Reader): Generator<Found> {
  let last: Found | undefined
  for (let count = 0, size = Math.min(firstPage, most); size > 0; ) {
    const rows = read(last, size)
    yield* rows
    if (rows.length < size) return
    last = rows.at(-1)
    count += rows.length
    const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0)
    size = Math.min(largestPage, most - count, Math.ceil((pageBytes * rows.length) / bytes))
  }
}

function rowReader(database: Database, { table }: Collection): Reader {
  const sql = `SELECT row, bytes FROM ${table} WHERE row > ? ORDER BY row LIMIT ?`
  return (last, size) =>
    database
      .all(sql, [last?.row ?? -1, size])
      .map(([row, bytes]) => ({ row: Number(row), bytes: bytes as Buffer }))
}

function keyReader(
  database: Database,
  { table }: Collection,
  keys: string,
  [from, to]: Bound,
  backwards: boolean,
): Reader {
  const [behind, within, turn] = backwards ? ['<', '>=', 'DESC'] : ['>', '<', 'ASC']
  const sql = `SELECT k.key, c.row, c.bytes FROM ${keys} k CROSS JOIN ${table} c ON c.row = k.row
    WHERE (k.key, k.row) ${behind} (?, ?) AND k.key ${within} ? ORDER BY k.key ${turn}, k.row ${turn} LIMIT ?`
  const [start, end] = backwards ? [to, from] : [from, to]
  return (last, size) =>
    database
      .all(sql, [last?.key ?? start, last?.row ?? -1, end, size])
      .map(([key, row, bytes]) => ({ key: key as Buffer, row: Number(row), bytes: bytes as Buffer }))
}
