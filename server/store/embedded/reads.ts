import { aggregate } from './aggregate.ts'
import type { Row } from './collection.ts'
import { type Call, type Command, docOf, docsOf, namespaceOf, type Store } from './command.ts'
import { type Doc, decode, encode, own, toNumber } from './document.ts'
import { bad } from './error.ts'
import { keyOf, none } from './keys.ts'
import { compile } from './match.ts'
import { indexed, pathOf } from './paths.ts'
import { compileProjection, type Project } from './project.ts'
import { answer, count, type Question } from './query.ts'
import { orderOf } from './sort.ts'

export const reads: Readonly<Record<string, Command>> = {
  find: {
    takes: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'noCursorTimeout'],
    run(store, call) {
      const { fields } = call
      const limit = toNumber(own(fields, 'limit'), 'limit')
      return store.cursors.open({
        namespace: namespaceOf(call),
        docs: project(
          bytesOf(store, call, { ...questionOf(fields, 'filter'), limit: Math.abs(limit) }),
          fields,
        ),
        batch: batchOf(fields),
        single: limit < 0 || own(fields, 'singleBatch') === true,
      })
    },
  },
  getMore: {
    takes: ['collection', 'batchSize'],
    run: ({ cursors }, { fields }) => cursors.more(toNumber(fields.getMore, 'getMore'), batchOf(fields)),
  },
  killCursors: {
    takes: ['cursors'],
    run({ cursors }, { fields }) {
      const ids = Array.isArray(fields.cursors) ? fields.cursors : []
      const killed = new Map(ids.map(id => [id, cursors.kill(toNumber(id, 'a cursor'))]))
      const those = (was: boolean) => ids.filter(id => killed.get(id) === was)
      return {
        cursorsKilled: those(true),
        cursorsNotFound: those(false),
        cursorsAlive: [],
        cursorsUnknown: [],
      }
    },
  },
  count: {
    takes: ['query', 'skip', 'limit'],
    run(store, call) {
      const collection = store.catalogue.get(namespaceOf(call))
      const { filter, skip = 0 } = questionOf(call.fields, 'query')
      const limit = Math.abs(toNumber(own(call.fields, 'limit'), 'limit'))
      const all = Math.max(0, (collection ? count(store.database, collection, filter) : 0) - skip)
      return { n: limit === 0 ? all : Math.min(all, limit) }
    },
  },
  distinct: {
    takes: ['key', 'query'],
    run(store, call) {
      if (typeof call.fields.key !== 'string') throw bad('distinct needs a key.')
      const path = pathOf(call.fields.key)
      const values = new Map<string, unknown>()
      for (const bytes of bytesOf(store, call, questionOf(call.fields, 'query')))
        for (const value of indexed(decode(bytes), path).values)
          if (value !== undefined && value !== none) values.set(keyOf([value]).toString('latin1'), value)
      return { values: [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) }
    },
  },
  aggregate: {
    takes: ['pipeline', 'cursor', 'allowDiskUse'],
    run(store, call) {
      if (typeof call.fields.aggregate !== 'string') throw bad('Only collections are aggregated.')
      const found = aggregate(store, namespaceOf(call), docsOf(call.fields, 'pipeline'))
      return store.cursors.open({
        namespace: namespaceOf(call),
        docs: found,
        batch: batchOf(docOf(call.fields, 'cursor')),
      })
    },
  },
}

function questionOf(fields: Doc, filter: string): Question {
  return {
    filter: docOf(fields, filter),
    order: orderOf(own(fields, 'sort')),
    skip: toNumber(own(fields, 'skip'), 'skip'),
  }
}

function batchOf(fields: Doc): number | undefined {
  const size = own(fields, 'batchSize')
  return size === undefined ? undefined : toNumber(size, 'batchSize')
}

function bytesOf({ database, catalogue }: Store, call: Call, question: Question): Iterable<Buffer> {
  // A question that makes no sense is refused whether or not there is anything to find.
  compile(question.filter)
  const collection = catalogue.get(namespaceOf(call))
  return collection ? bytes(answer(database, collection, question)) : []
}

function* bytes(rows: Iterable<Row>): Generator<Buffer> {
  for (const row of rows) yield row.bytes
}

function project(docs: Iterable<Buffer>, fields: Doc): Iterable<Buffer> {
  const show = compileProjection(own(fields, 'projection'))
  return show ? projected(docs, show) : docs
}

function* projected(docs: Iterable<Buffer>, show: Project): Generator<Buffer> {
  for (const doc of docs) yield encode(show(decode(doc)))
}
