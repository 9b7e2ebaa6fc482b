import { type Doc, isDoc, own, toNumber } from './document.ts'
import { bad, StoreError, unknown } from './error.ts'
import { type Direction, keyOf } from './keys.ts'
import { compile, type Test } from './match.ts'
import { indexed } from './paths.ts'
import { type Order, orderOf } from './sort.ts'

/** An index as it is asked for and listed. */
export type IndexSpec = {
  readonly name: string
  readonly key: Doc
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly partialFilterExpression?: Doc
  readonly expireAfterSeconds?: number
}

/** An index at work. Its table holds keys and the rows of their documents. */
export type Index = IndexSpec & {
  readonly id: number
  readonly table: string
  readonly order: Order
  readonly directions: readonly Direction[]
  readonly covers: Test
  /** Some document has several keys, through an array. Never becomes false again. */
  many: boolean
}

/** The index of every collection. */
export const idIndex: IndexSpec = { name: '_id_', key: { _id: 1 }, unique: true }

export function openIndex(id: number, spec: IndexSpec, many: boolean): Index {
  const order = orderOf(spec.key)
  return {
    ...spec,
    id,
    table: `keys_${id}`,
    order,
    directions: order.map(({ direction }) => direction),
    covers: spec.partialFilterExpression ? compile(spec.partialFilterExpression) : () => true,
    many,
  }
}

const known = [
  'v',
  'name',
  'key',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
]

/** Reads an index out of a command. */
export function toSpec(asked: unknown): IndexSpec {
  if (!isDoc(asked) || !isDoc(asked.key) || typeof asked.name !== 'string')
    throw bad('An index has a key and a name.')
  const stranger = Object.keys(asked).find(name => !known.includes(name))
  if (stranger !== undefined) throw unknown(`indexes with ${stranger}`)
  const kind = Object.values(asked.key).find(value => typeof value === 'string')
  if (kind !== undefined) throw unknown(`${kind} indexes`)
  const order = orderOf(asked.key)
  if (order.length === 0) throw bad('An index has at least one field.')
  const partial = own(asked, 'partialFilterExpression')
  if (partial !== undefined && !isDoc(partial)) throw bad('partialFilterExpression is a query.')
  if (partial) compile(partial)
  const expires = own(asked, 'expireAfterSeconds')
  if (expires !== undefined && order.length > 1)
    throw bad('Only an index of one field can let documents expire.')
  return {
    name: asked.name,
    key: Object.fromEntries(order.map(({ name, direction }) => [name, direction])),
    ...(asked.unique ? { unique: true } : {}),
    ...(asked.sparse ? { sparse: true } : {}),
    ...(partial ? { partialFilterExpression: partial } : {}),
    ...(expires === undefined ? {} : { expireAfterSeconds: toNumber(expires, 'expireAfterSeconds') }),
  }
}

/** One document may have so many keys in one index: arrays under several fields multiply. */
const mostKeys = 10_000

/** The keys a document is found by, each once; none where a sparse or partial index leaves it out. */
export function keysOf(index: Index, doc: Doc): { readonly keys: readonly Buffer[]; readonly many: boolean } {
  if (!index.covers(doc)) return { keys: [], many: false }
  const fields = index.order.map(({ path }) => indexed(doc, path))
  const many = fields.some(field => field.many)
  if (index.sparse && fields.every(({ values }) => values.every(value => value === undefined)))
    return { keys: [], many }
  if (!many)
    return {
      keys: [
        keyOf(
          fields.map(({ values }) => values[0]),
          index.directions,
        ),
      ],
      many,
    }

  const count = fields.reduce((product, { values }) => product * values.length, 1)
  if (count > mostKeys)
    throw new StoreError(
      171,
      'CannotIndexParallelArrays',
      `${index.name} would hold ${count} keys of one document.`,
    )
  const rows = fields.reduce<unknown[][]>(
    (rows, { values }) => rows.flatMap(row => values.map(value => [...row, value])),
    [[]],
  )
  const keys = new Map(
    rows.map(row => {
      const key = keyOf(row, index.directions)
      return [key.toString('latin1'), key] as const
    }),
  )
  return { keys: [...keys.values()], many }
}

/** What a unique index says to a second document with the same key. */
export function duplicate(namespace: string, index: Index, doc: Doc): StoreError {
  const keyValue = Object.fromEntries(
    index.order.map(({ name, path }) => [name, indexed(doc, path).values[0] ?? null]),
  )
  return new StoreError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${say(keyValue)}`,
    { keyPattern: index.key, keyValue },
  )
}

const say = (value: Doc) =>
  JSON.stringify(value, (_name, part) => (typeof part === 'bigint' ? String(part) : part))
