import type { Entry, EntryOf, Kind, Power, Terms } from './records.ts'
import {
  type Ask,
  hour,
  type Instant,
  leavings,
  makings,
  type Prospect,
  type Refusal,
  type RefusalName,
} from './terms.ts'
import { wordsOf } from './words.ts'

/** How much was spoken under a grant or a licence. Lines are told apart by `placeOf`. */
export type Tally = { readonly lines: ReadonlySet<string>; readonly milliseconds: number }

/** Everything that may bear on an actor and a title, in the log's order, uses as tallies by grant and by licence. */
export type Book = { readonly entries: readonly Entry[]; readonly tallies: ReadonlyMap<string, Tally> }

/** The yes of the actor and that of the title's holder that were relied on. */
export type Agreed = { readonly grant: EntryOf<'grant'>; readonly licence: EntryOf<'licence'> }

/** What is weighed: an ask, when, and how much speech it would add. */
type Matter = { readonly ask: Ask | Prospect; readonly now: Instant; readonly adds: number }
type Rule<Yes> = readonly [name: RefusalName, holds: (yes: Yes) => boolean]

/** A text of terms allows an ask where all of these hold. R1, R2, R13, R15: exact on every axis, default deny. */
const termRules = ({ ask, now }: Matter): readonly Rule<Terms>[] => [
  ['other-title', terms => terms.title === ask.title],
  ['other-episode', terms => terms.episodes.includes(ask.episode)],
  ['other-language', terms => terms.languages.includes(ask.language)],
  ['other-character', terms => terms.characters.includes(ask.character)],
  ['other-act', terms => terms.acts.includes(ask.act)],
  ['no-territory', () => !leavings.has(ask.act) || ask.territories.length > 0],
  ['other-territory', terms => ask.territories.every(one => terms.territories.includes(one))],
  ['no-medium', () => !leavings.has(ask.act) || ask.media.length > 0],
  ['other-medium', terms => ask.media.every(one => terms.media.includes(one))],
  ['altered', terms => ask.alterations.every(one => terms.alterations.includes(one))],
  ['banned', terms => !ask.content.some(one => terms.banned.includes(one))],
  ['not-yet', terms => now >= terms.from],
  ['expired', terms => now < terms.until],
  ['making-over', terms => !makings.has(ask.act) || now < terms.makeUntil],
]

/**
 * Decides an ask by the entries in force. Pure and total; whatever no rule allows is refused. A no of either party
 * beats every yes (R8), and a yes of both is needed (R11). Where several yeses fall short, the one that came closest
 * gives the name. `adds` is how many milliseconds of speech are about to be committed.
 */
export function decide(
  { entries, tallies }: Book,
  ask: Ask | Prospect,
  now: Instant,
  adds = 0,
): Agreed | Refusal {
  const asked = ask.line === undefined ? undefined : wordsOf(ask)
  const matter: Matter = { ask, now, adds }
  // Looked at again and again below: sorted once, as an actor may have said hundreds of things.
  const kinds = gathered(entries, entry => entry.kind)
  const all = <K extends Kind>(kind: K) => (kinds.get(kind) ?? []) as readonly (EntryOf<K> & Entry)[]

  const lifted = (no: EntryOf<'refusal'> | EntryOf<'suspension'>) =>
    all('resume').some(({ of, by, leaf }) => of === no.id && by === no.by && leaf > no.leaf)

  const withdrawn = (yes: Entry) =>
    all('withdrawal').some(({ of, actor, leaf }) =>
      of.length > 0 ? of.includes(yes.id) : yes.kind === 'grant' && actor === yes.actor && leaf > yes.leaf,
    ) ||
    all('erasure').some(({ actor, leaf }) => yes.kind === 'grant' && actor === yes.actor && leaf > yes.leaf)

  const mandated = (by: string, holds: (mandate: EntryOf<'mandate'>) => boolean) =>
    all('mandate').some(
      mandate =>
        mandate.to === by &&
        mandate.actor === ask.actor &&
        now >= mandate.from &&
        now < mandate.until &&
        holds(mandate) &&
        !withdrawn(mandate),
    )
  const may = (by: string, power: Power) => mandated(by, ({ powers }) => powers.includes(power))

  /** R6, R7, R8, R9: what refuses whatever anybody said yes to. */
  const bars: readonly Rule<void>[] = [
    [
      'refused-by-actor',
      () =>
        !all('refusal').some(
          no =>
            no.actor === ask.actor &&
            (no.title ?? ask.title) === ask.title &&
            (no.act ?? ask.act) === ask.act &&
            !lifted(no),
        ),
    ],
    [
      'refused-by-holder',
      () =>
        !all('refusal').some(
          no => no.actor === null && no.title === ask.title && (no.act ?? ask.act) === ask.act && !lifted(no),
        ),
    ],
    [
      'died',
      () =>
        !all('death').some(({ actor }) => actor === ask.actor) ||
        all('mandate').some(({ to }) => mandated(to, ({ role }) => role === 'estate')),
    ],
    ['suspended', () => !pausing([]).some(({ by }) => !ofUnion(by))],
    ['paused-by-union', () => !pausing([]).some(({ by }) => ofUnion(by))],
  ]
  const ofUnion = (by: string) => all('mandate').some(({ to, role }) => to === by && role === 'union')
  /** The pauses in force: of everything of this actor's, or of the named grants. */
  const pausing = (grants: readonly string[]) =>
    all('suspension').filter(
      pause =>
        !lifted(pause) &&
        (pause.grants.length === 0
          ? grants.length === 0 && pause.actors.includes(ask.actor)
          : pause.grants.some(one => grants.includes(one))),
    )

  const requests = gathered(all('request'), ({ id }) => id)
  const narrowings = gathered(all('narrowing'), ({ of }) => of)
  const requestOf = (grant: EntryOf<'grant'>) =>
    requests.get(grant.of)?.find(({ actor }) => actor === grant.actor)
  /** R3: a yes is never wider than what was asked, nor than what it was narrowed to: each of its texts must allow. */
  const textsOf = (yes: EntryOf<'grant'> | EntryOf<'licence'>): readonly Terms[] => [
    yes.terms,
    ...(narrowings.get(yes.id) ?? []).map(({ terms }) => terms),
    ...(yes.kind === 'grant' ? (requests.get(yes.of) ?? []) : []).map(({ terms }) => terms),
  ]

  type Yes = EntryOf<'grant'> | EntryOf<'licence'>
  const tallyOf = ({ id }: Yes): Tally => tallies.get(id) ?? { lines: new Set(), milliseconds: 0 }
  const counted = makings.has(ask.act)
  const yesRules: readonly Rule<Yes>[] = [
    ...termRules(matter).map(
      ([name, holds]): Rule<Yes> => [name, yes => textsOf(yes).every(terms => holds(terms))],
    ),
    ['withdrawn', yes => !withdrawn(yes)],
    [
      'too-many-lines',
      yes => {
        const { lines } = tallyOf(yes)
        const more = ask.line === undefined || !lines.has(placeOf(ask))
        return !counted || textsOf(yes).every(({ limits }) => lines.size + (more ? 1 : 0) <= limits.lines)
      },
    ],
    [
      'too-many-seconds',
      yes => {
        const spoken = tallyOf(yes).milliseconds
        return (
          !counted ||
          textsOf(yes).every(
            ({ limits }) => spoken < limits.seconds * 1000 && spoken + adds <= limits.seconds * 1000,
          )
        )
      },
    ],
  ]
  const party = all('party').find(({ id }) => id === ask.actor)
  const grantRules: readonly Rule<EntryOf<'grant'>>[] = [
    ...yesRules,
    [
      'changed-words',
      grant => asked === undefined || textsOf(grant).every(({ words }) => words.includes(asked)),
    ],
    ['suspended', grant => !pausing([grant.id]).some(({ by }) => !ofUnion(by))],
    ['paused-by-union', grant => pausing([grant.id]).length === 0],
    ['no-mandate', ({ by, actor }) => by === actor || may(by, 'grant')],
    ['unknown-actor', () => party !== undefined],
    [
      'no-guardian',
      ({ signers }) => !party || now >= party.adultAt || signers.includes(party.guardian ?? ''),
    ],
    ['came-of-age', ({ logged }) => !party || now < party.adultAt || logged >= party.adultAt],
    [
      'no-notice',
      grant => {
        const request = requestOf(grant)
        if (!request) return false
        const hours = Math.max(...textsOf(grant).map(({ noticeHours }) => noticeHours))
        return grant.noticeWaived || now >= request.logged + hours * hour
      },
    ],
  ]

  const bar = bars.find(([, holds]) => !holds())
  if (bar) return { refused: bar[0] }
  const grants = weigh(
    all('grant').filter(({ actor }) => actor === ask.actor),
    grantRules,
    'no-consent',
  )
  if ('refused' in grants) return grants
  const pairs = all('licence').flatMap(licence =>
    grants.filter(({ terms }) => terms.holder === licence.by).map((grant): Agreed => ({ grant, licence })),
  )
  const agreed = weigh(
    pairs,
    yesRules.map(([name, holds]): Rule<Agreed> => [name, ({ licence }) => holds(licence)]),
    'no-licence',
  )
  return 'refused' in agreed ? agreed : agreed[0]
}

/** What there is by the name that each goes under, in the same order. */
function gathered<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string) {
  const found = new Map<string, Thing[]>()
  for (const thing of things) {
    const name = nameOf(thing)
    const before = found.get(name)
    if (before) before.push(thing)
    else found.set(name, [thing])
  }
  return found as ReadonlyMap<string, readonly Thing[]>
}

/** The yeses for which every rule holds, or the rule that the closest one broke. */
function weigh<Yes extends object>(
  yeses: readonly Yes[],
  rules: readonly Rule<Yes>[],
  silent: RefusalName,
): readonly [Yes, ...Yes[]] | Refusal {
  const broken = yeses.map(yes => rules.findIndex(([, holds]) => !holds(yes)))
  const [good, ...more] = yeses.filter((_, index) => broken[index] === -1)
  if (good) return [good, ...more]
  return { refused: rules[Math.max(-1, ...broken)]?.[0] ?? silent }
}

/** Where a line stands, whatever its words are now. */
export const placeOf = ({
  title,
  episode,
  language,
  line,
}: Pick<Ask, 'title' | 'episode' | 'language' | 'line'>) => JSON.stringify([title, episode, language, line])
