import { type Doc, isDoc, own } from './document.ts'
import { bad, unknown } from './error.ts'
import { compare } from './keys.ts'
import { type Path, pathOf } from './paths.ts'

/** What an aggregation computes of a document; undefined where there is nothing. */
export type Expression = (doc: Doc) => unknown

/** `'$a.b'` is a field, `{$eq: [a, b]}` an operator, other fields are computed one by one, and the rest is itself. */
export function compileExpression(wanted: unknown): Expression {
  if (typeof wanted === 'string' && wanted.startsWith('$')) {
    if (wanted.startsWith('$$')) throw unknown(`the variable ${wanted}`)
    const path = pathOf(wanted.slice(1))
    return doc => look(doc, path)
  }
  if (Array.isArray(wanted)) {
    const parts = wanted.map(compileExpression)
    return doc => parts.map(part => part(doc) ?? null)
  }
  if (!isDoc(wanted)) return () => wanted
  const [first] = Object.keys(wanted)
  if (first?.startsWith('$')) return operator(first, wanted[first])
  const fields = Object.entries(wanted).map(([name, part]) => [name, compileExpression(part)] as const)
  return doc => Object.fromEntries(fields.map(([name, part]) => [name, part(doc)]))
}

/** A path through arrays gives the array of what it leads to in each element. */
function look(value: unknown, [part, ...rest]: Path): unknown {
  if (part === undefined) return value
  if (Array.isArray(value))
    return value.map(element => look(element, [part, ...rest])).filter(found => found !== undefined)
  return isDoc(value) ? look(own(value, part), rest) : undefined
}

const order =
  (passes: (order: number) => boolean) =>
  (a: unknown, b: unknown): unknown =>
    passes(compare(a, b))

const operators: Readonly<Record<string, (a: unknown, b: unknown, c: unknown) => unknown>> = {
  $eq: order(by => by === 0),
  $ne: order(by => by !== 0),
  $gt: order(by => by > 0),
  $gte: order(by => by >= 0),
  $lt: order(by => by < 0),
  $lte: order(by => by <= 0),
  $cond: (test, yes, no) => (isTrue(test) ? yes : no),
  $ifNull: (value, instead) => value ?? instead,
  $size(value) {
    if (!Array.isArray(value)) throw bad('$size needs an array.')
    return value.length
  },
}

function operator(name: string, argument: unknown): Expression {
  if (name === '$literal') return () => argument
  const compute = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!compute) throw unknown(`the expression ${name}`)
  const named = name === '$cond' && isDoc(argument) ? [argument.if, argument.then, argument.else] : argument
  const [a, b, c] = (Array.isArray(named) ? named : [named]).map(compileExpression)
  return doc => compute(a?.(doc), b?.(doc), c?.(doc))
}

const isTrue = (value: unknown) => value !== undefined && value !== null && value !== false && value !== 0
