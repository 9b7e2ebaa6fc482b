import { expect } from 'chai'
import { mongo } from 'mongoose'
import { type Fields, newCollection, refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

const { Long } = mongo

type Case = readonly [before: Fields, update: Fields, after: Fields, filter?: Fields, arrayFilters?: Fields[]]

/** What a document is, what is done to it, and what it is then. */
const cases: readonly Case[] = [
  [{ a: 1 }, { $set: { a: 2, 'b.c': 3 } }, { a: 2, b: { c: 3 } }],
  [{ a: [1, 2] }, { $set: { 'a.1': 5, 'a.3': 6 } }, { a: [1, 5, null, 6] }],
  [{ a: 1 }, { $set: { 'list.0': 'x' } }, { a: 1, list: { 0: 'x' } }],
  [{ a: 1, b: { c: 1, d: 2 } }, { $unset: { a: 1, 'b.c': 1, 'x.y': 1 } }, { b: { d: 2 } }],
  [{ a: [1, 2, 3] }, { $unset: { 'a.1': 1 } }, { a: [1, null, 3] }],
  [{ n: 1 }, { $inc: { n: 2, m: -1 } }, { n: 3, m: -1 }],
  [{ n: 1.5 }, { $inc: { n: 1 } }, { n: 2.5 }],
  [{ n: 3 }, { $mul: { n: 2, m: 5 } }, { n: 6, m: 0 }],
  [
    { n: Long.fromString('9007199254740993') },
    { $inc: { n: 2 } },
    { n: Long.fromString('9007199254740995') },
  ],
  [
    { n: 5, s: 'b' },
    { $min: { n: 3, s: 'c', m: 1 }, $max: { k: 2 } },
    { n: 3, s: 'b', m: 1, k: 2 },
  ],
  [{ n: 5 }, { $max: { n: 9 } }, { n: 9 }],
  [{ n: 5 }, { $max: { n: 'text' } }, { n: 'text' }],
  [{ n: 1 }, { $setOnInsert: { a: 1 } }, { n: 1 }],
  [{ a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  [{ a: [1, 9] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 9] }],
  [{ a: [5, 1] }, { $push: { a: { $each: [3], $sort: -1, $slice: 2 } } }, { a: [5, 3] }],
  [
    { a: [{ x: 2 }] },
    { $push: { a: { $each: [{ x: 1 }], $sort: { x: 1 }, $slice: -5 } } },
    { a: [{ x: 1 }, { x: 2 }] },
  ],
  [{ a: [1, { x: 1 }] }, { $addToSet: { a: { $each: [1, 2, { x: 1 }] } } }, { a: [1, { x: 1 }, 2] }],
  [{}, { $addToSet: { a: 1 } }, { a: [1] }],
  [{ a: [1, 2, 3, 2] }, { $pull: { a: 2 } }, { a: [1, 3] }],
  [{ a: [1, 2, 3] }, { $pull: { a: { $gte: 2 } } }, { a: [1] }],
  [{ a: [1, 2, 3] }, { $pull: { a: { $in: [1, 3] } } }, { a: [2] }],
  [{ a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  [{ a: [{ x: 1 }, { x: 2 }, { x: 3 }] }, { $pull: { a: { x: { $in: [1, 3] } } } }, { a: [{ x: 2 }] }],
  [{ b: 1 }, { $pull: { a: 1 } }, { b: 1 }],
  [{ a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [2] }],
  [{ a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
  [{ a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  [{ a: [{ x: 1 }, { x: 2 }] }, { $set: { 'a.$.x': 9 } }, { a: [{ x: 1 }, { x: 9 }] }, { 'a.x': 2 }],
  [
    { a: [{ x: 1 }, { x: 2 }] },
    { $set: { 'a.$.x': 9, 'a.$.y': 8 }, $inc: { v: 1 } },
    { a: [{ x: 1 }, { x: 9, y: 8 }], v: 1 },
    { a: { $elemMatch: { x: { $gt: 1 } } } },
  ],
  [{ a: [5, 6, 7] }, { $set: { 'a.$': 0 } }, { a: [5, 0, 7] }, { a: 6 }],
  [{ a: [5, 6, 7] }, { $set: { 'a.$': 0 } }, { a: [5, 6, 0] }, { a: { $gt: 6 } }],
  [
    { a: { b: [{ c: 1 }] } },
    { $set: { 'a.b.$.c': 2 } },
    { a: { b: [{ c: 2 }] } },
    { $and: [{ 'a.b.c': 1 }] },
  ],
  [{ a: [{ x: 1 }, { x: 2 }] }, { $inc: { 'a.$[].x': 10 } }, { a: [{ x: 11 }, { x: 12 }] }],
  [{ a: [1, 5, 9] }, { $set: { 'a.$[big]': 0 } }, { a: [1, 0, 0] }, {}, [{ big: { $gte: 5 } }]],
  [
    {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [1, 2] },
      ],
    },
    { $set: { 'a.$[one].b.$[two]': 0 } },
    {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [1, 0] },
      ],
    },
    {},
    [{ 'one.k': 2 }, { two: 2 }],
  ],
  [
    { a: 1 },
    { $set: { 'constructor.prototype.polluted': 1 } },
    Object.fromEntries([['a', 1] as const, ['constructor', { prototype: { polluted: 1 } }] as const]),
  ],
]

export function theUpdates({ connection }: Bench): void {
  describe('updates', () => {
    for (const [before, update, after, filter = {}, arrayFilters] of cases)
      it(`${show(update)} makes ${show(after)} of ${show(before)}`, async () => {
        const collection = await newCollection(connection(), [{ _id: 1, ...before }, { _id: 2 }])
        const done = await collection.updateOne(
          { _id: 1, ...filter },
          update,
          arrayFilters && { arrayFilters },
        )
        expect(done.matchedCount).to.equal(1)
        expect(done.modifiedCount).to.equal(show(before) === show(after) ? 0 : 1)
        const found = await collection.findOne({ _id: 1 }, { promoteLongs: false })
        expect(show(found)).to.equal(show({ _id: 1, ...after }))
        expect(await collection.findOne({ _id: 2 })).to.deep.equal({ _id: 2 })
      })

    it('a new document replaces all but the _id', async () => {
      const collection = await newCollection(connection(), [{ _id: 1, a: 1, b: 2 }])
      await collection.replaceOne({ a: 1 }, { c: 3 })
      expect(await collection.findOne()).to.deep.equal({ _id: 1, c: 3 })
    })

    it('many are updated at once, and only those that change are counted as changed', async () => {
      const collection = await newCollection(connection(), [{ n: 1 }, { n: 1, s: 'x' }, { n: 2 }])
      const done = await collection.updateMany({ n: 1 }, { $set: { s: 'x' } })
      expect([done.matchedCount, done.modifiedCount]).to.deep.equal([2, 1])
    })

    it('$currentDate sets the time of the store', async () => {
      const collection = await newCollection(connection(), [{ _id: 1 }])
      const update: Fields = { $currentDate: { at: true, 'on.it': { $type: 'date' } } }
      await collection.updateOne({}, update)
      const doc = (await collection.findOne()) as { at?: Date; on?: { it?: Date } } | null
      expect(doc?.at).to.be.instanceOf(Date)
      expect(doc?.on?.it).to.be.instanceOf(Date)
    })

    const upserts: readonly [filter: Fields, update: Fields, made: Fields][] = [
      [
        { _id: 5, a: 1 },
        { $set: { b: 2 }, $setOnInsert: { c: 3 } },
        { _id: 5, a: 1, b: 2, c: 3 },
      ],
      [{ _id: 5, 'a.b': 1, n: { $gt: 3 } }, { $inc: { m: 1 } }, { _id: 5, a: { b: 1 }, m: 1 }],
      [
        { $and: [{ _id: 5 }, { a: { $eq: 1 } }], x: { $in: [7] } },
        { $push: { list: 1 } },
        { _id: 5, a: 1, x: 7, list: [1] },
      ],
      [{ _id: 5, a: 1 }, { b: 2 }, { _id: 5, b: 2 }],
    ]
    for (const [filter, update, made] of upserts)
      it(`an upsert of ${show(filter)} with ${show(update)} makes ${show(made)}`, async () => {
        const collection = await newCollection(connection())
        const done = Object.keys(update)[0]?.startsWith('$')
          ? await collection.updateOne(filter, update, { upsert: true })
          : await collection.replaceOne(filter, update, { upsert: true })
        expect([done.upsertedCount, done.upsertedId, done.matchedCount]).to.deep.equal([1, 5, 0])
        expect(await collection.findOne()).to.deep.equal(made)
      })

    it('an upsert without an _id is given one', async () => {
      const collection = await newCollection(connection())
      const { upsertedId } = await collection.updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true })
      expect(upsertedId).to.be.instanceOf(mongo.ObjectId)
    })

    const refused: readonly [says: string, before: Fields, filter: Fields, update: Fields, code: number][] = [
      ['two changes of one field', {}, {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
      ['a change of a field and of a part of it', {}, {}, { $set: { a: {}, 'a.b': 1 } }, 40],
      ['a sum with text', { a: 'x' }, {}, { $inc: { a: 1 } }, 14],
      ['a field in what holds none', { a: 1 }, {}, { $set: { 'a.b': 1 } }, 28],
      ['a name in an array', { a: [1] }, {}, { $set: { 'a.b': 1 } }, 28],
      ['another _id', {}, {}, { $set: { _id: 2 } }, 66],
      ['a push into what is no array', { a: 1 }, {}, { $push: { a: 1 } }, 2],
      ['a position the query does not tell', { a: [1] }, {}, { $set: { 'a.$': 1 } }, 2],
    ]
    for (const [says, before, filter, update, code] of refused)
      it(`refuses ${says}, and changes nothing`, async () => {
        const collection = await newCollection(connection(), [{ _id: 1, ...before }])
        expect(await refusal(collection.updateOne(filter, update))).to.have.property('code', code)
        expect(await collection.findOne()).to.deep.equal({ _id: 1, ...before })
      })
  })
}

const show = (fields: unknown) => mongo.BSON.EJSON.stringify(fields as Fields, { relaxed: false })
