import type { Catalogue } from './catalogue.ts'
import type { Cursors } from './cursors.ts'
import type { Database } from './database.ts'
import { type Doc, isDoc, own } from './document.ts'
import { bad, unknown } from './error.ts'

export type Store = {
  /** Where the database lies. */
  readonly folder: string
  readonly database: Database
  readonly catalogue: Catalogue
  readonly cursors: Cursors
  readonly now: () => number
}

/** A command as it came: its fields, and its long lists beside them as raw documents. */
export type Call = {
  readonly name: string
  readonly fields: Doc
  readonly lists: Readonly<Record<string, readonly Buffer[]>>
}

export type Command = {
  /** The fields it understands; any other is refused by name, so that none is ignored unawares. */
  readonly takes: readonly string[] | 'anything'
  readonly run: (store: Store, call: Call) => Doc | Buffer
}

/** What the command is about: `{find: 'lines', $db: 'kotodama'}` is kotodama.lines. */
export function namespaceOf({ name, fields }: Call): string {
  const collection = fields[name]
  if (typeof collection !== 'string') throw bad(`${name} needs the name of a collection.`)
  return `${databaseOf(fields)}.${collection}`
}

export function databaseOf(fields: Doc): string {
  const name = own(fields, '$db')
  if (typeof name !== 'string' || !/^[\w-]{1,63}$/.test(name)) throw bad('There is no database of that name.')
  return name
}

/** A query, an update: fields. Absent is empty. */
export function docOf(fields: Doc, name: string): Doc {
  const value = own(fields, name) ?? {}
  if (!isDoc(value)) throw bad(`${name} must be fields and values.`)
  return value
}

export function docsOf(fields: Doc, name: string): readonly Doc[] {
  const value = own(fields, name) ?? []
  if (!Array.isArray(value) || !value.every(isDoc)) throw bad(`${name} must be a list of documents.`)
  return value
}

export function refuseOthers(where: string, fields: Doc, takes: readonly string[]): void {
  const stranger = Object.keys(fields).find(name => !takes.includes(name))
  if (stranger !== undefined) throw unknown(`${stranger} of ${where}`)
}
