import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Collection, fillIndex } from './collection.ts'
import type { Command, Store } from './command.ts'
import { type Doc, decode, own } from './document.ts'
import { type Index, keysOf } from './indexes.ts'

/** What only this store does: copy itself, and look at its own health. */
export const care: Readonly<Record<string, Command>> = {
  /** `{kotodamaCopy: 1}` writes the data of this moment into a file in the folder of the database, and names it. */
  kotodamaCopy: {
    takes: [],
    run({ database, folder }) {
      const file = join(folder, `copy-${randomUUID()}.db`)
      database.run('VACUUM INTO ?', [file])
      return { file }
    },
  },
  /** `{kotodamaCheck: 1, repair: false}` names what is damaged; damaged indexes are made anew when asked to. */
  kotodamaCheck: {
    takes: ['repair'],
    run(store, { fields }) {
      const damages = checkFile(store)
      // Of a damaged file nothing more is asked, and nothing in it is mended.
      if (damages.length > 0) return { damages }
      const repair = own(fields, 'repair') === true
      return {
        damages: store.catalogue.all().flatMap(collection => checkCollection(store, collection, repair)),
      }
    },
  },
}

function checkFile({ database }: Store): Doc[] {
  try {
    const said = database.all('PRAGMA integrity_check').map(([line]) => String(line))
    return said.filter(line => line !== 'ok').map(reason => ({ what: 'database', reason }))
  } catch (error) {
    return [{ what: 'database', reason: String(error) }]
  }
}

/** Every document must be readable, and every index must hold its keys and no others. */
function checkCollection(store: Store, collection: Collection, repair: boolean): Doc[] {
  const { database, catalogue } = store
  const { namespace, table, indexes } = collection
  const expected = new Map<Index, number>(indexes.map(index => [index, 0]))
  const broken = new Set<Index>()
  const damages: Doc[] = []
  for (let last = -1; ; ) {
    const [found] = database.all(`SELECT row, bytes FROM ${table} WHERE row > ? ORDER BY row LIMIT 1`, [last])
    if (!found) break
    last = Number(found[0])
    try {
      const doc = decode(found[1] as Buffer)
      for (const index of indexes) {
        const { keys, many } = keysOf(index, doc)
        expected.set(index, (expected.get(index) ?? 0) + keys.length)
        const held = (key: Buffer) =>
          database.get(`SELECT row FROM ${index.table} WHERE key = ? AND row = ?`, [key, last])
        if ((many && !index.many) || !keys.every(held)) broken.add(index)
      }
    } catch (error) {
      damages.push({ what: 'document', namespace, row: last, reason: String(error) })
    }
  }
  for (const [index, count] of expected)
    if (Number(database.get(`SELECT count(*) FROM ${index.table}`)?.[0]) !== count) broken.add(index)
  const repaired = repair && damages.length === 0
  for (const index of broken) {
    if (repaired)
      catalogue.transact(() => {
        database.run(`DELETE FROM ${index.table}`)
        fillIndex(database, collection, index)
      })
    damages.push({ what: 'index', namespace, name: index.name, repaired })
  }
  return damages
}
