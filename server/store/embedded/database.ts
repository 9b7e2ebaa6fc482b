import Sqlite from 'libsql'

/** One SQLite file, held by this process alone. */
export type Database = {
  /** Does what changes rows. Arguments always go as one array: a lone buffer takes the whole process down. */
  readonly run: (sql: string, values?: readonly Cell[]) => void
  /** Several statements without values, as for tables. */
  readonly exec: (sql: string) => void
  readonly all: (sql: string, values?: readonly Cell[]) => Cell[][]
  readonly get: (sql: string, values?: readonly Cell[]) => Cell[] | undefined
  /** All of the work or nothing of it; on the disk's journal when it returns. */
  readonly transact: <T>(work: () => T) => T
  readonly close: () => void
}
export type Cell = string | number | Buffer | null

/** How many prepared statements are kept. Every collection and index needs a handful. */
const mostStatements = 2000

/** Thrown by `openDatabase` when another process holds the file. */
export class Busy extends Error {}

/**
 * Opens the file and keeps it locked until it is closed or this process dies; the kernel forgets a dead process's lock.
 *
 * `normal` writes every commit to the journal before it is acknowledged and leaves it to the kernel to bring it to the
 * disk: when the process dies, however it dies, nothing acknowledged is lost. When the power fails the last moments may
 * be (the file stays whole). `full` waits for the disk each time, for about a third fewer single writes a second.
 */
export function openDatabase(file: string, durability: 'normal' | 'full' = 'normal'): Database {
  const sqlite = new Sqlite(file, { timeout: 2000 })
  try {
    // Exclusive also keeps the journal's index in our memory: no second writer can trigger the reset bug that SQLite
    // had until 3.51.3 (libsql 0.5.29 is 3.45.1).
    for (const setting of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'cache_size = -32768'])
      sqlite.exec(`PRAGMA ${setting}`)
    sqlite.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
    // The lock is taken with the first write, and this is one.
    sqlite.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS owner (once INTEGER); COMMIT')
  } catch (error) {
    sqlite.close()
    throw isBusy(error) ? new Busy(`${file} belongs to another process.`) : error
  }
  return over(sqlite)
}

function over(sqlite: Sqlite.Database): Database {
  const statements = new Map<string, Sqlite.Statement>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= mostStatements) statements.clear()
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const rows = (sql: string, values: readonly Cell[]) => prepared(sql).raw().all(values) as unknown[][]
  return {
    run: (sql, values = []) => void prepared(sql).run(values),
    exec: sql => void sqlite.exec(sql),
    all: (sql, values = []) => rows(sql, values).map(row => row.map(toCell)),
    get: (sql, values = []) => rows(sql, values)[0]?.map(toCell),
    transact(work) {
      sqlite.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        sqlite.exec('COMMIT')
        return result
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
        throw error
      }
    },
    close() {
      // Prepared statements keep SQLite from tidying up by itself.
      sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      sqlite.close()
    },
  }
}

/** libsql gives blobs as Buffer here and as ArrayBuffer there. */
const toCell = (value: unknown): Cell => (value instanceof ArrayBuffer ? Buffer.from(value) : (value as Cell))

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
const isBusy = (error: unknown) => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
