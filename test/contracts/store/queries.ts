import { expect } from 'chai'
import { mongo } from 'mongoose'
import { type Collection, type Fields, newCollection } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

const { Long, ObjectId, Binary, Double, BSONRegExp } = mongo
const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const id = (number: number) => new ObjectId(number.toString(16).padStart(24, '0'))

const docs: readonly Fields[] = [
  { _id: 1, n: 1, s: 'apple', at: day(1), tags: ['a', 'b'], by: { name: 'Aki', age: 30 } },
  { _id: 2, n: 2.5, s: 'banana', at: day(2), tags: [], by: { name: 'Ben', age: 20 } },
  { _id: 3, n: -1, s: 'Apple', at: day(3), tags: ['b', 'c', 'b'], by: null },
  {
    _id: 4,
    n: null,
    s: '',
    lines: [
      { x: 1, y: 'p' },
      { x: 5, y: 'q' },
    ],
  },
  { _id: 5, s: 'あいう', lines: [{ x: 3, y: 'p' }, { y: 'r' }], flag: true },
  { _id: 6, n: [1, 20], s: 5, flag: false, ref: id(7) },
  { _id: 7, n: Long.fromString('9007199254740993'), lines: [], bytes: new Binary(Buffer.from('abc')) },
  { _id: 8, n: 'text', lines: [[{ x: 1 }]], constructor: { prototype: 1 } },
]

/** A question and the documents that answer it. */
const questions: readonly [filter: Fields, ids: readonly number[]][] = [
  [{}, [1, 2, 3, 4, 5, 6, 7, 8]],
  [{ _id: 3 }, [3]],
  [{ n: 1 }, [1, 6]],
  [{ n: new Double(1) }, [1, 6]],
  [{ n: Long.fromNumber(1) }, [1, 6]],
  [{ n: Long.fromString('9007199254740993') }, [7]],
  [{ n: 9007199254740992 }, []],
  [{ n: { $gt: 9007199254740992 } }, [7]],
  [{ n: null }, [4, 5]],
  [{ n: { $ne: null } }, [1, 2, 3, 6, 7, 8]],
  [{ n: { $ne: 1 } }, [2, 3, 4, 5, 7, 8]],
  [{ n: { $exists: false } }, [5]],
  [{ n: { $exists: true } }, [1, 2, 3, 4, 6, 7, 8]],
  [{ n: { $gt: 1 } }, [2, 6, 7]],
  [{ n: { $gte: 1, $lt: 2.5 } }, [1, 6]],
  [{ n: { $gt: 1, $lt: 20 } }, [2, 6]],
  [{ n: { $lt: 0 } }, [3]],
  [{ n: { $gte: null } }, [4, 5]],
  [{ n: { $gt: '' } }, [8]],
  [{ n: [1, 20] }, [6]],
  [{ n: { $in: [2.5, 'text', null] } }, [2, 4, 5, 8]],
  [{ n: { $nin: [1, null] } }, [2, 3, 7, 8]],
  [{ n: { $not: { $gt: 0 } } }, [3, 4, 5, 8]],
  [{ 'n.1': 20 }, [6]],
  [{ s: 'apple' }, [1]],
  [{ s: { $gte: 'a', $lt: 'b' } }, [1]],
  [{ s: { $regex: '^app' } }, [1]],
  [{ s: { $regex: '^APP', $options: 'i' } }, [1, 3]],
  [{ s: /pp/ }, [1, 3]],
  [{ s: { $in: [/^ban/, 5] } }, [2, 6]],
  [{ s: { $not: /a/ } }, [3, 4, 5, 6, 7, 8]],
  [{ s: { $eq: new BSONRegExp('apple') } }, []],
  [{ s: { $type: 'string' } }, [1, 2, 3, 4, 5]],
  [{ at: { $lte: day(2) } }, [1, 2]],
  [{ at: day(3) }, [3]],
  [{ tags: 'b' }, [1, 3]],
  [{ tags: { $all: ['b', 'c'] } }, [3]],
  [{ tags: { $all: [] } }, []],
  [{ tags: { $size: 0 } }, [2]],
  [{ tags: { $size: 2 } }, [1]],
  [{ tags: [] }, [2]],
  [{ tags: { $ne: 'b' } }, [2, 4, 5, 6, 7, 8]],
  [{ tags: { $elemMatch: { $gt: 'a', $lt: 'c' } } }, [1, 3]],
  [{ 'tags.0': 'b' }, [3]],
  [{ 'by.name': 'Ben' }, [2]],
  [{ by: { name: 'Ben', age: 20 } }, [2]],
  [{ by: { age: 20, name: 'Ben' } }, []],
  [{ 'by.age': null }, [3, 4, 5, 6, 7, 8]],
  [{ 'lines.x': 5 }, [4]],
  [{ 'lines.x': 3, 'lines.y': 'r' }, [5]],
  [{ lines: { $elemMatch: { x: 3, y: 'r' } } }, []],
  [{ lines: { $elemMatch: { x: { $gt: 2 }, y: 'q' } } }, [4]],
  [{ lines: { $elemMatch: { $or: [{ x: 1 }, { y: 'r' }] } } }, [4, 5]],
  [{ 'lines.1.y': 'r' }, [5]],
  [{ 'lines.x': null }, [1, 2, 3, 5, 6]],
  [{ 'lines.x': { $exists: false } }, [1, 2, 3, 6, 7, 8]],
  [{ flag: true }, [5]],
  [{ flag: { $in: [false] } }, [6]],
  [{ ref: id(7) }, [6]],
  [{ ref: '000000000000000000000007' }, []],
  [{ bytes: new Binary(Buffer.from('abc')) }, [7]],
  [{ 'constructor.prototype': 1 }, [8]],
  [{ constructor: { $exists: true } }, [8]],
  [{ toString: { $exists: true } }, []],
  [{ $and: [{ n: { $gt: 0 } }, { s: 'apple' }] }, [1]],
  [{ $or: [{ n: 2.5 }, { flag: true }] }, [2, 5]],
  [{ $nor: [{ n: { $exists: true } }, { flag: false }] }, [5]],
  [{ $and: [{ $or: [{ _id: 1 }, { _id: 2 }] }, { tags: 'a' }] }, [1]],
  [{ n: { $in: [] } }, []],
]

const show = (filter: unknown) => mongo.BSON.EJSON.stringify(filter as Fields)

export function theQueries({ connection }: Bench): void {
  describe('queries', () => {
    let collection: Collection
    before(async () => {
      collection = await newCollection(connection(), docs)
    })

    for (const [filter, ids] of questions)
      it(`${show(filter)} is answered by ${ids.join(', ') || 'nothing'}`, async () => {
        const found = await collection.find(filter).sort({ _id: 1 }).toArray()
        expect(found.map(({ _id }) => Number(_id))).to.deep.equal(ids)
        expect(await collection.countDocuments(filter)).to.equal(ids.length)
      })

    it('limit and skip what is found', async () => {
      const ids = async (skip: number, limit: number) =>
        (await collection.find().sort({ _id: -1 }).skip(skip).limit(limit).toArray()).map(doc =>
          Number(doc._id),
        )
      expect(await ids(0, 3)).to.deep.equal([8, 7, 6])
      expect(await ids(6, 5)).to.deep.equal([2, 1])
      expect(await ids(9, 1)).to.deep.equal([])
      expect(await collection.countDocuments({}, { skip: 2, limit: 4 })).to.equal(4)
      expect(await collection.countDocuments({ n: 1 }, { skip: 1 })).to.equal(1)
    })

    it('give back every value as it was kept', async () => {
      const kept = {
        _id: 1,
        a: 1,
        b: 2.5,
        c: 'é',
        d: day(1),
        e: [null, true, { f: [] }],
        g: id(1),
        h: -0.5,
        i: {},
      }
      const other = await newCollection(connection(), [kept])
      expect(await other.findOne()).to.deep.equal(kept)
    })

    it('distinct gives each value once, elements of arrays too', async () => {
      expect(await collection.distinct('tags')).to.deep.equal(['a', 'b', 'c'])
      expect(await collection.distinct('by.name', { _id: { $lt: 3 } })).to.deep.equal(['Aki', 'Ben'])
      expect(await collection.distinct('lines.y')).to.deep.equal(['p', 'q', 'r'])
    })
  })
}
