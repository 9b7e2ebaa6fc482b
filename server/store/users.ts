import { randomUUID } from 'node:crypto'
import { Schema, trusted } from 'mongoose'
import { Problem } from '../../pipelines/problem.ts'
import { type Role, roles } from '../contract.ts'
import { type Connection, isTaken, strictly } from './shape.ts'

export type User = {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Who they are in the register of consents. What they say there their passkey signs: this alone says nothing. */
  readonly party?: string
}
/** A one-time link as the store knows it: the hash of its token, and when it ends. */
export type Link = { readonly hash: string; readonly expires: number }

const schema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    /** The name as it is compared: two that look alike to a person are one. */
    key: { type: String, required: true, unique: true },
    roles: { type: [{ type: String, enum: roles }], required: true },
    password: String,
    party: String,
    link: { type: new Schema({ hash: String, expires: Number }, { _id: false }) },
  },
  strictly('users'),
)
schema.index({ party: 1 }, { unique: true, sparse: true })
schema.index({ 'link.hash': 1 }, { unique: true, sparse: true })

export type Users = ReturnType<typeof openUsers>

/** Accounts. An account without a password is one whose link nobody has used yet. */
export function openUsers(connection: Connection) {
  const model = connection.model('User', schema)

  return {
    ready: () => model.init(),

    async of(id: string): Promise<User | undefined> {
      const found = await model.findById(id).lean()
      return found ? toUser(found) : undefined
    },

    async all(): Promise<readonly User[]> {
      return (await model.find().sort({ key: 1 }).lean()).map(toUser)
    },

    /** Whose account it is in the register, if it is anybody's. */
    async ofParty(party: string): Promise<User | undefined> {
      const found = await model.findOne({ party }).lean()
      return found ? toUser(found) : undefined
    },

    /** Who a link that still works is for. */
    async ofLink(hash: string, now: number): Promise<User | undefined> {
      const found = await model.findOne({ 'link.hash': hash, 'link.expires': trusted({ $gt: now }) }).lean()
      return found ? toUser(found) : undefined
    },

    /** Names by id, of those who are still there. */
    async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const found = await model.find({ _id: trusted({ $in: [...new Set(ids)] }) }).lean()
      return new Map(found.map(user => [user._id, user.name]))
    },

    async credentials(name: string): Promise<{ user: User; password: string } | undefined> {
      const found = await model.findOne({ key: keyOf(name) }).lean()
      return found?.password ? { user: toUser(found), password: found.password } : undefined
    },

    /** @throws Problem `name-taken` */
    async invite(name: string, roles: readonly Role[], link: Link): Promise<User> {
      const made = { _id: randomUUID(), name, key: keyOf(name), roles: [...roles], link }
      await naming(name, () => model.create(made))
      return toUser(made)
    },

    /** Says who an account is in the register, once. False when it was said already. */
    async enrol(id: string, party: string): Promise<boolean> {
      const unsaid = { _id: id, party: trusted({ $exists: false }) }
      return (await model.updateOne(unsaid, { $set: { party } })).matchedCount === 1
    },

    /** Gives an account another link. Its password holds until the link is used. */
    async relink(name: string, link: Link): Promise<User | undefined> {
      const found = await model.findOneAndUpdate({ key: keyOf(name) }, { $set: { link } }).lean()
      return found ? toUser(found) : undefined
    },

    /** The link of the first administrator, for as long as nobody has a password. An earlier one ends. */
    async welcome(link: Link): Promise<boolean> {
      if (await model.exists({ password: trusted({ $exists: true }) })) return false
      const pending = { name: 'admin', key: keyOf('admin'), roles: ['admin'] as Role[] }
      await model.updateOne({ _id: 'first' }, { $set: { link }, $setOnInsert: pending }, { upsert: true })
      return true
    },

    /**
     * Uses a link: its account takes this name and password. One write, so that a link works once and never half.
     * @throws Problem `name-taken`, and then the link still works
     */
    async accept(hash: string, now: number, name: string, password: string): Promise<User | undefined> {
      const found = await naming(name, () =>
        model
          .findOneAndUpdate(
            { 'link.hash': hash, 'link.expires': trusted({ $gt: now }) },
            { $set: { name, key: keyOf(name), password }, $unset: { link: 1 } },
            { returnDocument: 'after' },
          )
          .lean(),
      )
      return found ? toUser(found) : undefined
    },
  }
}

const keyOf = (name: string) => name.normalize('NFKC').toLowerCase()

const toUser = (found: {
  _id: string
  name: string
  roles: readonly Role[]
  party?: string | null
}): User => ({
  id: found._id,
  name: found.name,
  roles: [...found.roles],
  ...(found.party && { party: found.party }),
})

async function naming<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw isTaken(error) ? new Problem('name-taken', { what: 'user', name }) : error
  }
}
