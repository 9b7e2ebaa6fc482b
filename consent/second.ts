import type { Book } from './decide.ts'
import type { Entry, Terms } from './records.ts'
import type { Ask, Instant, Prospect } from './terms.ts'
import { wordsOf } from './words.ts'

/**
 * The second decider: written from docs/consent-protocol.md and not from the first, which it must agree with. It goes
 * through the entries once, in the log's order, and keeps what each of them leaves standing.
 */

/** The yeses that stand for this ask: a use is allowed when neither list is empty. */
export type Standing = { readonly grants: readonly string[]; readonly licences: readonly string[] }

type Axis = readonly [
  asked: readonly string[],
  listed: (terms: Terms) => readonly string[],
  wants: 'all' | 'none',
]
type Yes = {
  readonly texts: readonly Terms[]
  readonly entry: Extract<Entry, { kind: 'grant' | 'licence' }>
}
type Pause = { readonly by: string; readonly hits: (grant: string) => boolean }

const making = ['speak', 'replicate', 'train', 'perform-live', 'cross-language', 'convert', 'sing']
const leaving = ['deliver', 'promote', 'share']
const nothing: Standing = { grants: [], licences: [] }

export function standing({ entries, tallies }: Book, ask: Ask | Prospect, now: Instant, adds = 0): Standing {
  const requests = new Map<
    string,
    { readonly actor: string; readonly terms: Terms; readonly logged: Instant }
  >()
  const yeses = new Map<string, Extract<Entry, { kind: 'grant' | 'licence' }>>()
  const narrowed = new Map<string, Terms[]>()
  const ended = new Set<string>()
  const stops = new Map<string, { readonly by: string }>()
  const pauses = new Map<string, Pause>()
  const mandates = new Map<string, Extract<Entry, { kind: 'mandate' }>>()
  let person: Extract<Entry, { kind: 'party' }> | undefined
  let dead = false

  for (const entry of [...entries].sort((left, right) => left.leaf - right.leaf))
    switch (entry.kind) {
      case 'party':
        if (entry.id === ask.actor) person = entry
        break
      case 'mandate':
        if (entry.actor === ask.actor) mandates.set(entry.id, entry)
        break
      case 'request':
        requests.set(entry.id, entry)
        break
      case 'grant':
      case 'licence':
        yeses.set(entry.id, entry)
        break
      case 'narrowing':
        narrowed.set(entry.of, [...(narrowed.get(entry.of) ?? []), entry.terms])
        break
      case 'refusal':
        if (
          entry.actor === ask.actor
            ? fits(entry.title, ask.title)
            : entry.actor === null && entry.title === ask.title
        )
          if (fits(entry.act, ask.act)) stops.set(entry.id, entry)
        break
      case 'suspension': {
        const { by, grants, actors } = entry
        const everything = grants.length === 0 && actors.includes(ask.actor)
        pauses.set(entry.id, { by, hits: grant => everything || grants.includes(grant) })
        break
      }
      case 'resume':
        for (const held of [stops, pauses]) if (held.get(entry.of)?.by === entry.by) held.delete(entry.of)
        break
      case 'withdrawal':
        for (const id of entry.of) ended.add(id)
        if (entry.of.length === 0) endAll(entry.actor)
        break
      case 'erasure':
        endAll(entry.actor)
        break
      case 'death':
        dead ||= entry.actor === ask.actor
        break
      default:
        break
    }

  function endAll(actor: string | null) {
    for (const yes of yeses.values()) if (yes.kind === 'grant' && yes.actor === actor) ended.add(yes.id)
  }

  const inForce = [...mandates.values()].filter(
    ({ id, from, until }) => from <= now && until > now && !ended.has(id),
  )
  if (stops.size > 0 || (dead && !inForce.some(({ role }) => role === 'estate'))) return nothing

  const axes: readonly Axis[] = [
    [[ask.title], ({ title }) => [title], 'all'],
    [[ask.episode], ({ episodes }) => episodes, 'all'],
    [[ask.character], ({ characters }) => characters, 'all'],
    [[ask.language], ({ languages }) => languages, 'all'],
    [[ask.act], ({ acts }) => acts, 'all'],
    [ask.territories, ({ territories }) => territories, 'all'],
    [ask.media, ({ media }) => media, 'all'],
    [ask.alterations, ({ alterations }) => alterations, 'all'],
    [ask.content, ({ banned }) => banned, 'none'],
  ]
  const wanted = ask.line === undefined ? undefined : wordsOf(ask)
  const makes = making.includes(ask.act)
  if (leaving.includes(ask.act) && (ask.territories.length === 0 || ask.media.length === 0)) return nothing

  function allowed({ texts, entry }: Yes): boolean {
    const spoken = tallies.get(entry.id)
    const place =
      ask.line === undefined ? '' : JSON.stringify([ask.title, ask.episode, ask.language, ask.line])
    // This line is one more only where it was not spoken before.
    const lines = (spoken?.lines.size ?? 0) + (spoken?.lines.has(place) ? 0 : 1)
    const before = spoken?.milliseconds ?? 0
    if (ended.has(entry.id)) return false
    return texts.every(
      terms =>
        axes.every(([asked, listed, wants]) => {
          const inside = asked.filter(one => listed(terms).includes(one)).length
          return inside === (wants === 'all' ? asked.length : 0)
        }) &&
        terms.from <= now &&
        terms.until > now &&
        (!makes ||
          (terms.makeUntil > now &&
            lines <= terms.limits.lines &&
            before < terms.limits.seconds * 1000 &&
            before + adds <= terms.limits.seconds * 1000)),
    )
  }

  function ofActor({ entry, texts }: Yes): boolean {
    if (entry.kind !== 'grant' || entry.actor !== ask.actor || !person) return false
    const request = requests.get(entry.of)
    if (!request || request.actor !== entry.actor) return false
    const whole = [...texts, request.terms]
    const noticed = request.logged + Math.max(...whole.map(({ noticeHours }) => noticeHours)) * 3_600_000
    const minor = person.adultAt > now
    const guarded = person.guardian !== null && entry.signers.includes(person.guardian)
    return (
      allowed({ entry, texts: whole }) &&
      (wanted === undefined || whole.every(({ words }) => words.includes(wanted))) &&
      ![...pauses.values()].some(({ hits }) => hits(entry.id)) &&
      (entry.by === entry.actor ||
        inForce.some(({ to, powers }) => to === entry.by && powers.includes('grant'))) &&
      (minor ? guarded : entry.logged >= person.adultAt) &&
      (entry.noticeWaived || noticed <= now)
    )
  }

  const living = [...yeses.values()]
    .map((entry): Yes => ({ entry, texts: [entry.terms, ...(narrowed.get(entry.id) ?? [])] }))
    .filter(allowed)
  const grants = living.filter(ofActor)
  const holders = new Set(grants.map(({ entry }) => entry.terms.holder))
  const licences = living.filter(({ entry }) => entry.kind === 'licence' && holders.has(entry.by))
  return { grants: grants.map(({ entry }) => entry.id), licences: licences.map(({ entry }) => entry.id) }
}

const fits = (named: string | null, asked: string) => named === null || named === asked
