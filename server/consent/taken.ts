import type { Entry } from '../../consent/index.ts'

/** What an entry takes away. */
export type Taken = {
  readonly entry: string
  readonly kind: Entry['kind']
  /** Whose voices have to be looked at anew. */
  readonly actors: ReadonlySet<string>
  /** Yeses that are over for good. What was made by them is dead, whatever is agreed to later. */
  readonly ended: ReadonlySet<string>
}

/** What this entry takes away from whom, or nothing: it gives, or tells of something. */
export function takenBy(entry: Entry, entries: readonly Entry[]): Taken | undefined {
  const byId = new Map(entries.map(one => [one.id, one]))
  const grants = entries.filter(one => one.kind === 'grant' && one.leaf < entry.leaf)
  const taken = (actors: Iterable<string>, ended: Iterable<string> = []): Taken => ({
    entry: entry.id,
    kind: entry.kind,
    actors: new Set(actors),
    ended: new Set(ended),
  })
  const actorsOf = (ids: readonly string[]) =>
    grants.flatMap(grant => (grant.kind === 'grant' && ids.includes(grant.id) ? [grant.actor] : []))
  /** Grants of this actor, said by this party where one is named. */
  const grantsOf = (actor: string | null, by?: string) =>
    grants.flatMap(grant =>
      grant.kind === 'grant' && grant.actor === actor && (by === undefined || grant.by === by)
        ? [grant.id]
        : [],
    )
  /** Whoever has agreed to something about a title. */
  const singersOf = (title: string | null) =>
    grants.flatMap(grant => (grant.kind === 'grant' && grant.terms.title === title ? [grant.actor] : []))

  switch (entry.kind) {
    case 'withdrawal': {
      if (entry.of.length === 0) return taken(entry.actor ? [entry.actor] : [], grantsOf(entry.actor))
      const [actors, ended] = [new Set<string>(), new Set<string>()]
      for (const id of entry.of) {
        ended.add(id)
        const yes = byId.get(id)
        if (yes?.kind === 'grant') actors.add(yes.actor)
        if (yes?.kind === 'licence') for (const actor of singersOf(yes.terms.title)) actors.add(actor)
        if (yes?.kind === 'mandate') {
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
      const yes = byId.get(entry.of)
      if (yes?.kind === 'licence') return taken(singersOf(yes.terms.title))
      return taken(actorsOf([entry.of]))
    }
    default:
      return undefined
  }
}
