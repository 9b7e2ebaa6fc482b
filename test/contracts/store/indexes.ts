import { expect } from 'chai'
import { type Fields, newCollection, refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

type Case = readonly [
  says: string,
  key: Fields,
  options: object,
  fits: readonly Fields[],
  clash: Fields,
  keyValue: Fields,
]

/** What may stand together under a unique index, and what may not stand beside it. */
const cases: readonly Case[] = [
  ['a field', { a: 1 }, {}, [{ a: 1 }, { a: '1' }, { b: 1 }], { a: 1, b: 2 }, { a: 1 }],
  ['a missing field, which counts as null', { a: 1 }, {}, [{ b: 1 }], { a: null }, { a: null }],
  [
    'a field of a field',
    { 'a.b': -1 },
    {},
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    { a: { b: 2, c: 1 } },
    { 'a.b': 2 },
  ],
  [
    'several fields',
    { a: 1, b: -1 },
    {},
    [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    { a: 1, b: 2, c: 1 },
    { a: 1, b: 2 },
  ],
  ['elements of arrays', { a: 1 }, {}, [{ a: [1, 2, 1] }, { a: [3] }], { a: [4, 2] }, { a: 4 }],
  [
    'sparse fields only where they are',
    { a: 1 },
    { sparse: true },
    [{ b: 1 }, { b: 2 }, { a: 1 }],
    { a: 1 },
    { a: 1 },
  ],
  [
    'documents that pass a condition',
    { a: 1 },
    { partialFilterExpression: { live: true } },
    [{ a: 1 }, { a: 1 }, { a: 1, live: true }, { a: 2, live: true }],
    { a: 2, live: true },
    { a: 2 },
  ],
]

export function theIndexes({ connection }: Bench): void {
  describe('unique indexes', () => {
    for (const [says, key, options, fits, clash, keyValue] of cases)
      for (const when of ['before', 'after'] as const)
        it(`keep ${says} unique when they are made ${when} the documents`, async () => {
          const collection = await newCollection(connection())
          const make = () => collection.createIndex(key as never, { unique: true, ...options })
          if (when === 'before') await make()
          await collection.insertMany(fits.map(doc => ({ ...doc })))
          if (when === 'after') await make()
          const error = await refusal(collection.insertOne({ ...clash }))
          expect(error).to.deep.include({ code: 11000, keyPattern: key })
          if (says !== 'elements of arrays') expect(error.keyValue).to.deep.equal(keyValue)
          expect(error.message).to.match(/^E11000 duplicate key error/)
          expect(await collection.countDocuments()).to.equal(fits.length)
        })

    it('keep every _id unique', async () => {
      const collection = await newCollection(connection(), [{ _id: { a: 1 } }])
      const error = await refusal(collection.insertOne({ _id: { a: 1 } }))
      expect(error).to.deep.include({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: { a: 1 } } })
    })

    it('hold against updates and upserts, which change nothing then', async () => {
      const collection = await newCollection(connection(), [
        { _id: 1, a: 1, b: 1 },
        { _id: 2, a: 2, b: 2 },
      ])
      await collection.createIndex({ a: 1 }, { unique: true })
      await collection.createIndex({ b: 1 })
      expect(await refusal(collection.updateOne({ _id: 2 }, { $set: { a: 1, b: 9 } }))).to.have.property(
        'code',
        11000,
      )
      expect(
        await refusal(collection.findOneAndUpdate({ _id: 2 }, { $set: { a: 1, b: 9 } })),
      ).to.have.property('code', 11000)
      expect(
        await refusal(collection.updateOne({ _id: 3 }, { $set: { a: 2 } }, { upsert: true })),
      ).to.have.property('code', 11000)
      expect(await collection.find().sort({ _id: 1 }).toArray()).to.deep.equal([
        { _id: 1, a: 1, b: 1 },
        { _id: 2, a: 2, b: 2 },
      ])
      expect(await collection.countDocuments({ b: 9 })).to.equal(0)
      await collection.updateOne({ _id: 1 }, { $set: { a: 5 } })
      await collection.updateOne({ _id: 2 }, { $set: { a: 1 } })
    })

    it('are not made over documents that break them', async () => {
      const collection = await newCollection(connection(), [{ a: 1 }, { a: 1 }])
      expect(await refusal(collection.createIndex({ a: 1 }, { unique: true }))).to.have.property(
        'code',
        11000,
      )
      expect(await collection.indexes()).to.have.length(1)
      await collection.insertOne({ a: 1 })
    })
  })

  describe('indexes', () => {
    it('are listed as they were made', async () => {
      const collection = await newCollection(connection())
      await collection.createIndexes([
        { key: { a: 1, 'b.c': -1 }, unique: true },
        { key: { at: 1 }, expireAfterSeconds: 60 },
        { key: { d: 1 }, sparse: true, name: 'mine' },
        { key: { e: 1 }, partialFilterExpression: { e: { $exists: true } } },
      ])
      const listed = (await collection.indexes()).map(({ v, ...rest }) => rest)
      expect(listed).to.deep.equal([
        { key: { _id: 1 }, name: '_id_' },
        { key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1', unique: true },
        { key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
        { key: { d: 1 }, name: 'mine', sparse: true },
        { key: { e: 1 }, name: 'e_1', partialFilterExpression: { e: { $exists: true } } },
      ])
    })

    it('are made once, and refused when one like them differs', async () => {
      const collection = await newCollection(connection())
      await collection.createIndex({ a: 1 })
      await collection.createIndex({ a: 1 })
      expect(await collection.indexes()).to.have.length(2)
      expect(await refusal(collection.createIndex({ a: 1 }, { unique: true }))).to.have.property('code', 86)
      expect(await refusal(collection.createIndex({ b: 1 }, { name: 'a_1' }))).to.have.property('code', 86)
    })

    it('are dropped by name, by key and all but that of _id', async () => {
      const collection = await newCollection(connection())
      await collection.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { c: 1 } }])
      await collection.dropIndex('a_1')
      await collection.dropIndex({ b: 1 } as never)
      expect((await collection.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'c_1'])
      expect(await refusal(collection.dropIndex('a_1'))).to.have.property('code', 27)
      expect(await refusal(collection.dropIndex('_id_'))).to.have.property('code', 72)
      await collection.dropIndexes()
      expect(await collection.indexes()).to.have.length(1)
    })

    it('find what was written before and after they were made, and no more what was deleted', async () => {
      const collection = await newCollection(connection(), [
        { _id: 1, a: [1, 2] },
        { _id: 2, a: 3 },
      ])
      await collection.createIndex({ a: 1 })
      await collection.insertMany([
        { _id: 3, a: [2, 3] },
        { _id: 4, a: 2 },
      ])
      await collection.updateOne({ _id: 1 }, { $set: { a: 7 } })
      await collection.deleteOne({ _id: 4 })
      const ids = async (filter: Fields) =>
        (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => Number(_id))
      expect(await ids({ a: 2 })).to.deep.equal([3])
      expect(await ids({ a: { $gte: 3 } })).to.deep.equal([1, 2, 3])
      expect(await ids({ a: { $gt: 2, $lt: 3 } })).to.deep.equal([3])
      expect(await collection.countDocuments({ a: { $in: [2, 3] } })).to.equal(2)
    })
  })

  describe('collections', () => {
    it('are listed, dropped and made anew', async () => {
      const collection = await newCollection(connection(), [{ a: 1 }])
      const names = async () =>
        (
          await connection().getClient().db().listCollections({ name: collection.collectionName }).toArray()
        ).map(({ name }) => name)
      expect(await names()).to.deep.equal([collection.collectionName])
      await collection.drop()
      expect(await names()).to.deep.equal([])
      expect(await collection.countDocuments()).to.equal(0)
      expect(await collection.findOne()).to.equal(null)
      await collection.insertOne({ a: 2 })
      expect(await collection.countDocuments()).to.equal(1)
    })

    it('of one database go with it and leave others alone', async () => {
      const client = connection().getClient()
      const here = client.db(`${client.db().databaseName}_here`)
      const there = client.db(`${client.db().databaseName}_there`)
      await here.collection('x').insertOne({ a: 1 })
      await there.collection('x').insertOne({ a: 2 })
      await here.dropDatabase()
      expect(await here.collection('x').countDocuments()).to.equal(0)
      expect(await there.collection('x').countDocuments()).to.equal(1)
      await there.dropDatabase()
    })
  })
}
