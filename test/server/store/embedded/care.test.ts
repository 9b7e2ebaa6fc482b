import { expect } from 'chai'
import type { Doc } from '../../../../server/store/embedded/document.ts'
import { openInside } from '../../../support/embedded.ts'

describe('the care of the embedded store', () => {
  let inside: Awaited<ReturnType<typeof openInside>>
  before(async () => {
    inside = await openInside()
  })
  after(() => inside.close())
  const ask = (fields: Doc) => inside.ask(fields)
  const check = (repair = false) => ask({ kotodamaCheck: 1, repair }).damages

  const damages: readonly [says: string, sql: (table: string) => string][] = [
    ['lacks a key', table => `DELETE FROM ${table} WHERE row = 2`],
    ['has one key too many', table => `INSERT INTO ${table} VALUES (x'01', 9)`],
    ['has a key of another document', table => `UPDATE ${table} SET row = 9 WHERE row = 1`],
  ]
  for (const [index, [says, sql]] of damages.entries())
    it(`finds an index that ${says}, and makes it anew when asked to`, () => {
      const name = `damaged_${index}`
      ask({ insert: name, documents: [1, 2, 3].map(n => ({ _id: n, n })) })
      ask({ createIndexes: name, indexes: [{ name: 'n', key: { n: 1 } }] })
      expect(check()).to.deep.equal([])
      const { catalogue, database } = inside.store
      database.run(sql(catalogue.get(`test.${name}`)?.indexes[1]?.table ?? ''))
      const damage = { what: 'index', namespace: `test.${name}`, name: 'n', repaired: false }
      expect(check()).to.deep.equal([damage])
      expect(check(true)).to.deep.equal([{ ...damage, repaired: true }])
      expect(check()).to.deep.equal([])
      for (const n of [1, 2, 3]) expect(ask({ count: name, query: { n } })).to.include({ n: 1 })
    })

  it('finds a document that can not be read, and mends nothing beside it', () => {
    ask({ insert: 'unreadable', documents: [{ _id: 1, text: 'whole' }] })
    const { catalogue, database } = inside.store
    database.run(`UPDATE ${catalogue.get('test.unreadable')?.table} SET bytes = substr(bytes, 1, 8)`)
    const found = check(true) as { what: string; repaired?: boolean }[]
    expect(found.map(({ what, repaired }) => [what, repaired ?? false])).to.deep.equal([
      ['document', false],
      ['index', false],
    ])
    ask({ drop: 'unreadable' })
  })
})
