import { ObjectId } from 'bson'
import { type Collection, insert, type Row, remove, replace, toBytes } from './collection.ts'
import { type Call, type Command, docOf, docsOf, namespaceOf, refuseOthers, type Store } from './command.ts'
import { type Doc, decode, encode, own, toNumber } from './document.ts'
import { errorFields, StoreError, unknown } from './error.ts'
import { seedOf } from './positions.ts'
import { compileProjection } from './project.ts'
import { answer } from './query.ts'
import { orderOf } from './sort.ts'
import { applyUpdate } from './update.ts'

export const writes: Readonly<Record<string, Command>> = {
  insert: {
    takes: ['documents', 'ordered', 'bypassDocumentValidation'],
    run(store, call) {
      const documents: readonly unknown[] = call.lists.documents ?? docsOf(call.fields, 'documents')
      const { catalogue, database } = store
      const collection = catalogue.ensure(namespaceOf(call))
      let n = 0
      const writeErrors = inOneGo(store, call, documents, document => {
        insert(database, collection, toBytes(document))
        n++
      })
      return { n, ...writeErrors }
    },
  },
  update: {
    takes: ['updates', 'ordered', 'bypassDocumentValidation'],
    run(store, call) {
      const collection = store.catalogue.ensure(namespaceOf(call))
      const upserted: Doc[] = []
      let n = 0
      let nModified = 0
      const writeErrors = inOneGo(store, call, listOf(call, 'updates'), (update, index) => {
        refuseOthers('an update', update, ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'sort'])
        const limit = own(update, 'multi') === true ? 0 : 1
        const rows = rowsFor(store, collection, docOf(update, 'q'), limit, update)
        const change = { filter: docOf(update, 'q'), update: own(update, 'u'), more: update }
        for (const row of rows) if (changeRow(store, collection, row, change).changed) nModified++
        n += rows.length
        if (rows.length > 0 || own(update, 'upsert') !== true) return
        upserted.push({ index, _id: upsert(store, collection, change)._id })
        n++
      })
      return { n, nModified, ...(upserted.length > 0 && { upserted }), ...writeErrors }
    },
  },
  delete: {
    takes: ['deletes', 'ordered'],
    run(store, call) {
      const collection = store.catalogue.get(namespaceOf(call))
      let n = 0
      const writeErrors = inOneGo(store, call, listOf(call, 'deletes'), gone => {
        refuseOthers('a delete', gone, ['q', 'limit'])
        if (!collection) return
        const limit = toNumber(own(gone, 'limit'), 'limit')
        for (const row of rowsFor(store, collection, docOf(gone, 'q'), limit, {})) {
          remove(store.database, collection, row)
          n++
        }
      })
      return { n, ...writeErrors }
    },
  },
  findAndModify: {
    takes: [
      'query',
      'sort',
      'remove',
      'update',
      'new',
      'upsert',
      'fields',
      'arrayFilters',
      'bypassDocumentValidation',
    ],
    run(store, call) {
      const { fields } = call
      const collection = store.catalogue.ensure(namespaceOf(call))
      const filter = docOf(fields, 'query')
      const show = compileProjection(own(fields, 'fields')) ?? (doc => doc)
      const shown = (doc: Doc | undefined) => (doc ? show(doc) : null)
      const wantsNew = own(fields, 'new') === true
      const change = { filter, update: own(fields, 'update'), more: fields }
      return store.catalogue.transact(() => {
        const [row] = rowsFor(store, collection, filter, 1, fields)
        if (own(fields, 'remove') === true) {
          if (row) remove(store.database, collection, row)
          return { value: shown(row && decode(row.bytes)), lastErrorObject: { n: row ? 1 : 0 } }
        }
        if (row) {
          const { before, after } = changeRow(store, collection, row, change)
          return { value: shown(wantsNew ? after : before), lastErrorObject: { n: 1, updatedExisting: true } }
        }
        if (own(fields, 'upsert') !== true)
          return { value: null, lastErrorObject: { n: 0, updatedExisting: false } }
        const made = upsert(store, collection, change)
        return {
          value: wantsNew ? shown(made) : null,
          lastErrorObject: { n: 1, updatedExisting: false, upserted: made._id },
        }
      })
    },
  },
}

type Change = { readonly filter: Doc; readonly update: unknown; readonly more: Doc }

/**
 * Does the parts of a command in one transaction. A part that is refused has changed nothing: it is reported, and ends
 * the command when that is ordered. Anything else that goes wrong undoes the whole command.
 */
function inOneGo<T>(
  store: Store,
  call: Call,
  things: readonly T[],
  work: (thing: T, index: number) => void,
): Doc {
  const ordered = own(call.fields, 'ordered') !== false
  const writeErrors: Doc[] = []
  store.catalogue.transact(() => {
    for (const [index, thing] of things.entries())
      try {
        work(thing, index)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        writeErrors.push({ index, ...errorFields(error) })
        if (ordered) return
      }
  })
  return writeErrors.length > 0 ? { writeErrors } : {}
}

const listOf = (call: Call, name: string): readonly Doc[] =>
  call.lists[name]?.map(decode) ?? docsOf(call.fields, name)

/** The rows to be written, all found before the first is: a changed row can't be met again. */
function rowsFor(
  { database }: Store,
  collection: Collection,
  filter: Doc,
  limit: number,
  fields: Doc,
): readonly Row[] {
  return [...answer(database, collection, { filter, limit, order: orderOf(own(fields, 'sort')) })]
}

function changeRow(
  { database, now }: Store,
  collection: Collection,
  row: Row,
  { filter, update, more }: Change,
) {
  const before = decode(row.bytes)
  const after = applyUpdate(decode(row.bytes), updateOf(update), {
    filter,
    arrayFilters: docsOf(more, 'arrayFilters'),
    inserting: false,
    now: new Date(now()),
  })
  return { before, after, changed: replace(database, collection, row, before, after) }
}

function upsert({ database, now }: Store, collection: Collection, { filter, update, more }: Change): Doc {
  const context = {
    filter,
    arrayFilters: docsOf(more, 'arrayFilters'),
    inserting: true,
    now: new Date(now()),
  }
  const seed = applyUpdate({}, { $set: seedOf(filter) }, context)
  const { _id = new ObjectId(), ...rest } = applyUpdate(seed, updateOf(update), context)
  const doc = { _id, ...rest }
  insert(database, collection, encode(doc))
  return doc
}

function updateOf(update: unknown): Doc {
  if (Array.isArray(update)) throw unknown('updates by a pipeline')
  return docOf({ update }, 'update')
}
