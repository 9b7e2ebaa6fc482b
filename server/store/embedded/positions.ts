import { BSONRegExp } from 'bson'
import { type Doc, isDoc, isOperators, own } from './document.ts'
import { bad } from './error.ts'
import { compile, element, type Test } from './match.ts'
import { type Path, pathOf, valueAt } from './paths.ts'

/** What a path with `$`, `$[]` or `$[name]` is resolved by. */
export type Places = { readonly filter: Doc; readonly arrayFilters: readonly Doc[] }

/** The paths that a path means in this document: itself, unless it has positional parts. */
export function resolve(doc: Doc, path: Path, places: Places): readonly Path[] {
  const turn = path.findIndex(part => part.startsWith('$'))
  if (turn < 0) return [path]
  const before = path.slice(0, turn)
  const rest = path.slice(turn + 1)
  const array = valueAt(doc, before)
  if (!Array.isArray(array)) throw bad(`The path ${before.join('.')} must lead to an array.`)
  return positions(array, path[turn] ?? '', before, places).flatMap(position =>
    resolve(doc, [...before, String(position), ...rest], places),
  )
}

function positions(array: readonly unknown[], part: string, before: Path, places: Places): readonly number[] {
  if (part === '$') {
    const found = array.findIndex(matched(before.join('.'), places.filter))
    if (found < 0) throw bad('The positional operator did not find the match needed from the query.')
    return [found]
  }
  const name = /^\$\[(\w*)\]$/.exec(part)?.[1]
  if (name === undefined) throw bad(`The path part ${part} is not positional.`)
  const test = name === '' ? () => true : named(name, places.arrayFilters)
  return array.flatMap((value, index) => (test(value) ? [index] : []))
}

/** The element of the array at this path that the query asked for: by its fields, by $elemMatch or by its value. */
function matched(array: string, filter: Doc): Test<unknown> {
  for (const [name, wanted] of conditions(filter)) {
    if (name === array) {
      if (isDoc(wanted) && Object.hasOwn(wanted, '$elemMatch')) return element(wanted.$elemMatch)
      const test = compile({ element: wanted })
      return value => test({ element: value })
    }
    if (name.startsWith(`${array}.`)) {
      const test = compile({ [name.slice(array.length + 1)]: wanted })
      return value => isDoc(value) && test(value)
    }
  }
  return () => false
}

function conditions(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([name, wanted]): [string, unknown][] =>
    name === '$and' && Array.isArray(wanted) ? wanted.filter(isDoc).flatMap(conditions) : [[name, wanted]],
  )
}

/** The array filter that speaks of this name, as a test of one element. */
function named(name: string, filters: readonly Doc[]): Test<unknown> {
  const speaks = (filter: Doc): boolean =>
    Object.entries(filter).some(([key, value]) =>
      key.startsWith('$')
        ? Array.isArray(value) && value.filter(isDoc).some(speaks)
        : pathOf(key)[0] === name,
    )
  const filter = filters.find(speaks)
  if (!filter) throw bad(`There is no array filter called ${name}.`)
  const test = compile(filter)
  return value => test({ [name]: value })
}

/** What an upsert begins with: the fields that the query wants equal to something, as fields for $set. */
export function seedOf(filter: Doc): Doc {
  return Object.fromEntries(
    conditions(filter).flatMap(([name, wanted]): [string, unknown][] => {
      const value = name.startsWith('$') ? undefined : equalTo(wanted)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function equalTo(wanted: unknown): unknown {
  if (!isOperators(wanted)) return wanted instanceof BSONRegExp ? undefined : wanted
  if (Object.hasOwn(wanted, '$eq')) return wanted.$eq
  const among = own(wanted, '$in')
  return Array.isArray(among) && among.length === 1 ? among[0] : undefined
}
