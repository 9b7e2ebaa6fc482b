import { expect } from 'chai'
import { type Connection, Schema, Types, trusted } from 'mongoose'
import { refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

let made = 0

/** A model of its own for each test, its indexes made. */
async function newModel<S extends Schema>(connection: Connection, schema: S) {
  const model = connection.model(`Tested${++made}`, schema)
  await model.deleteMany({})
  await model.init()
  return model
}

export function theModels({ connection }: Bench): void {
  describe('models', () => {
    it('have times of making and change', async () => {
      const model = await newModel(connection(), new Schema({ name: String }, { timestamps: true }))
      const { _id, createdAt } = await model.create({ name: 'a' })
      await model.updateOne({ _id }, { name: 'b' })
      const found = await model.findById(_id).orFail()
      expect(found.name).to.equal('b')
      expect(found.createdAt).to.deep.equal(createdAt)
      expect(found.updatedAt.getTime()).to.be.at.least(createdAt.getTime())
    })

    it('have times in the documents of arrays, also when one is set by its position', async () => {
      const line = new Schema({ key: String, text: String }, { timestamps: true })
      const model = await newModel(connection(), new Schema({ lines: [line] }, { timestamps: true }))
      const { _id } = await model.create({ lines: [{ key: 'a' }, { key: 'b' }] })
      await model.updateOne({ _id, 'lines.key': 'b' }, { $set: { 'lines.$.text': 'said' } })
      const found = await model.findById(_id).orFail()
      expect(found.lines.map(({ text }) => text)).to.deep.equal([undefined, 'said'])
      expect(found.lines[1]?.updatedAt).to.be.instanceOf(Date)
    })

    it('fill what they refer to', async () => {
      const people = await newModel(connection(), new Schema({ name: String }))
      const ref = people.modelName
      const model = await newModel(
        connection(),
        new Schema({ by: { type: Schema.Types.ObjectId, ref }, all: [{ type: Schema.Types.ObjectId, ref }] }),
      )
      const ids = (await people.insertMany([{ name: 'Aki' }, { name: 'Ben' }])).map(({ _id }) => _id)
      await model.insertOne({ by: ids[0], all: [...ids].reverse() })
      const found = await model
        .findOne()
        .populate<{ by: { name: string } }>('by')
        .populate<{ all: { name: string }[] }>('all')
        .orFail()
      expect(found.by.name).to.equal('Aki')
      expect(found.all.map(({ name }) => name)).to.deep.equal(['Ben', 'Aki'])
    })

    it('tell their kinds apart', async () => {
      const model = await newModel(connection(), new Schema({ at: Number }, { discriminatorKey: 'kind' }))
      const kind = `Note${made}`
      const notes = model.discriminator(kind, new Schema({ text: String }))
      await notes.create({ at: 1, text: 'x' })
      await model.create({ at: 2 })
      expect(await model.countDocuments()).to.equal(2)
      expect((await notes.find().lean()).map(({ at }) => at)).to.deep.equal([1])
      expect(await model.findOne({ at: 1 }).lean()).to.have.property('kind', kind)
    })

    it('refuse to save over a change they have not seen', async () => {
      const schema = new Schema({ text: String, list: [String] }, { optimisticConcurrency: true })
      const model = await newModel(connection(), schema)
      const { _id } = await model.create({ text: 'a' })
      const [mine, theirs] = [await model.findById(_id).orFail(), await model.findById(_id).orFail()]
      theirs.text = 'theirs'
      await theirs.save()
      mine.text = 'mine'
      expect((await refusal(mine.save())).name).to.equal('VersionError')
      expect((await model.findById(_id).orFail()).text).to.equal('theirs')
    })

    it('save what changed within arrays, documents, maps and mixed fields', async () => {
      const model = await newModel(
        connection(),
        new Schema({
          list: [{ x: Number }],
          tags: [String],
          deep: { a: { b: Number } },
          map: { type: Map, of: Number },
          mixed: Schema.Types.Mixed,
          when: Date,
          bytes: Buffer,
          long: BigInt,
        }),
      )
      const { _id } = await model.create({
        list: [{ x: 1 }, { x: 2 }, { x: 3 }],
        tags: ['a'],
        map: { one: 1 },
        long: 2n ** 60n,
      })
      const doc = await model.findById(_id).orFail()
      doc.list[1]?.set('x', 20)
      doc.list.pull(doc.list[0]?._id)
      doc.tags.push('b', 'c')
      doc.set('deep.a.b', 5)
      doc.map?.set('two', 2)
      doc.mixed = { any: ['thing', { at: 1 }] }
      doc.when = new Date(5)
      doc.bytes = Buffer.from('xyz')
      await doc.save()
      doc.tags.splice(0, 1)
      doc.list.push({ x: 4 })
      await doc.save()
      const found = await model.findById(_id).orFail()
      expect(found.list.map(({ x }) => x)).to.deep.equal([20, 3, 4])
      expect([...found.tags]).to.deep.equal(['b', 'c'])
      expect(found.deep?.a?.b).to.equal(5)
      expect([...(found.map ?? [])]).to.deep.equal([
        ['one', 1],
        ['two', 2],
      ])
      expect(found.mixed).to.deep.equal({ any: ['thing', { at: 1 }] })
      expect([found.when?.getTime(), found.bytes?.toString(), found.long]).to.deep.equal([
        5,
        'xyz',
        2n ** 60n,
      ])
    })

    it('insert, save and write many in one go', async () => {
      const model = await newModel(connection(), new Schema({ n: { type: Number, unique: true } }))
      await model.insertMany([{ n: 1 }, { n: 2 }])
      const partly = await model
        .insertMany([{ n: 2 }, { n: 3 }], { ordered: false, rawResult: true })
        .catch(() => undefined)
      expect(partly === undefined || partly.insertedCount === 1).to.equal(true)
      const docs = await model.find().sort('n')
      for (const doc of docs) doc.n = (doc.n ?? 0) + 10
      await model.bulkSave(docs)
      await model.bulkWrite([{ updateMany: { filter: {}, update: { $inc: { n: 5 } } } }])
      expect((await model.find().sort('n').lean()).map(({ n }) => n)).to.deep.equal([16, 17, 18])
    })

    it('count, ask whether, and give ids and cursors', async () => {
      const model = await newModel(connection(), new Schema({ n: Number, t: String }))
      await model.create([
        { n: 1, t: 'a' },
        { n: 2, t: 'a' },
        { n: 3, t: 'b' },
      ])
      expect(await model.countDocuments({ t: 'a' })).to.equal(2)
      expect(await model.estimatedDocumentCount()).to.equal(3)
      expect(await model.exists({ n: 3 })).to.have.property('_id')
      expect(await model.exists({ n: 4 })).to.equal(null)
      const seen = []
      for await (const { n } of model.find().sort({ n: -1 }).lean().cursor({ batchSize: 2 })) seen.push(n)
      expect(seen).to.deep.equal([3, 2, 1])
      expect(await model.find({}, { _id: 0, t: 1 }).sort('n').limit(1).lean()).to.deep.equal([{ t: 'a' }])
    })

    it('find and change one, or make it', async () => {
      const model = await newModel(
        connection(),
        new Schema({ name: String, n: { type: Number, default: 5 }, seen: [Number] }),
      )
      const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const
      const fresh = await model.findOneAndUpdate({ name: 'a' }, { $addToSet: { seen: 1 } }, options).lean()
      expect(fresh).to.deep.include({ name: 'a', n: 5, seen: [1] })
      const again = await model.findOneAndUpdate({ name: 'a' }, { $inc: { n: 1 } }, options).lean()
      expect(again).to.deep.include({ n: 6, seen: [1] })
      expect(await model.findByIdAndDelete(again?._id).lean()).to.deep.include({ name: 'a' })
      expect(await model.countDocuments()).to.equal(0)
    })

    it('keep their indexes as the schema says', async () => {
      const schema = new Schema({ a: { type: String, index: true }, b: Number })
      schema.index({ a: 1, b: -1 }, { unique: true })
      const model = await newModel(connection(), schema)
      await model.collection.createIndex({ b: 1 })
      expect(await model.syncIndexes()).to.deep.equal(['b_1'])
      expect((await model.listIndexes()).map(({ name }) => name).sort()).to.deep.equal([
        '_id_',
        'a_1',
        'a_1_b_-1',
      ])
    })

    it('work within a session', async () => {
      const model = await newModel(connection(), new Schema({ n: Number }))
      const session = await connection().startSession()
      await new model({ n: 1 }).save({ session })
      expect(await model.findOne({ n: 1 }).session(session).lean()).to.have.property('n', 1)
      await session.endSession()
    })

    it('find by many ids at once', async () => {
      const model = await newModel(connection(), new Schema({ n: Number }))
      const docs = await model.create([{ n: 1 }, { n: 2 }, { n: 3 }])
      const ids = [docs[2]?._id, new Types.ObjectId(), docs[0]?._id]
      expect(
        (
          await model
            .find({ _id: trusted({ $in: ids }) })
            .sort('n')
            .lean()
        ).map(({ n }) => n),
      ).to.deep.equal([1, 3])
    })
  })
}
