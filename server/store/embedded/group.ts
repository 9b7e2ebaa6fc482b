import { type Doc, isDoc } from './document.ts'
import { bad, unknown } from './error.ts'
import { compileExpression, type Expression } from './expression.ts'
import { compare, keyOf } from './keys.ts'

/** What gathers values of one group: begun anew for each, told every value, asked at the end. */
type Gatherer = { readonly take: (value: unknown) => void; readonly give: () => unknown }

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

/** A gatherer that keeps one value: `next` of the one so far and the new one. */
function folding(begin: unknown, next: (sofar: unknown, value: unknown) => unknown): Gatherer {
  let sofar = begin
  return {
    take(value) {
      sofar = next(sofar, value)
    },
    give: () => (sofar === undefined ? null : sofar),
  }
}

const least = (sign: 1 | -1) => () =>
  folding(undefined, (sofar, value) => {
    if (value === undefined || value === null) return sofar
    return sofar === undefined || compare(value, sofar) * sign < 0 ? value : sofar
  })

const gatherers: Readonly<Record<string, () => Gatherer>> = {
  $sum: () => folding(0, (sum, value) => (isNumber(value) ? Number(sum) + Number(value) : sum)),
  $count: () => folding(0, sum => Number(sum) + 1),
  $avg() {
    let sum = 0
    let count = 0
    return {
      take(value) {
        if (!isNumber(value)) return
        sum += Number(value)
        count++
      },
      give: () => (count === 0 ? null : sum / count),
    }
  },
  $min: least(1),
  $max: least(-1),
  $first() {
    let given = false
    return folding(undefined, (sofar, value) => {
      if (given) return sofar
      given = true
      return value
    })
  },
  $last: () => folding(undefined, (_, value) => value),
  $push() {
    const values: unknown[] = []
    return { take: value => void (value !== undefined && values.push(value)), give: () => values }
  },
  $addToSet() {
    const values = new Map<string, unknown>()
    return {
      take: value => void (value !== undefined && values.set(keyOf([value]).toString('latin1'), value)),
      give: () => [...values.values()],
    }
  },
}

type Field = { readonly name: string; readonly begin: () => Gatherer; readonly of: Expression }

/** $group: documents with the same `_id` as one, their values gathered. */
export function compileGroup(spec: Doc): (docs: Iterable<Doc>) => Iterable<Doc> {
  if (!Object.hasOwn(spec, '_id')) throw bad('$group needs an _id.')
  const id = compileExpression(spec._id)
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(toField)
  return function* (docs) {
    const groups = new Map<string, { readonly id: unknown; readonly parts: readonly Gatherer[] }>()
    for (const doc of docs) {
      const value = id(doc) ?? null
      const key = keyOf([value]).toString('latin1')
      const known = groups.get(key)
      const { parts } = known ?? { parts: fields.map(({ begin }) => begin()) }
      if (!known) groups.set(key, { id: value, parts })
      for (const [index, { of }] of fields.entries()) parts[index]?.take(of(doc))
    }
    for (const { id, parts } of groups.values())
      yield { _id: id, ...Object.fromEntries(fields.map(({ name }, index) => [name, parts[index]?.give()])) }
  }
}

function toField([name, wanted]: [string, unknown]): Field {
  const [entry] = isDoc(wanted) ? Object.entries(wanted) : []
  if (!entry || name.includes('.') || name === '__proto__')
    throw bad(`$group does not know how to gather ${name}.`)
  const [how, of] = entry
  const begin = Object.hasOwn(gatherers, how) ? gatherers[how] : undefined
  if (!begin) throw unknown(`${how} in $group`)
  return { name, begin, of: how === '$count' ? () => undefined : compileExpression(of) }
}
