import { BSONRegExp, Timestamp } from 'bson'
import { type Doc, isDoc, isOperators, own, put } from './document.ts'
import { bad, StoreError, unknown } from './error.ts'
import { compare, same } from './keys.ts'
import { compile, element, type Test } from './match.ts'
import { type Path, pathOf } from './paths.ts'
import { type Places, resolve } from './positions.ts'
import { sortValues } from './sort.ts'

export type UpdateContext = Places & { readonly inserting: boolean; readonly now: Date }

/**
 * The document after the update; the one given is used up. An update is either operators or a whole new document.
 * All paths are found before anything is changed, as MongoDB does it.
 */
export function applyUpdate(doc: Doc, update: Doc, context: UpdateContext): Doc {
  if (!isOperators(update)) {
    if (Object.keys(update).some(name => name.startsWith('$'))) throw bad('A new document has no operators.')
    const { _id = own(doc, '_id'), ...rest }: Doc = update
    return _id === undefined ? rest : { _id, ...rest }
  }
  for (const { operator, path, argument } of changesOf(doc, update, context))
    operators[operator]?.(cell(doc, path), argument, context)
  return doc
}

type Change = { readonly operator: string; readonly path: Path; readonly argument: unknown }

function changesOf(doc: Doc, update: Doc, context: UpdateContext): readonly Change[] {
  const touched: string[] = []
  return Object.entries(update).flatMap(([operator, fields]) => {
    if (!Object.hasOwn(operators, operator)) throw unknown(`the update operator ${operator}`)
    if (!isDoc(fields)) throw bad(`${operator} needs fields.`)
    return Object.entries(fields).flatMap(([name, argument]) => {
      const path = pathOf(name)
      if (path.some(part => part === '' || part === '__proto__'))
        throw bad(`A field can't be called ${name}.`)
      const other = touched.find(before => isWithin(before, name) || isWithin(name, before))
      if (other !== undefined)
        throw new StoreError(40, 'ConflictingUpdateOperators', `${name} and ${other} are updated at once.`)
      touched.push(name)
      if (operator === '$setOnInsert' && !context.inserting) return []
      return resolve(doc, path, context).map(found => ({ operator, path: found, argument }))
    })
  })
}

const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`)

/** The place an operator works on. */
type Cell = {
  readonly name: string
  readonly get: () => unknown
  readonly set: (value: unknown) => void
  readonly unset: () => void
}

function cell(doc: Doc, path: Path): Cell {
  const last = path[path.length - 1] ?? ''
  return {
    name: path.join('.'),
    get() {
      const holder = holderOf(doc, path, false)
      return holder && own(holder, last)
    },
    set(value) {
      const holder = holderOf(doc, path, true)
      if (holder) assign(holder, last, value)
    },
    unset() {
      const holder = holderOf(doc, path, false)
      if (Array.isArray(holder)) {
        if (Number(last) < holder.length) holder[Number(last)] = null
      } else if (holder) delete holder[last]
    },
  }
}

/** What the last part of the path is a field of. Documents on the way are made when `making`. */
function holderOf(doc: Doc, path: Path, making: boolean): Doc | unknown[] | undefined {
  let holder: Doc | unknown[] = doc
  for (const [index, part] of path.slice(0, -1).entries()) {
    let next = own(holder, part)
    if (next === undefined) {
      if (!making) return undefined
      next = {}
      assign(holder, part, next)
    }
    const child = path[index + 1] ?? ''
    const fits = isDoc(next) || (Array.isArray(next) && /^\d+$/.test(child))
    if (!fits && !making) return undefined
    if (!fits) throw new StoreError(28, 'PathNotViable', `There can be no field ${child} in ${part}.`)
    holder = next as Doc | unknown[]
  }
  return holder
}

/** More than this many gaps before an array's new element are a mistake or an attack. */
const mostGaps = 1500

function assign(holder: Doc | unknown[], name: string, value: unknown): void {
  if (!Array.isArray(holder)) {
    put(holder, name, value)
    return
  }
  const index = Number(name)
  if (index > holder.length + mostGaps) throw bad(`The position ${name} is too far behind the array's end.`)
  while (holder.length < index) holder.push(null)
  holder[index] = value
}

type Operator = (at: Cell, argument: unknown, context: UpdateContext) => void

const operators: Readonly<Record<string, Operator>> = {
  $set: (at, value) => at.set(value),
  $setOnInsert: (at, value) => at.set(value),
  $unset: at => at.unset(),
  $inc: (at, by) => at.set(calculate(at, by, plus, by)),
  $mul: (at, by) => at.set(calculate(at, by, times, 0)),
  $min(at, value) {
    const old = at.get()
    if (old === undefined || compare(value, old) < 0) at.set(value)
  },
  $max(at, value) {
    const old = at.get()
    if (old === undefined || compare(value, old) > 0) at.set(value)
  },
  $currentDate(at, wanted, { now }) {
    const kind = isDoc(wanted) ? own(wanted, '$type') : 'date'
    if (kind !== 'date' && kind !== 'timestamp') throw bad('$currentDate knows date and timestamp.')
    at.set(kind === 'date' ? now : new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }))
  },
  $push(at, argument) {
    const { $each, $position, $sort, $slice, ...rest } = each(argument)
    const [stranger] = Object.keys(rest)
    if (stranger !== undefined) throw unknown(`${stranger} in $push`)
    const array = [...(arrayAt(at) ?? [])]
    if ($position === undefined) array.push(...$each)
    else array.splice(Number($position), 0, ...$each)
    const sorted = $sort === undefined ? array : sortValues(array, $sort)
    if ($slice === undefined) at.set(sorted)
    else at.set(Number($slice) < 0 ? sorted.slice(Number($slice)) : sorted.slice(0, Number($slice)))
  },
  $addToSet(at, argument) {
    const array = [...(arrayAt(at) ?? [])]
    for (const value of each(argument).$each) if (!array.some(has => same(has, value))) array.push(value)
    at.set(array)
  },
  $pull(at, argument) {
    const array = arrayAt(at)
    const goes = pulled(argument)
    if (array) at.set(array.filter(value => !goes(value)))
  },
  $pullAll(at, values) {
    const array = arrayAt(at)
    if (!Array.isArray(values)) throw bad('$pullAll needs an array.')
    if (array) at.set(array.filter(value => !values.some(gone => same(gone, value))))
  },
  $pop(at, end) {
    const array = arrayAt(at)
    if (array) at.set(Number(end) < 0 ? array.slice(1) : array.slice(0, -1))
  },
}

function arrayAt(at: Cell): readonly unknown[] | undefined {
  const value = at.get()
  if (value === undefined || Array.isArray(value)) return value
  throw bad(`The field ${at.name} must be an array.`)
}

type Each = { $each: unknown[]; $position?: unknown; $sort?: unknown; $slice?: unknown }

/** One value to add, or `{$each: values}` with how to add them. */
function each(argument: unknown): Each {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each')) return { $each: [argument] }
  if (!Array.isArray(argument.$each)) throw bad('$each needs an array.')
  return { ...argument, $each: argument.$each }
}

/** What $pull takes out: elements equal to a value, or that pass a condition on themselves or on their fields. */
function pulled(wanted: unknown): Test<unknown> {
  if (wanted instanceof BSONRegExp) return element({ $in: [wanted] })
  if (!isDoc(wanted)) return value => same(value, wanted)
  if (isOperators(wanted)) return element(wanted)
  const test = compile(wanted)
  return value => isDoc(value) && test(value)
}

/** A sum of two numbers, for each of JavaScript's kinds of them. */
type Reckoning = {
  readonly long: (a: bigint, b: bigint) => bigint
  readonly number: (a: number, b: number) => number
}
const plus: Reckoning = { long: (a, b) => a + b, number: (a, b) => a + b }
const times: Reckoning = { long: (a, b) => a * b, number: (a, b) => a * b }

/** Whole numbers of 64 bits stay such when both are whole; otherwise JavaScript's numbers. */
function calculate(at: Cell, by: unknown, { long, number }: Reckoning, first: unknown): unknown {
  const old = at.get()
  if (!isNumber(by) || (old !== undefined && !isNumber(old)))
    throw new StoreError(14, 'TypeMismatch', `The field ${at.name} can only be reckoned with numbers.`)
  if (old === undefined) return first
  const both = [old, by]
  const whole = both.every(value => typeof value === 'bigint' || Number.isInteger(value))
  if (!whole || both.every(value => typeof value === 'number')) return number(Number(old), Number(by))
  const result = long(BigInt(old), BigInt(by))
  if (BigInt.asIntN(64, result) !== result) throw bad(`The field ${at.name} would pass 64 bits.`)
  return result
}

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'
