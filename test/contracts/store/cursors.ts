import { expect } from 'chai'
import { newCollection, refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

const thousand = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ _id: index, n: index % 10 }))

export function theCursors({ connection }: Bench): void {
  describe('cursors', () => {
    for (const [says, sort] of [
      ['an index', { _id: 1 }],
      ['an index backwards', { _id: -1 }],
      ['memory', { n: 1, _id: 1 }],
    ] as const)
      it(`give everything once, batch by batch, in the order of ${says}`, async () => {
        const collection = await newCollection(connection(), thousand(2500))
        const expected = thousand(2500).sort(
          (a, b) => ('n' in sort ? a.n - b.n : 0) || (a._id - b._id) * sort._id,
        )
        const found = await collection.find().sort(sort).batchSize(400).toArray()
        expect(found).to.deep.equal(expected)
      })

    it('give many with the same key once each', async () => {
      const collection = await newCollection(connection(), thousand(3000))
      await collection.createIndex({ n: 1 })
      for (const turn of [1, -1] as const) {
        const found = await collection
          .find({ n: { $in: [3, 4, 5] } })
          .sort({ n: turn })
          .batchSize(7)
          .toArray()
        expect(new Set(found.map(({ _id }) => _id)).size).to.equal(900)
        expect(found).to.have.length(900)
      }
    })

    it('begin empty when asked for no documents at first', async () => {
      const collection = await newCollection(connection(), thousand(3))
      const command = { find: collection.collectionName, batchSize: 0 }
      const { cursor } = await connection().getClient().db().command(command)
      expect(cursor.firstBatch).to.deep.equal([])
      expect(Number(cursor.id)).to.be.greaterThan(0)
    })

    it('stop at their limit, whatever the batches', async () => {
      const collection = await newCollection(connection(), thousand(50))
      expect(await collection.find().limit(25).batchSize(10).toArray()).to.have.length(25)
      expect(await collection.find().limit(-5).toArray()).to.have.length(5)
    })

    it('go on while others write, and don’t come to what is gone by then', async () => {
      const collection = await newCollection(connection(), thousand(3000))
      const seen: unknown[] = []
      for await (const { _id } of collection.find().sort({ _id: 1 }).batchSize(100)) {
        seen.push(_id)
        if (_id === 50) await collection.deleteMany({ _id: { $gte: 2000 } })
        if (_id === 60) await collection.insertOne({ _id: -1 })
      }
      expect(seen).to.deep.equal(thousand(2000).map(({ _id }) => _id))
    })

    it('are forgotten when they are closed', async () => {
      const collection = await newCollection(connection(), thousand(300))
      const database = connection().getClient().db()
      const { cursor } = await database.command({ find: collection.collectionName, batchSize: 10 })
      const more = { getMore: cursor.id, collection: collection.collectionName }
      expect((await database.command({ ...more, batchSize: 5 })).cursor.nextBatch).to.have.length(5)
      await database.command({ killCursors: collection.collectionName, cursors: [cursor.id] })
      expect(await refusal(database.command(more))).to.have.property('code', 43)
    })

    it('fit large documents into messages', async () => {
      const large = Array.from({ length: 9 }, (_, index) => ({ _id: index, text: 'x'.repeat(7_000_000) }))
      const collection = await newCollection(connection(), large)
      let count = 0
      for await (const { text } of collection.find()) count += String(text).length
      expect(count).to.equal(63_000_000)
    })
  })

  describe('sizes', () => {
    it('a document of almost 16 MB is kept, and a larger one is refused', async () => {
      const collection = await newCollection(connection())
      await collection.insertOne({ _id: 1, text: 'x'.repeat(16 * 1024 * 1024 - 100) })
      const grow = { $set: { more: 'x'.repeat(1000) } }
      expect(await refusal(collection.updateOne({ _id: 1 }, grow)))
        .to.have.property('code')
        .that.is.oneOf([10334, 17419])
      expect(await collection.findOne({ _id: 1, more: { $exists: true } })).to.equal(null)
    })
  })
}
