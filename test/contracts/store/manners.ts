import { expect } from 'chai'
import { Schema } from 'mongoose'
import { type Fields, newCollection, refusal } from '../../support/collection.ts'
import type { Bench } from '../store.ts'

/** What a stranger may put where a name or a password is expected. */
const hostile: readonly unknown[] = [
  { $gt: '' },
  { $ne: null },
  { $exists: true },
  { $regex: '.*' },
  { $in: ['secret'] },
  { $where: 'true' },
  { $eq: { $gt: '' } },
]

export function theManners({ connection }: Bench): void {
  describe('strangers', () => {
    let people: ReturnType<typeof open>
    const open = () => connection().model('Person', new Schema({ name: String, key: String }))
    before(async () => {
      people = open()
      await people.deleteMany({})
      await people.create({ name: 'Aki', key: 'secret' })
    })

    for (const value of hostile)
      it(`find nothing with ${JSON.stringify(value)} for a value`, async () => {
        const found = await people
          .findOne({ name: 'Aki', key: value } as Fields)
          .lean()
          .catch(() => 'refused')
        expect(found).to.be.oneOf([null, 'refused'])
        expect(await people.findOne({ name: 'Aki', key: 'secret' }).lean()).to.not.equal(null)
      })

    it('change nothing with an operator for a value', async () => {
      await people
        .updateMany({ key: { $ne: 'x' } } as Fields, { $set: { name: 'gone' } })
        .catch(() => undefined)
      await people.deleteMany({ key: { $ne: 'x' } } as Fields).catch(() => undefined)
      expect(await people.countDocuments({ name: 'Aki' })).to.equal(1)
    })

    it('a query for a field that the model lacks is an error and no query for everything', async () => {
      expect((await refusal(people.deleteMany({ nmae: 'Aki' } as Fields))).name).to.equal('StrictModeError')
      expect(await people.countDocuments()).to.equal(1)
    })
  })

  describe('names of the language', () => {
    for (const path of ['constructor.prototype.seen', 'toString.seen', 'hasOwnProperty', 'valueOf.call.seen'])
      it(`${path} is a field like any other and touches no other document`, async () => {
        const collection = await newCollection(connection(), [{ _id: 1 }, { _id: 2 }])
        await collection.updateOne({ _id: 1 }, { $set: { [path]: 1 } })
        const ids = async (filter: Fields) => (await collection.find(filter).toArray()).map(({ _id }) => _id)
        expect(await ids({ [path]: 1 })).to.deep.equal([1])
        expect(await ids({ seen: { $exists: true } })).to.deep.equal([])
        expect(await collection.findOne({ _id: 2 }, { projection: { [path]: 1 } })).to.deep.equal({ _id: 2 })
        await collection.insertOne({ _id: 3 })
        expect(await ids({ seen: { $exists: false } })).to.deep.equal([1, 2, 3])
      })
  })
}
