import { join } from 'node:path'
import { expect } from 'chai'
import { care } from '../../../../server/store/embedded/care.ts'
import { openCatalogue } from '../../../../server/store/embedded/catalogue.ts'
import { insert } from '../../../../server/store/embedded/collection.ts'
import type { Store } from '../../../../server/store/embedded/command.ts'
import { openCursors } from '../../../../server/store/embedded/cursors.ts'
import { openDatabase } from '../../../../server/store/embedded/database.ts'
import { encode } from '../../../../server/store/embedded/document.ts'
import { toSpec } from '../../../../server/store/embedded/indexes.ts'
import { count } from '../../../../server/store/embedded/query.ts'
import { openFolder } from '../../../support/folder.ts'

describe('the care of the embedded store', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: Store
  before(async () => {
    folder = await openFolder()
    const database = openDatabase(join(folder.path, 'kotodama.db'))
    const now = Date.now
    store = {
      folder: folder.path,
      database,
      catalogue: openCatalogue(database),
      cursors: openCursors(now),
      now,
    }
  })
  after(async () => {
    store.database.close()
    await folder.close()
  })

  const check = (repair = false) =>
    care.kotodamaCheck?.run(store, { name: 'kotodamaCheck', fields: { kotodamaCheck: 1, repair }, lists: {} })

  const damages: readonly [says: string, sql: (table: string) => string][] = [
    ['lacks a key', table => `DELETE FROM ${table} WHERE row = 2`],
    ['has one key too many', table => `INSERT INTO ${table} VALUES (x'01', 9)`],
    ['has a key of another document', table => `UPDATE ${table} SET row = 9 WHERE row = 1`],
  ]
  for (const [index, [says, sql]] of damages.entries())
    it(`finds an index that ${says}, and makes it anew when asked to`, () => {
      const namespace = `test.damaged_${index}`
      const collection = store.catalogue.ensure(namespace)
      store.catalogue.addIndex(collection, toSpec({ name: 'n', key: { n: 1 } }))
      store.catalogue.transact(() => {
        for (const n of [1, 2, 3]) insert(store.database, collection, encode({ _id: n, n }))
      })
      expect(check()).to.deep.equal({ damages: [] })
      store.database.run(sql(collection.indexes[1]?.table ?? ''))
      const damage = { what: 'index', namespace, name: 'n', repaired: false }
      expect(check()).to.deep.equal({ damages: [damage] })
      expect(check(true)).to.deep.equal({ damages: [{ ...damage, repaired: true }] })
      expect(check()).to.deep.equal({ damages: [] })
      for (const n of [1, 2, 3]) expect(count(store.database, collection, { n })).to.equal(1)
    })

  it('finds a document that can not be read, and mends nothing beside it', () => {
    const collection = store.catalogue.ensure('test.unreadable')
    store.catalogue.transact(() => insert(store.database, collection, encode({ _id: 1, text: 'whole' })))
    store.database.run(`UPDATE ${collection.table} SET bytes = substr(bytes, 1, 8)`)
    const found = check(true) as { damages: { what: string; repaired?: boolean }[] }
    expect(found.damages.map(({ what, repaired }) => [what, repaired ?? false])).to.deep.equal([
      ['document', false],
      ['index', false],
    ])
    store.catalogue.drop('test.unreadable')
  })
})
