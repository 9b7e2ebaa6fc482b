import type { Store } from './command.ts'
import { type Doc, decode, encode, isDoc, toNumber } from './document.ts'
import { bad, unknown } from './error.ts'
import { compileGroup } from './group.ts'
import { same } from './keys.ts'
import { compile } from './match.ts'
import { compileProjection } from './project.ts'
import { answer, count } from './query.ts'
import { byKey, orderOf, sortKey } from './sort.ts'

type Docs = Iterable<Doc>
type Step = { readonly name: string; readonly argument: unknown; readonly run: (docs: Docs) => Docs }

/**
 * A pipeline over one collection. What it begins with ($match, $sort, $skip, $limit, in this order) is asked of the
 * indexes; the rest runs over documents in memory.
 */
export function* aggregate(store: Store, namespace: string, pipeline: readonly Doc[]): Generator<Buffer> {
  const steps = pipeline.map(toStep)
  const asked = new Map<string, unknown>()
  for (const name of ['$match', '$sort', '$skip', '$limit'])
    if (steps[asked.size]?.name === name) asked.set(name, steps[asked.size]?.argument)
  const rest = steps.slice(asked.size)
  const filter = fields('$match', asked.get('$match') ?? {})
  const collection = store.catalogue.get(namespace)

  // What countDocuments asks can often be told from an index alone.
  const [only] = rest
  if (
    collection &&
    rest.length === 1 &&
    only &&
    isCounting(only) &&
    [...asked.keys()].every(key => key === '$match')
  ) {
    const n = count(store.database, collection, filter)
    if (n > 0) yield encode({ _id: 1, n })
    return
  }
  const rows = collection
    ? answer(store.database, collection, {
        filter,
        order: orderOf(asked.get('$sort')),
        skip: toNumber(asked.get('$skip'), '$skip'),
        limit: toNumber(asked.get('$limit'), '$limit'),
      })
    : []
  const docs = map(rows, ({ bytes }) => decode(bytes))
  for (const doc of rest.reduce<Docs>((before, { run }) => run(before), docs)) yield encode(doc)
}

const isCounting = ({ name, argument }: Step) =>
  name === '$group' && same(argument, { _id: 1, n: { $sum: 1 } })

const stages: Readonly<Record<string, (argument: unknown) => (docs: Docs) => Docs>> = {
  $match(argument) {
    const test = compile(fields('$match', argument))
    return docs => part(docs, test)
  },
  $sort(argument) {
    const order = orderOf(argument)
    return docs => byKey(docs, doc => sortKey(doc, order))
  },
  $skip(argument) {
    let left = toNumber(argument, '$skip')
    return docs => part(docs, () => left-- <= 0)
  },
  $limit(argument) {
    const limit = toNumber(argument, '$limit')
    if (limit <= 0) throw bad('$limit must be positive.')
    return docs => first(docs, limit)
  },
  $project(argument) {
    const show = compileProjection(fields('$project', argument))
    if (!show) throw bad('$project needs fields.')
    return docs => map(docs, show)
  },
  $group(argument) {
    return compileGroup(fields('$group', argument))
  },
  $count(argument) {
    if (typeof argument !== 'string' || !/^[^$.\0]+$/.test(argument)) throw bad('$count needs a name.')
    const { run } = toStep({ $group: { _id: null, [argument]: { $sum: 1 } } })
    return docs => map(run(docs), doc => ({ [argument]: doc[argument] }))
  },
}

function toStep(stage: Doc): Step {
  const [entry, ...others] = Object.entries(stage)
  if (!entry || others.length > 0) throw bad('A stage of a pipeline has one name.')
  const [name, argument] = entry
  const make = Object.hasOwn(stages, name) ? stages[name] : undefined
  if (!make) throw unknown(`the aggregation stage ${name}`)
  return { name, argument, run: make(argument) }
}

function fields(name: string, argument: unknown): Doc {
  if (!isDoc(argument)) throw bad(`${name} needs fields.`)
  return argument
}

function* map<A, B>(things: Iterable<A>, work: (thing: A) => B): Generator<B> {
  for (const thing of things) yield work(thing)
}

function* part<A>(things: Iterable<A>, test: (thing: A) => boolean): Generator<A> {
  for (const thing of things) if (test(thing)) yield thing
}

function* first<A>(things: Iterable<A>, most: number): Generator<A> {
  let count = 0
  for (const thing of things) {
    yield thing
    if (++count >= most) return
  }
}
