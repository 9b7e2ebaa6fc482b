import { type Command, databaseOf, docOf, docsOf, namespaceOf } from './command.ts'
import { encode, own } from './document.ts'
import { StoreError } from './error.ts'
import { toSpec } from './indexes.ts'
import { same } from './keys.ts'
import { compile } from './match.ts'

/** The wire protocol of MongoDB 7.0. Higher numbers would make the driver use what is not here. */
const wireVersion = 21
const maxMessage = 48_000_000

/** The driver's greeting tells of itself what its makers please. */
const hello: Command = {
  takes: 'anything',
  run: ({ now }) => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: maxMessage,
    maxWriteBatchSize: 100_000,
    localTime: new Date(now()),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: wireVersion,
    readOnly: false,
  }),
}
const nothing: Command = { takes: ['endSessions'], run: () => ({}) }

export const admin: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: nothing,
  endSessions: nothing,
  buildInfo: {
    takes: [],
    run: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], modules: ['kotodama-embedded'], bits: 64 }),
  },
  create: {
    takes: [],
    run({ catalogue }, call) {
      const namespace = namespaceOf(call)
      if (catalogue.get(namespace))
        throw new StoreError(48, 'NamespaceExists', `${namespace} exists already.`)
      catalogue.ensure(namespace)
      return {}
    },
  },
  drop: {
    takes: [],
    run({ catalogue }, call) {
      catalogue.drop(namespaceOf(call))
      return { ns: namespaceOf(call) }
    },
  },
  dropDatabase: {
    takes: [],
    run({ catalogue }, { fields }) {
      const name = databaseOf(fields)
      for (const { namespace } of catalogue.all())
        if (namespace.startsWith(`${name}.`)) catalogue.drop(namespace)
      return { dropped: name }
    },
  },
  createIndexes: {
    takes: ['indexes', 'commitQuorum'],
    run({ catalogue }, call) {
      const specs = docsOf(call.fields, 'indexes').map(toSpec)
      const createdCollectionAutomatically = !catalogue.get(namespaceOf(call))
      const collection = catalogue.ensure(namespaceOf(call))
      const numIndexesBefore = collection.indexes.length
      for (const spec of specs) catalogue.addIndex(collection, spec)
      return { numIndexesBefore, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically }
    },
  },
  dropIndexes: {
    takes: ['index'],
    run({ catalogue }, call) {
      const collection = collectionOf(catalogue.get(namespaceOf(call)), namespaceOf(call))
      const nIndexesWas = collection.indexes.length
      const wanted = own(call.fields, 'index')
      const all = collection.indexes.map(({ name }) => name)
      const byKey = collection.indexes.find(({ key }) => same(key, wanted))?.name
      const names =
        wanted === '*' ? all.filter(name => name !== '_id_') : typeof wanted === 'string' ? [wanted] : [byKey]
      for (const name of names) catalogue.dropIndex(collection, name ?? 'with that key')
      return { nIndexesWas }
    },
  },
  listIndexes: {
    takes: ['cursor'],
    run({ catalogue, cursors }, call) {
      const namespace = namespaceOf(call)
      const { indexes } = collectionOf(catalogue.get(namespace), namespace)
      const docs = indexes.map(
        ({ name, key, unique, sparse, partialFilterExpression, expireAfterSeconds }) => {
          const options = {
            unique: name === '_id_' ? undefined : unique,
            sparse,
            partialFilterExpression,
            expireAfterSeconds,
          }
          return encode({ v: 2, key, name, ...options })
        },
      )
      return cursors.open({ namespace, docs })
    },
  },
  listCollections: {
    takes: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run({ catalogue, cursors }, { fields }) {
      const database = databaseOf(fields)
      const docs = catalogue
        .all()
        .filter(({ namespace }) => namespace.startsWith(`${database}.`))
        .map(({ namespace }) => ({
          name: namespace.slice(database.length + 1),
          type: 'collection',
          options: {},
          info: {},
        }))
        .filter(compile(docOf(fields, 'filter')))
        .map(row => encode(own(fields, 'nameOnly') === true ? { name: row.name, type: row.type } : row))
      return cursors.open({ namespace: `${database}.$cmd.listCollections`, docs })
    },
  },
}

function collectionOf<T>(collection: T | undefined, namespace: string): T {
  if (!collection) throw new StoreError(26, 'NamespaceNotFound', `There is no collection ${namespace}.`)
  return collection
}
