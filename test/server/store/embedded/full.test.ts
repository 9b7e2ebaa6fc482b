import { expect } from 'chai'
import { orDiskFull } from '../../../../server/store/disk-full.ts'
import type { Doc } from '../../../../server/store/embedded/document.ts'
import { openInside } from '../../../support/embedded.ts'
import { expectProblem } from '../../../support/throws.ts'

describe('a full disk', () => {
  let inside: Awaited<ReturnType<typeof openInside>>
  before(async () => {
    inside = await openInside()
  })
  after(() => inside.close())

  it('fails a write as a whole, and what was written before stays as it was', () => {
    const { ask, store } = inside
    const many = (from: number) =>
      Array.from({ length: 50 }, (_, n) => ({ _id: from + n, n, tags: [n, 'x'], text: 'x'.repeat(300) }))
    ask({
      createIndexes: 'lines',
      indexes: [
        { name: 'n', key: { n: 1 } },
        { name: 't', key: { tags: 1 } },
      ],
    })
    expect(ask({ insert: 'lines', documents: many(0) })).to.include({ ok: 1, n: 50 })

    const [pages] = store.database.get('PRAGMA page_count') ?? []
    store.database.get(`PRAGMA max_page_count = ${Number(pages) + 3}`)
    const full = {
      ok: 0,
      code: 14031,
      codeName: 'OutOfDiskSpace',
      errmsg: 'There is no room left on the disk.',
    }
    expect(ask({ insert: 'lines', documents: many(50) })).to.deep.equal(full)
    const grow: Doc = { q: {}, u: { $set: { more: 'y'.repeat(3000) } }, multi: true }
    expect(ask({ update: 'lines', updates: [grow] })).to.deep.equal(full)
    expect(ask({ count: 'lines' })).to.include({ n: 50 })
    expect(ask({ count: 'lines', query: { more: { $exists: true } } })).to.include({ n: 0 })
    expect(ask({ kotodamaCheck: 1 })).to.deep.equal({ damages: [], ok: 1 })

    store.database.get('PRAGMA max_page_count = 1000000')
    expect(ask({ insert: 'lines', documents: many(50) })).to.include({ ok: 1, n: 50 })
    expect(ask({ kotodamaCheck: 1 })).to.deep.equal({ damages: [], ok: 1 })
  })

  for (const code of ['ENOSPC', 'EDQUOT', 14031])
    it(`is told as what it is when it is called ${code}`, async () => {
      const error = Object.assign(new Error('no'), { code })
      const problem = await expectProblem(() => {
        throw orDiskFull(error, '/data')
      }, 'disk-full')
      expect(problem.cause).to.equal(error)
    })

  it('is not blamed for what is something else', () => {
    const error = Object.assign(new Error('no'), { code: 'EACCES' })
    expect(orDiskFull(error, '/data')).to.equal(error)
  })
})
