import { admin } from './admin.ts'
import { care } from './care.ts'
import { type Call, type Command, refuseOthers, type Store } from './command.ts'
import { type Doc, encode } from './document.ts'
import { errorFields, unknown } from './error.ts'
import { reads } from './reads.ts'
import { writes } from './writes.ts'

const commands: Readonly<Record<string, Command>> = { ...admin, ...care, ...reads, ...writes }

/** What drivers may add to any command and what changes nothing here: one server, every write on its disk's journal. */
const common = [
  '$db',
  '$readPreference',
  '$clusterTime',
  'lsid',
  'comment',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]

/** The answer to a command as BSON. What goes wrong is an answer too. */
export function answerTo(store: Store, call: Call): Buffer {
  try {
    const { name, fields } = call
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command) throw unknown(`the command ${name}`)
    if (Object.hasOwn(fields, 'autocommit')) throw unknown('transactions')
    const settings: Doc = { ...fields }
    delete settings[name]
    for (const one of common) delete settings[one]
    if (command.takes !== 'anything')
      refuseOthers(name, settings, [...command.takes, ...Object.keys(call.lists)])
    const answer = command.run(store, call)
    return Buffer.isBuffer(answer) ? answer : encode({ ...answer, ok: 1 })
  } catch (error) {
    return encode({ ok: 0, ...errorFields(error) })
  }
}

/** Documents whose time is over, by the indexes that say so. */
export function expire(store: Store): void {
  for (const { namespace, indexes } of store.catalogue.all())
    for (const { expireAfterSeconds, order } of indexes) {
      const [field] = order
      if (expireAfterSeconds === undefined || !field) continue
      const q = { [field.name]: { $lt: new Date(store.now() - expireAfterSeconds * 1000) } }
      const [database = '', ...rest] = namespace.split('.')
      const fields = { delete: rest.join('.'), $db: database, deletes: [{ q, limit: 0 }] }
      writes.delete?.run(store, { name: 'delete', fields, lists: {} })
    }
}
