import type { Entry } from './records.ts'

/** Whose decisions an entry may change: actors by their name, titles by theirs. */
export function subjectsOf(entry: Entry, entries: ReadonlyMap<string, Entry>): readonly string[] {
  const of = (ids: readonly string[]) =>
    ids.flatMap(id => {
      const about = entries.get(id)
      return about ? subjectsOf(about, entries) : []
    })
  switch (entry.kind) {
    case 'party':
      return [`actor ${entry.id}`]
    case 'keys':
    case 'completed':
    case 'use':
      return []
    case 'licence':
      return [`title ${entry.terms.title}`]
    case 'refusal':
      return [entry.actor === null ? `title ${entry.title}` : `actor ${entry.actor}`]
    case 'narrowing':
    case 'resume':
      return of([entry.of])
    case 'suspension':
      return [...new Set([...entry.actors.map(actor => `actor ${actor}`), ...of(entry.grants)])]
    case 'withdrawal':
      return entry.of.length > 0 ? [...new Set(of(entry.of))] : [`actor ${entry.actor}`]
    default:
      return [`actor ${entry.actor}`]
  }
}
