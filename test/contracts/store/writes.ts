import { expect } from 'chai'
import { newCollection, refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

export function theWrites({ connection }: Bench): void {
  describe('finding and changing at once', () => {
    it('findOneAndUpdate gives the document before or after, the first in order, with the fields asked for', async () => {
      const collection = await newCollection(connection(), [
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ])
      const update = (more: object) =>
        collection.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 }, ...more })
      expect(await update({})).to.deep.equal({ _id: 2, n: 2 })
      expect(await update({ returnDocument: 'after' })).to.deep.equal({ _id: 2, n: 22 })
      expect(await update({ projection: { n: 1, _id: 0 } })).to.deep.equal({ n: 22 })
      expect(await collection.findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } })).to.equal(null)
    })

    it('findOneAndUpdate upserts, findOneAndReplace replaces, findOneAndDelete deletes', async () => {
      const collection = await newCollection(connection())
      const upsert = { upsert: true, returnDocument: 'after' } as const
      expect(await collection.findOneAndUpdate({ _id: 1 }, { $set: { a: 1 } }, upsert)).to.deep.equal({
        _id: 1,
        a: 1,
      })
      expect(await collection.findOneAndUpdate({ _id: 2 }, { $set: { a: 1 } }, { upsert: true })).to.equal(
        null,
      )
      expect(await collection.findOneAndReplace({ _id: 1 }, { b: 2 })).to.deep.equal({ _id: 1, a: 1 })
      expect(await collection.findOneAndDelete({ _id: 1 })).to.deep.equal({ _id: 1, b: 2 })
      expect(await collection.findOneAndDelete({ _id: 1 })).to.equal(null)
      expect(await collection.countDocuments()).to.equal(1)
    })

    it('deletes one or many', async () => {
      const collection = await newCollection(connection(), [{ n: 1 }, { n: 1 }, { n: 2 }, { n: 1 }])
      expect((await collection.deleteOne({ n: 1 })).deletedCount).to.equal(1)
      expect((await collection.deleteMany({ n: 1 })).deletedCount).to.equal(2)
      expect((await collection.deleteMany({ n: 9 })).deletedCount).to.equal(0)
      expect(await collection.countDocuments()).to.equal(1)
    })
  })

  describe('bulk writes', () => {
    it('do all kinds in order and count each', async () => {
      const collection = await newCollection(connection(), [{ _id: 1, n: 1 }])
      const done = await collection.bulkWrite([
        { insertOne: { document: { _id: 2, n: 2 } } },
        { updateOne: { filter: { _id: 2 }, update: { $inc: { n: 1 } } } },
        { updateMany: { filter: {}, update: { $set: { seen: true } } } },
        { replaceOne: { filter: { _id: 1 }, replacement: { n: 9 } } },
        { updateOne: { filter: { _id: 3 }, update: { $set: { n: 3 } }, upsert: true } },
        { deleteOne: { filter: { n: 3, seen: true } } },
      ])
      const { insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount } = done
      expect([insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount]).to.deep.equal([
        1, 4, 4, 1, 1,
      ])
      expect(await collection.find().sort({ _id: 1 }).toArray()).to.deep.equal([
        { _id: 1, n: 9 },
        { _id: 3, n: 3 },
      ])
    })

    for (const [ordered, ids] of [
      [true, [1, 2]],
      [false, [1, 2, 4]],
    ] as const)
      it(`${ordered ? 'stop at' : 'go on after'} what fails when ${ordered ? '' : 'not '}ordered`, async () => {
        const collection = await newCollection(connection(), [{ _id: 1 }])
        const error = await refusal(collection.insertMany([{ _id: 2 }, { _id: 1 }, { _id: 4 }], { ordered }))
        expect(error).to.have.property('code', 11000)
        expect(error.writeErrors).to.have.length(1)
        const found = await collection.find().sort({ _id: 1 }).toArray()
        expect(found.map(({ _id }) => _id)).to.deep.equal(ids)
      })

    it('write thousands in one go', async () => {
      const collection = await newCollection(connection())
      const many = Array.from({ length: 5000 }, (_, index) => ({ _id: index, n: index % 7 }))
      expect((await collection.insertMany(many)).insertedCount).to.equal(5000)
      expect(await collection.countDocuments({ n: 3 })).to.equal(714)
      expect((await collection.updateMany({ n: 3 }, { $set: { n: 4 } })).modifiedCount).to.equal(714)
    })
  })
}
