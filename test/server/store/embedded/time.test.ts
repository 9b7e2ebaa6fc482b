import { expect } from 'chai'
import { expire } from '../../../../server/store/embedded/commands.ts'
import type { Doc } from '../../../../server/store/embedded/document.ts'
import { openInside } from '../../../support/embedded.ts'

const minute = 60_000

describe('time in the embedded store', () => {
  let inside: Awaited<ReturnType<typeof openInside>>
  before(async () => {
    inside = await openInside()
  })
  after(() => inside.close())
  const ask = (fields: Doc) => inside.ask(fields)
  const cursorOf = (found: Doc) => found.cursor as { id: bigint; firstBatch: Doc[] }

  it('ends documents when their index says so, and no others', () => {
    const { clock, store } = inside
    ask({ createIndexes: 'sessions', indexes: [{ name: 'at', key: { at: 1 }, expireAfterSeconds: 60 }] })
    const ago = (ms: number) => new Date(clock.now - ms)
    const docs: readonly Doc[] = [
      { _id: 'over', at: ago(2 * minute) },
      { _id: 'lives', at: ago(minute / 2) },
      { _id: 'over in part', at: [ago(0), ago(2 * minute)] },
      { _id: 'no date', at: 5 },
      { _id: 'none' },
    ]
    ask({ insert: 'sessions', documents: docs })
    const ids = () => cursorOf(ask({ find: 'sessions' })).firstBatch.map(({ _id }) => _id)
    expire(store)
    expect(ids()).to.deep.equal(['lives', 'no date', 'none'])
    clock.now += minute
    expire(store)
    expect(ids()).to.deep.equal(['no date', 'none'])
  })

  it('forgets a cursor that nobody asked for ten minutes', () => {
    const { clock, store } = inside
    for (const n of [1, 2, 3]) ask({ insert: 'many', documents: [{ n }] })
    const { id } = cursorOf(ask({ find: 'many', batchSize: 1 }))
    const more = () => ask({ getMore: id, collection: 'many', batchSize: 1 })
    clock.now += 9 * minute
    store.cursors.sweep()
    expect(more()).to.have.property('ok', 1)
    clock.now += 11 * minute
    store.cursors.sweep()
    expect(more()).to.include({ ok: 0, code: 43 })
  })

  it('ends a cursor whose collection is dropped', () => {
    ask({ insert: 'gone', documents: Array.from({ length: 50 }, (_, n) => ({ n })) })
    const { id } = cursorOf(ask({ find: 'gone', batchSize: 1 }))
    ask({ drop: 'gone' })
    expect(ask({ getMore: id, collection: 'gone' })).to.include({ ok: 0, code: 175 })
  })
})
