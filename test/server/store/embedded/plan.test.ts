import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Catalogue, openCatalogue } from '../../../../server/store/embedded/catalogue.ts'
import { type Collection, insert, remove, replace } from '../../../../server/store/embedded/collection.ts'
import { type Database, openDatabase } from '../../../../server/store/embedded/database.ts'
import { type Doc, decode, encode } from '../../../../server/store/embedded/document.ts'
import { toSpec } from '../../../../server/store/embedded/indexes.ts'
import { planFor } from '../../../../server/store/embedded/plan.ts'
import { answer, count } from '../../../../server/store/embedded/query.ts'
import { scan } from '../../../../server/store/embedded/scan.ts'
import { orderOf, sortKey } from '../../../../server/store/embedded/sort.ts'
import { openFolder } from '../../../support/folder.ts'

const whole = fc.integer({ min: -2, max: 6 })
const scalar = fc.oneof(
  { weight: 4, arbitrary: whole },
  { weight: 1, arbitrary: fc.constantFrom('', 'a', 'b', 'ab') },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 2.5, new Date(5), 3n) },
)
const part = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] })
const nested = fc.array(scalar, { maxLength: 2 })
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: part },
  { weight: 2, arbitrary: fc.array(whole, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(scalar, part, nested), { maxLength: 3 }) },
)
const doc = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] })

const condition = fc.oneof(
  scalar,
  scalar.map(wanted => ({ $eq: wanted })),
  scalar.map(wanted => ({ $ne: wanted })),
  fc.array(scalar, { maxLength: 3 }).map(among => ({ $in: among })),
  fc.record({ $gt: whole, $lte: whole }),
  fc.record({ $gt: scalar, $lte: scalar }, { requiredKeys: ['$gt'] }),
  fc.record({ $gte: scalar, $lt: scalar }, { requiredKeys: ['$lt'] }),
  fc.boolean().map(there => ({ $exists: there })),
  part.filter(({ x }) => x !== undefined).map(wanted => ({ $elemMatch: wanted })),
)
const field = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'a.x', 'b.x', 'b.y', 'a.0')
const fields = fc.dictionary(field, condition, { maxKeys: 3 })
const filter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: fields },
  { weight: 1, arbitrary: fc.array(fields, { minLength: 1, maxLength: 2 }).map(all => ({ $and: all })) },
  { weight: 1, arbitrary: fc.array(fields, { minLength: 1, maxLength: 2 }).map(any => ({ $or: any })) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        $or: fc.array(fc.record({ a: condition }), { minLength: 2, maxLength: 3 }),
        ...{ b: condition, c: condition },
      },
      { requiredKeys: ['$or'] },
    ),
  },
)
const turn = fc.constantFrom(1, -1)
const sort = fc.dictionary(field, turn, { maxKeys: 2 })
const question = fc.oneof(
  { weight: 3, arbitrary: fc.record({ filter, sort }) },
  {
    weight: 1,
    arbitrary: fc.record({
      filter: fc.record({ a: condition }),
      sort: fc.record({ a: turn, b: turn }, { requiredKeys: ['a'] }),
    }),
  },
)

const keys: readonly Doc[] = [
  { key: { a: 1 } },
  { key: { b: -1 } },
  { key: { a: 1, b: -1 } },
  { key: { c: 1, 'b.x': 1, a: 1 } },
  { key: { 'a.x': 1 } },
  { key: { b: 1, c: 1 }, sparse: true },
  { key: { c: -1, a: 1 }, partialFilterExpression: { b: { $exists: true } } },
]

describe('a plan', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let database: Database
  let catalogue: Catalogue
  let number = 0
  before(async () => {
    folder = await openFolder()
    database = openDatabase(join(folder.path, 'kotodama.db'))
    catalogue = openCatalogue(database)
  })
  after(async () => {
    database.close()
    await folder.close()
  })

  function collectionWith(indexes: readonly Doc[], docs: readonly Doc[]): Collection {
    const collection = catalogue.ensure(`test.numbered_${++number}`)
    for (const [index, spec] of indexes.entries())
      catalogue.addIndex(collection, toSpec({ ...spec, name: `i${index}` }))
    catalogue.transact(() => {
      for (const [index, one] of docs.entries()) insert(database, collection, encode({ _id: index, ...one }))
    })
    return collection
  }
  const found = (collection: Collection, question: { filter: Doc; sort: Doc }) =>
    [...answer(database, collection, { filter: question.filter, order: orderOf(question.sort) })].map(
      ({ bytes }) => decode(bytes),
    )
  const ids = (docs: readonly Doc[]) => docs.map(({ _id }) => Number(_id)).sort((a, b) => a - b)

  it('with indexes finds what looking at everything finds, in the same order', () => {
    let planned = 0
    fc.assert(
      fc.property(
        fc.array(doc, { minLength: 5, maxLength: 40 }),
        fc.array(question, { minLength: 12, maxLength: 12 }),
        (docs, questions) => {
          const plain = collectionWith([], docs)
          const indexed = collectionWith(keys, docs)
          for (const question of questions) {
            const order = orderOf(question.sort)
            const [expected, actual] = [found(plain, question), found(indexed, question)]
            expect(ids(actual)).to.deep.equal(ids(expected))
            const sorted = (all: readonly Doc[]) => all.map(one => sortKey(one, order).toString('hex'))
            expect(sorted(actual)).to.deep.equal(sorted(expected))
            expect(count(database, indexed, question.filter)).to.equal(expected.length)
            if (planFor(question.filter, order, indexed.indexes).index) planned++
          }
          catalogue.drop(plain.namespace)
          catalogue.drop(indexed.namespace)
        },
      ),
      { numRuns: 40 },
    )
    expect(planned).to.be.greaterThan(100)
  })

  it('finds the same after documents were changed and removed', () => {
    fc.assert(
      fc.property(
        fc.array(doc, { minLength: 4, maxLength: 12 }),
        fc.array(doc, { minLength: 4, maxLength: 12 }),
        filter,
        (before, after, filter) => {
          const collection = collectionWith(keys, before)
          const rows = [...answer(database, collection, { filter: {} })]
          catalogue.transact(() => {
            for (const [index, row] of rows.entries()) {
              const next = after[index]
              if (next) replace(database, collection, row, decode(row.bytes), { _id: index, ...next })
              else remove(database, collection, row)
            }
          })
          const plain = collectionWith([], after.slice(0, rows.length))
          expect(ids(found(collection, { filter, sort: {} }))).to.deep.equal(
            ids(found(plain, { filter, sort: {} })),
          )
          for (const { table } of collection.indexes.slice(0, 1))
            expect(database.get(`SELECT count(*) FROM ${table}`)).to.deep.equal([
              Math.min(rows.length, after.length),
            ])
          catalogue.drop(collection.namespace)
          catalogue.drop(plain.namespace)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of alternatives looks at the rows of each, once, and at no other', () => {
    const docs = Array.from({ length: 2000 }, (_, n) => ({ a: n, b: n % 2, u: 2000 - n }))
    const collection = collectionWith([{ key: { a: 1 } }, { key: { u: 1 } }], docs)
    const filter = { $or: [{ a: { $lt: 10 } }, { u: { $in: [1996, 7] } }] }
    const read = [...scan(database, collection, planFor(filter, [], collection.indexes))]
    expect(read).to.have.length(11)
    expect(ids(found(collection, { filter, sort: { a: -1 } }))).to.deep.equal(
      [...docs.keys()].filter(n => n < 10 || n === 1993),
    )
    catalogue.drop(collection.namespace)
  })

  const chosen: readonly [filter: Doc, sort: Doc, index: string, inOrder: boolean, exact: boolean][] = [
    [{ _id: 1 }, {}, '_id_', true, true],
    [{ a: 1 }, {}, 'a', true, true],
    [{ a: 1, b: 2 }, {}, 'a_b', true, true],
    [{ a: 1 }, { b: 1 }, 'a_b', true, true],
    [{ a: 1 }, { b: -1 }, 'a_b', true, true],
    [{ a: { $gt: 1 } }, {}, 'a', true, true],
    [{ a: { $in: [1, 2] } }, { b: 1 }, 'a', false, true],
    [{ a: 1, z: 1 }, {}, 'a', true, false],
    [{ u: 1 }, { z: 1 }, 'u', false, true],
    [{}, { a: -1, b: 1 }, 'a_b', true, true],
    [{ $or: [{ a: 1 }, { u: 2 }] }, {}, 'a or u', false, false],
    [{ $or: [{ a: 1 }, { u: 2 }] }, { a: 1 }, 'a or u', false, false],
    [{ $or: [{ b: 1 }, { b: 2 }], a: 3 }, {}, 'a', true, false],
    [
      { z: 1, $or: [{ a: 1, b: 2 }, { $or: [{ u: 1 }, { a: { $gt: 5 } }] }] },
      {},
      'a_b or u or a',
      false,
      false,
    ],
    [{ $or: [{ a: 1 }, { z: 1 }] }, {}, '', true, false],
    [{ $or: [{ a: 1 }, {}] }, {}, '', true, false],
    [{ z: 1 }, { z: 1 }, '', false, false],
  ]
  for (const [filter, sort, name, inOrder, exact] of chosen)
    it(`for ${JSON.stringify(filter)} by ${JSON.stringify(sort)} reads ${name || 'everything'}`, () => {
      const collection = catalogue.ensure('test.chosen')
      for (const [name, key] of [
        ['a', { a: 1 }],
        ['a_b', { a: 1, b: -1 }],
        ['u', { u: 1 }],
      ] as const)
        catalogue.addIndex(collection, toSpec({ name, key, ...(name === 'u' && { unique: true }) }))
      const plan = planFor(filter, orderOf(sort), collection.indexes)
      const names = (plan.any ?? [plan]).map(({ index }) => index?.name ?? '').join(' or ')
      expect([names, plan.inOrder, plan.exact]).to.deep.equal([name, inOrder, exact])
    })
})
