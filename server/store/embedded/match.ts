import { BSONRegExp, MaxKey, MinKey } from 'bson'
import { type Doc, isDoc, isOperators, own, toNumber } from './document.ts'
import { bad, unknown } from './error.ts'
import { keyOf } from './keys.ts'
import { type Path, pathOf, reach } from './paths.ts'
import { toRegExp } from './regex.ts'
import { isOfType } from './types.ts'

export type Test<T = Doc> = (value: T) => boolean

/** A query as a test of documents. Throws for operators the store does not know, by name. */
export function compile(filter: Doc): Test {
  const tests = Object.entries(filter).flatMap(([name, wanted]): Test[] => {
    if (name === '$comment') return []
    if (Object.hasOwn(logic, name)) return [logic[name]?.(parts(name, wanted).map(compile)) ?? never]
    if (name.startsWith('$')) throw unknown(`the query operator ${name}`)
    return field(pathOf(name), wanted)
  })
  return all(tests)
}

const never = () => false
const all = <T>(tests: readonly Test<T>[]): Test<T> =>
  tests.length === 1 && tests[0] ? tests[0] : value => tests.every(test => test(value))
const not =
  <T>(test: Test<T>): Test<T> =>
  value =>
    !test(value)

const logic: Readonly<Record<string, (tests: readonly Test[]) => Test>> = {
  $and: all,
  $or: tests => doc => tests.some(test => test(doc)),
  $nor: tests => doc => !tests.some(test => test(doc)),
}

function parts(name: string, wanted: unknown): readonly Doc[] {
  if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isDoc))
    throw bad(`${name} must be a nonempty array of conditions.`)
  return wanted
}

/** The tests of one field: a value it must equal, or operators. */
function field(path: Path, wanted: unknown): Test[] {
  if (!isOperators(wanted))
    return [some(path, wanted instanceof BSONRegExp ? matches(wanted) : equals(wanted))]
  return Object.entries(wanted).flatMap(([name, argument]) => {
    if (name === '$options') return []
    if (!Object.hasOwn(operators, name)) throw unknown(`the query operator ${name}`)
    return operators[name]?.(path, argument, wanted) ?? []
  })
}

type Operator = (path: Path, argument: unknown, beside: Doc) => Test

const operators: Readonly<Record<string, Operator>> = {
  $eq: (path, value) => some(path, equals(value)),
  $ne: (path, value) => not(some(path, equals(value))),
  $gt: (path, value) =>
    some(
      path,
      ordered(value, order => order > 0),
    ),
  $gte: (path, value) =>
    some(
      path,
      ordered(value, order => order >= 0),
    ),
  $lt: (path, value) =>
    some(
      path,
      ordered(value, order => order < 0),
    ),
  $lte: (path, value) =>
    some(
      path,
      ordered(value, order => order <= 0),
    ),
  $in: (path, values) => some(path, oneOf(list('$in', values))),
  $nin: (path, values) => not(some(path, oneOf(list('$nin', values)))),
  $exists: (path, wanted) => {
    const there = some(path, value => value !== undefined)
    return wanted ? there : not(there)
  },
  $type: (path, wanted) => {
    const kinds = (Array.isArray(wanted) ? wanted : [wanted]).map(isOfType)
    return some(path, value => kinds.some(is => is(value)))
  },
  $regex: (path, pattern, beside) => {
    const regex = toRegExp(pattern, own(beside, '$options') ?? '')
    return some(path, value => typeof value === 'string' && regex.test(value))
  },
  $not: (path, wanted) => {
    if (!isOperators(wanted) && !(wanted instanceof BSONRegExp)) throw bad('$not needs a condition.')
    return not(all(field(path, wanted)))
  },
  $size: (path, size) => {
    const length = toNumber(size, '$size')
    return someArray(path, array => array.length === length)
  },
  $all: (path, values) => {
    const wanted = list('$all', values)
    return wanted.length === 0 ? never : all(wanted.flatMap(value => field(path, value)))
  },
  $elemMatch: (path, wanted) => {
    const test = element(wanted)
    return someArray(path, array => array.some(test))
  },
}

/** The condition of $elemMatch as a test of one element: on its fields, or on itself as `{$gt: 1}` says. */
export function element(wanted: unknown): Test<unknown> {
  if (!isDoc(wanted)) throw bad('$elemMatch needs a condition.')
  const [first = ''] = Object.keys(wanted)
  if (isOperators(wanted) && !Object.hasOwn(logic, first)) {
    const test = all(field(['element'], wanted))
    return value => test({ element: value })
  }
  const test = compile(wanted)
  return value => isDoc(value) && test(value)
}

function list(name: string, values: unknown): readonly unknown[] {
  if (!Array.isArray(values)) throw bad(`${name} needs an array.`)
  return values
}

/** True when the value at the path, or an element of it when it is an array, passes. */
function some(path: Path, test: Test<unknown>): Test {
  return doc => {
    let found = false
    reach(doc, path, leaf => {
      found ||= test(leaf) || (Array.isArray(leaf) && leaf.some(test))
    })
    return found
  }
}

function someArray(path: Path, test: Test<readonly unknown[]>): Test {
  return doc => {
    let found = false
    reach(doc, path, leaf => {
      found ||= Array.isArray(leaf) && test(leaf)
    })
    return found
  }
}

/** Equal as MongoDB means it: numbers by their value whatever their type, nothing the same as null. */
function equals(wanted: unknown): Test<unknown> {
  if (wanted === null || wanted === undefined) return value => value === null || value === undefined
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return value => value === wanted
  if (typeof wanted === 'number' && !Number.isNaN(wanted))
    return value => (typeof value === 'bigint' ? value === exact(wanted) : value === wanted)
  const key = keyOf([wanted])
  return value => isSameKind(value, wanted) && keyOf([value]).equals(key)
}

const exact = (value: number) => (Number.isInteger(value) ? BigInt(value) : undefined)
const matches = (pattern: BSONRegExp): Test<unknown> => {
  const regex = toRegExp(pattern)
  return value => typeof value === 'string' && regex.test(value)
}

/** A cheap look before the dear comparison: numbers of both kinds are one. */
function isSameKind(value: unknown, wanted: unknown): boolean {
  const kind = (of: unknown) => (typeof of === 'bigint' ? 'number' : typeof of)
  return value !== undefined && value !== null && kind(value) === kind(wanted)
}

function oneOf(values: readonly unknown[]): Test<unknown> {
  const patterns = values.filter(value => value instanceof BSONRegExp).map(matches)
  const keys = new Set(
    values.filter(value => !(value instanceof BSONRegExp)).map(value => keyOf([value]).toString('latin1')),
  )
  return value => keys.has(keyOf([value]).toString('latin1')) || patterns.some(test => test(value))
}

/** Values are ordered against values of their own type only. */
function ordered(limit: unknown, passes: (order: number) => boolean): Test<unknown> {
  if (limit instanceof MinKey || limit instanceof MaxKey) throw unknown('ranges up to MinKey or MaxKey')
  const key = keyOf([limit])
  const isNaNumber = (value: unknown) => typeof value === 'number' && Number.isNaN(value)
  if (isNaNumber(limit)) throw unknown('ranges up to NaN')
  return value => {
    if (value === undefined && limit !== null) return false
    if (isNaNumber(value)) return false
    const other = keyOf([value])
    return other[0] === key[0] && passes(Buffer.compare(other, key))
  }
}
