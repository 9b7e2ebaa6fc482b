import { expect } from 'chai'
import { mongo } from 'mongoose'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { storeContract } from '../../contracts/store.ts'
import { type Collection, type Fields, newCollection, refusal } from '../../support/collection.ts'
import { openFolder } from '../../support/folder.ts'

describe('the embedded store', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: OpenedStore
  before(async () => {
    folder = await openFolder()
    store = await openStore({ dataDir: folder.path })
  })
  after(async () => {
    await store.close()
    await folder.close()
  })
  const bench = { connection: () => store.connection }

  storeContract(bench)

  describe('names what it does not know, and the way out', () => {
    let collection: Collection
    before(async () => {
      collection = await newCollection(store.connection, [{ _id: 1, a: 1, s: 'text' }])
    })
    const find = (filter: Fields) => () => collection.find(filter).toArray()
    const update = (change: Fields | Fields[]) => () => collection.updateOne({}, change)
    const aggregate = (stage: Fields) => () => collection.aggregate([stage]).toArray()
    const command = (fields: Fields) => () => store.connection.getClient().db().command(fields)

    const unknown: readonly [what: string, ask: () => Promise<unknown>][] = [
      ['the query operator $where', find({ $where: 'true' })],
      ['the query operator $expr', find({ $expr: { $eq: ['$a', 1] } })],
      ['the query operator $text', find({ $text: { $search: 'x' } })],
      ['the query operator $near', find({ a: { $near: [0, 0] } })],
      ['the query operator $mod', find({ a: { $mod: [2, 0] } })],
      ['the regular expression /(a+)+$/ (text, classes and ^ $ only)', find({ s: /(a+)+$/ })],
      ['the regular expression /a*/ (text, classes and ^ $ only)', find({ s: { $regex: 'a*' } })],
      ['the regular expression /a|b/ (text, classes and ^ $ only)', find({ s: { $in: [/a|b/] } })],
      ['the regular expression flags x', find({ s: { $regex: 'a', $options: 'x' } })],
      ['the $type decimal', find({ a: { $type: 'decimal' } })],
      ['how to compare a Decimal128', find({ a: mongo.Decimal128.fromString('1') })],
      ['the update operator $rename', update({ $rename: { a: 'b' } })],
      ['the update operator $bit', update({ $bit: { a: { and: 1 } } })],
      ['updates by a pipeline', update([{ $set: { a: 1 } }])],
      [
        'the aggregation stage $lookup',
        aggregate({ $lookup: { from: 'x', as: 'y', localField: 'a', foreignField: 'b' } }),
      ],
      ['the aggregation stage $out', aggregate({ $out: 'x' })],
      ['$stdDevPop in $group', aggregate({ $group: { _id: null, n: { $stdDevPop: '$a' } } })],
      ['the expression $function', aggregate({ $group: { _id: { $function: { body: '' } } } })],
      ['the variable $$ROOT', aggregate({ $group: { _id: '$$ROOT' } })],
      ['the projection of b by an expression', () => collection.findOne({}, { projection: { b: '$a' } })],
      ['collation of find', () => collection.find({}, { collation: { locale: 'en' } }).toArray()],
      ['hint of find', () => collection.find({}, { hint: 'a' }).toArray()],
      [
        'collation of an update',
        () => collection.updateOne({}, { $set: { a: 1 } }, { collation: { locale: 'en' } }),
      ],
      ['text indexes', () => collection.createIndex({ s: 'text' })],
      ['2dsphere indexes', () => collection.createIndex({ s: '2dsphere' })],
      ['indexes with hidden', () => collection.createIndex({ s: 1 }, { hidden: true })],
      [
        'capped of create',
        () => store.connection.getClient().db().createCollection('c', { capped: true, size: 9 }),
      ],
      ['the command eval', command({ eval: 'function() {}' })],
      ['the command constructor', command({ constructor: 1 })],
      ['the command mapReduce', command({ mapReduce: 'x' })],
      ['the command shutdown', command({ shutdown: 1 })],
      [
        'transactions',
        () => store.connection.transaction(session => collection.insertOne({ a: 1 }, { session })),
      ],
    ]
    for (const [what, ask] of unknown)
      it(what, async () => {
        expect(await refusal(ask())).to.include({
          code: 115,
          message: `The embedded store does not know ${what}. Set MONGODB_URI to use a MongoDB server.`,
        })
      })

    it('and refuses a field that would change what an object is', async () => {
      for (const path of ['__proto__', '__proto__.seen', 'a.__proto__.seen'])
        expect(await refusal(collection.updateOne({}, { $set: { [path]: 1 } }))).to.have.property('code', 2)
    })
  })
})
