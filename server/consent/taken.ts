import type { Entry, EntryOf } from '../../consent/index.ts'

/** What an entry takes away. */
export type Taken = {
  readonly entry: string
  /** Who said it. */
  readonly by: string
  readonly kind: Entry['kind']
  /** Whose voices have to be looked at anew. */
  readonly actors: ReadonlySet<string>
  /** Yeses that are over for good. What was made by them is dead, whatever is agreed to later. */
  readonly ended: ReadonlySet<string>
}

const takings: ReadonlySet<Entry['kind']> = new Set([
  'withdrawal',
  'erasure',
  'death',
  'refusal',
  'suspension',
  'narrowing',
])

/** What this entry takes away from whom, or nothing: it gives, or tells of something. */
export function takenBy(entry: Entry, entries: readonly Entry[]): Taken | undefined {
  // By far most entries are uses: nothing is read for them.
  if (!takings.has(entry.kind)) return undefined
  const grants = entries.filter(
    (one): one is Entry & EntryOf<'grant'> => one.kind === 'grant' && one.leaf < entry.leaf,
  )
  const taken = (actors: Iterable<string>, ended: Iterable<string> = []): Taken => ({
    entry: entry.id,
    by: 'by' in entry ? entry.by : entry.id,
    kind: entry.kind,
    actors: new Set(actors),
    ended: new Set(ended),
  })
  const actorsOf = (ids: readonly string[]) => {
    const named = new Set(ids)
    return grants.flatMap(({ id, actor }) => (named.has(id) ? [actor] : []))
  }
  /** Grants of this actor, said by this party where one is named. */
  const grantsOf = (actor: string | null, by?: string) =>
    grants.flatMap(grant =>
      grant.actor === actor && (by === undefined || grant.by === by) ? [grant.id] : [],
    )
  /** Whoever has agreed to something about a title. */
  const singersOf = (title: string | null) =>
    grants.flatMap(({ terms, actor }) => (terms.title === title ? [actor] : []))

  switch (entry.kind) {
    case 'withdrawal': {
      if (entry.of.length === 0) return taken(entry.actor ? [entry.actor] : [], grantsOf(entry.actor))
      const named = new Set(entry.of)
      const [actors, ended] = [new Set<string>(), new Set<string>(named)]
      for (const yes of entries) {
        if (!named.has(yes.id)) continue
        if (yes.kind === 'grant') actors.add(yes.actor)
        if (yes.kind === 'licence') for (const actor of singersOf(yes.terms.title)) actors.add(actor)
        if (yes.kind === 'mandate') {
          actors.add(yes.actor)
          // The decision refuses what was said by a mandate that is over; so what was made by it is over too.
          for (const grant of grantsOf(yes.actor, yes.to)) ended.add(grant)
        }
      }
      return taken(actors, ended)
    }
    case 'erasure':
      return taken([entry.actor], grantsOf(entry.actor))
    case 'death':
      return taken([entry.actor])
    case 'refusal':
      return taken(entry.actor === null ? singersOf(entry.title) : [entry.actor])
    case 'suspension':
      return taken([...entry.actors, ...actorsOf(entry.grants)])
    case 'narrowing': {
      const yes = entries.find(({ id }) => id === entry.of)
      if (yes?.kind === 'licence') return taken(singersOf(yes.terms.title))
      return taken(actorsOf([entry.of]))
    }
    default:
      return undefined
  }
}
