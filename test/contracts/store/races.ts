import { expect } from 'chai'
import { type Fields, newCollection } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

export function theRaces({ connection }: Bench): void {
  describe('races', () => {
    it('give each waiting job to one of many who claim', async () => {
      const jobs = Array.from({ length: 30 }, (_, index) => ({ _id: index, state: 'waiting' }))
      const collection = await newCollection(connection(), jobs)
      await collection.createIndex({ state: 1 })
      const claimed = await times(60, token =>
        collection.findOneAndUpdate(
          { state: 'waiting' },
          { $set: { state: 'running', token } },
          { sort: { _id: 1 }, returnDocument: 'after' },
        ),
      )
      const got = claimed.filter(job => job !== null)
      expect(got).to.have.length(30)
      expect(new Set(got.map(({ _id }) => _id)).size).to.equal(30)
      expect(await collection.countDocuments({ state: 'waiting' })).to.equal(0)
    })

    it('let one of many writers win each version', async () => {
      const collection = await newCollection(connection(), [{ _id: 'line', version: 0 }])
      for (let version = 0; version < 5; version++) {
        const done = await times(10, async writer =>
          collection.updateOne({ _id: 'line', version }, { $set: { writer }, $inc: { version: 1 } }),
        )
        expect(done.filter(({ modifiedCount }) => modifiedCount === 1)).to.have.length(1)
      }
      expect(await collection.findOne()).to.have.property('version', 5)
    })

    it('lose no sum', async () => {
      const collection = await newCollection(connection(), [{ _id: 1, n: 0 }])
      const update: Fields = { $inc: { n: 1 }, $push: { all: 1 } }
      await times(200, () => collection.updateOne({ _id: 1 }, update))
      const doc = await collection.findOne()
      expect(doc?.n).to.equal(200)
      expect(doc?.all).to.have.length(200)
    })

    it('make one document of many upserts of the same _id', async () => {
      const collection = await newCollection(connection())
      const done = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { upsert: true }),
        ),
      )
      // MongoDB may tell a loser that the key is taken; nobody is told that it was written when it was not.
      const written = done.filter(({ status }) => status === 'fulfilled').length
      expect(await collection.find().toArray()).to.deep.equal([{ _id: 1, n: written }])
    })
  })
}
