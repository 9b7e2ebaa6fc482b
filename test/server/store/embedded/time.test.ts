import { join } from 'node:path'
import { expect } from 'chai'
import { openCatalogue } from '../../../../server/store/embedded/catalogue.ts'
import { insert } from '../../../../server/store/embedded/collection.ts'
import type { Store } from '../../../../server/store/embedded/command.ts'
import { answerTo, expire } from '../../../../server/store/embedded/commands.ts'
import { openCursors } from '../../../../server/store/embedded/cursors.ts'
import { openDatabase } from '../../../../server/store/embedded/database.ts'
import { type Doc, decode, encode } from '../../../../server/store/embedded/document.ts'
import { toSpec } from '../../../../server/store/embedded/indexes.ts'
import { answer } from '../../../../server/store/embedded/query.ts'
import { openFolder } from '../../../support/folder.ts'

const minute = 60_000

describe('time in the embedded store', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: Store
  let clock = 1_000_000
  before(async () => {
    folder = await openFolder()
    const now = () => clock
    const database = openDatabase(join(folder.path, 'kotodama.db'))
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

  it('ends documents when their index says so, and no others', () => {
    const collection = store.catalogue.ensure('test.sessions')
    store.catalogue.addIndex(collection, toSpec({ name: 'at', key: { at: 1 }, expireAfterSeconds: 60 }))
    const ago = (ms: number) => new Date(clock - ms)
    const docs: readonly Doc[] = [
      { _id: 'over', at: ago(2 * minute) },
      { _id: 'lives', at: ago(minute / 2) },
      { _id: 'over in part', at: [ago(0), ago(2 * minute)] },
      { _id: 'no date', at: 5 },
      { _id: 'none' },
    ]
    store.catalogue.transact(() => {
      for (const doc of docs) insert(store.database, collection, encode(doc))
    })
    const ids = () =>
      [...answer(store.database, collection, { filter: {} })].map(({ bytes }) => decode(bytes)._id)
    expire(store)
    expect(ids()).to.deep.equal(['lives', 'no date', 'none'])
    clock += minute
    expire(store)
    expect(ids()).to.deep.equal(['no date', 'none'])
  })

  it('forgets a cursor that nobody asked for ten minutes', () => {
    const ask = (fields: Doc) =>
      decode(answerTo(store, { name: Object.keys(fields)[0] ?? '', fields, lists: {} }))
    const cursorOf = (found: Doc) => found.cursor as { id: bigint; firstBatch?: Doc[] }
    for (const n of [1, 2, 3]) ask({ insert: 'many', documents: [{ n }], $db: 'test' })
    const { id } = cursorOf(ask({ find: 'many', batchSize: 1, $db: 'test' }))
    const more = () => ask({ getMore: id, collection: 'many', batchSize: 1, $db: 'test' })
    clock += 9 * minute
    store.cursors.sweep()
    expect(more()).to.have.property('ok', 1)
    clock += 11 * minute
    store.cursors.sweep()
    expect(more()).to.include({ ok: 0, code: 43 })
  })

  it('ends a cursor whose collection is dropped', () => {
    const ask = (fields: Doc) =>
      decode(answerTo(store, { name: Object.keys(fields)[0] ?? '', fields, lists: {} }))
    ask({ insert: 'gone', documents: Array.from({ length: 50 }, (_, n) => ({ n })), $db: 'test' })
    const { id } = ask({ find: 'gone', batchSize: 1, $db: 'test' }).cursor as { id: bigint }
    ask({ drop: 'gone', $db: 'test' })
    expect(ask({ getMore: id, collection: 'gone', $db: 'test' })).to.include({ ok: 0, code: 175 })
  })
})
