import { expect } from 'chai'
import { mongo } from 'mongoose'
import { type Fields, newCollection } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

const { Long, ObjectId, Binary, BSONRegExp } = mongo
const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const id = (number: number) => new ObjectId(number.toString(16).padStart(24, '0'))

export function theSorting({ connection }: Bench): void {
  describe('sorting', () => {
    /** One value of each type in MongoDB's order; two that are equal stay in the order of their _id. */
    const values: readonly unknown[] = [
      new mongo.MinKey(),
      [],
      null,
      -5,
      -0.5,
      0,
      Long.fromNumber(3),
      3.5,
      '',
      'A',
      'a',
      'ab',
      'あ',
      '😀',
      {},
      { a: 1 },
      { a: 2 },
      { b: 1 },
      { a: 'x' },
      new Binary(Buffer.from('z')),
      new Binary(Buffer.from('ab')),
      id(1),
      id(2),
      false,
      true,
      day(-1),
      day(1),
      new mongo.Timestamp({ t: 1, i: 1 }),
      new BSONRegExp('a'),
      new mongo.MaxKey(),
    ]
    const shuffled = values
      .map((value, index) => ({ _id: index, value }))
      .sort((a, b) => ((a._id * 7) % 31) - ((b._id * 7) % 31))
    const order = (docs: readonly Fields[]) => docs.map(({ _id }) => _id)
    const upwards = values.map((_value, index) => index)

    for (const indexed of [false, true])
      it(`follows the order of types and values ${indexed ? 'with' : 'without'} an index`, async () => {
        const collection = await newCollection(connection(), shuffled)
        if (indexed) await collection.createIndex({ value: 1 })
        expect(order(await collection.find().sort({ value: 1 }).toArray())).to.deep.equal(upwards)
        expect(order(await collection.find().sort({ value: -1 }).toArray())).to.deep.equal(
          [...upwards].reverse(),
        )
      })

    it('takes an array by its least element upwards and by its greatest downwards', async () => {
      const collection = await newCollection(connection(), [
        { _id: 1, n: [5, 1] },
        { _id: 2, n: 3 },
        { _id: 3, n: [2, 4] },
      ])
      expect(order(await collection.find().sort({ n: 1 }).toArray())).to.deep.equal([1, 3, 2])
      expect(order(await collection.find().sort({ n: -1 }).toArray())).to.deep.equal([1, 3, 2])
    })

    it('goes by several fields, each in its direction', async () => {
      const collection = await newCollection(connection(), [
        { _id: 1, a: 1, b: { c: 1 } },
        { _id: 2, a: 1, b: { c: 2 } },
        { _id: 3, a: 2, b: { c: 1 } },
        { _id: 4, a: 2 },
      ])
      const sorted = async () => order(await collection.find().sort({ a: -1, 'b.c': 1 }).toArray())
      expect(await sorted()).to.deep.equal([4, 3, 1, 2])
      await collection.createIndex({ a: 1, 'b.c': -1 })
      expect(await sorted()).to.deep.equal([4, 3, 1, 2])
    })
  })
}
