import { idOf, proves } from './proof.ts'
import type { Entry, EntryOf, Kind, Power, PublicKey, Role, Signed, Statement, Terms } from './records.ts'
import { saysIt } from './wording.ts'

/** What stands in the log so far, as far as the next statement may lean on it. */
export type Known = {
  readonly entries: Map<string, Entry>
  readonly keys: Map<string, readonly PublicKey[]>
}
export const nobody = (): Known => ({ entries: new Map(), keys: new Map() })

/** Why a statement was not taken. */
export const objections = {
  again: 'This was entered already.',
  'other-text': 'The text that was shown is not that of the statement.',
  'no-proof': 'A signature is missing or false.',
  'unknown-signer': 'Whoever signed is not enrolled.',
  'wrong-role': 'It is not theirs to say this.',
  'unknown-reference': 'It is about something that is not in the log.',
  wider: 'It allows more than what it is about.',
  'no-mandate': 'Whoever signed has no mandate of the actor for this.',
  'no-guardian': 'A minor enrols and agrees together with the guardian.',
} as const
export type Objection = keyof typeof objections

/** A statement that was not taken. */
export class Inadmissible extends Error {
  override readonly name = 'Inadmissible'
  readonly objection: Objection
  constructor(objection: Objection) {
    super(objections[objection])
    this.objection = objection
  }
}

type Context = {
  readonly known: Known
  readonly company: string
  readonly id: string
  readonly signers: readonly string[]
  readonly now: number
}
type Check<K extends Kind> = (
  said: Extract<Statement, { readonly kind: K }>,
  context: Context,
) => Objection | undefined

/**
 * The entry that a statement becomes at this place of the log, or a throw of `Inadmissible`. Every signature is checked against the signer's own
 * keys as the log has them: nobody's word, and no other key, makes up for one. Needs no trust in whoever calls it.
 */
export async function admit(
  known: Known,
  signed: Signed,
  { leaf, logged, company }: { readonly leaf: number; readonly logged: number; readonly company: string },
): Promise<Entry> {
  const { statement, shown, proofs } = signed
  const id = idOf(signed)
  if (known.entries.has(id)) throw new Inadmissible('again')
  if (!saysIt(shown.text, statement, shown.language, one => known.entries.get(one)))
    throw new Inadmissible('other-text')
  const signers = proofs.map(({ by }) => by)
  if (new Set(signers).size !== signers.length) throw new Inadmissible('no-proof')
  for (const proof of proofs) {
    // Who enrols is named by this very statement, so that their first key can't be another's.
    const keys = statement.kind === 'party' && proof.by === id ? [statement.key] : known.keys.get(proof.by)
    if (!keys) throw new Inadmissible('unknown-signer')
    if (!(await proves(signed, proof, keys))) throw new Inadmissible('no-proof')
  }
  const said = statement.kind === 'party' ? id : statement.by
  const context: Context = { known, company, id, signers, now: logged }
  const objection: Objection | undefined = signers.includes(said)
    ? (checks[statement.kind] as Check<Kind>)(statement, context)
    : 'no-proof'
  if (objection) throw new Inadmissible(objection)
  return Object.freeze({ ...statement, id, leaf, logged, signers }) as Entry
}

/** Takes an entry into what is known. */
export function take({ entries, keys }: Known, entry: Entry): void {
  entries.set(entry.id, entry)
  if (entry.kind === 'party') keys.set(entry.id, [entry.key])
  if (entry.kind === 'keys') keys.set(entry.by, entry.keys)
}

/** Who may say what. */
const checks: { readonly [K in Kind]: Check<K> } = {
  party: ({ guardian, adultAt }, { known, signers, now }) =>
    adultAt > now && !(guardian && has(known, guardian, 'guardian') && signers.includes(guardian))
      ? 'no-guardian'
      : undefined,
  keys: () => undefined,
  mandate: ({ by, actor, to, role }, { known }) =>
    by !== actor && !guards(known, by, actor)
      ? 'wrong-role'
      : has(known, to, role)
        ? undefined
        : 'unknown-reference',
  licence: ({ by, terms }, { known }) =>
    has(known, by, 'holder') && terms.holder === by ? undefined : 'wrong-role',
  request: ({ by, actor, terms }, { known, company }) =>
    by !== company
      ? 'wrong-role'
      : has(known, actor, 'actor') && has(known, terms.holder, 'holder')
        ? undefined
        : 'unknown-reference',
  grant: ({ by, actor, of, terms }, context) => {
    const request = get(context.known, of, 'request')
    if (!request || request.actor !== actor) return 'unknown-reference'
    if (!within(terms, request.terms)) return 'wider'
    const person = get(context.known, actor, 'party')
    if (person && person.adultAt > context.now && !context.signers.includes(person.guardian ?? ''))
      return 'no-guardian'
    return by === actor || mandated(by, actor, 'grant', context) ? undefined : 'no-mandate'
  },
  refusal: ({ by, actor, title }, context) =>
    actor === null
      ? has(context.known, by, 'holder') && title !== null
        ? undefined
        : 'wrong-role'
      : speaksFor(by, actor, 'refuse', context),
  narrowing: ({ by, of, terms }, context) => {
    const yes = get(context.known, of, 'grant') ?? get(context.known, of, 'licence')
    if (!yes) return 'unknown-reference'
    if (!within(terms, yes.terms)) return 'wider'
    return yes.kind === 'licence' ? ours(by, yes.by) : speaksFor(by, yes.actor, 'narrow', context)
  },
  suspension: ({ by, actors, grants }, context) => {
    const held = grants.map(id => get(context.known, id, 'grant')?.actor)
    if (held.includes(undefined) || (grants.length === 0 && actors.length === 0)) return 'unknown-reference'
    return firstObjection([...actors, ...held], actor => speaksFor(by, actor ?? '', 'suspend', context))
  },
  resume: ({ by, of }, { known }) => {
    const no = get(known, of, 'suspension') ?? get(known, of, 'refusal')
    return no ? ours(by, no.by) : 'unknown-reference'
  },
  withdrawal: ({ by, actor, of }, context) =>
    of.length === 0
      ? actor === null
        ? 'unknown-reference'
        : speaksFor(by, actor, 'withdraw', context)
      : firstObjection(of, id => {
          const yes = context.known.entries.get(id)
          if (yes?.kind === 'licence') return ours(by, yes.by)
          if (yes?.kind === 'mandate') return by === yes.to ? undefined : ours(by, yes.by)
          return yes?.kind === 'grant' ? speaksFor(by, yes.actor, 'withdraw', context) : 'unknown-reference'
        }),
  erasure: ({ by, actor }, context) => speaksFor(by, actor, 'erase', context),
  death: ({ by, actor }, context) =>
    by === context.company ? undefined : speaksFor(by, actor, 'report-death', context),
  erased: ({ by, actor, of }, { known, company }) =>
    get(known, of, 'erasure')?.actor === actor ? ours(by, company) : 'unknown-reference',
  completed: ({ by, of }, { known, company }) =>
    known.entries.has(of) ? ours(by, company) : 'unknown-reference',
  use: ({ by, actor, grant, licence }, { known, company }) =>
    get(known, grant, 'grant')?.actor === actor && get(known, licence, 'licence')
      ? ours(by, company)
      : 'unknown-reference',
}

const ours = (by: string, owner: string): Objection | undefined => (by === owner ? undefined : 'wrong-role')
const has = (known: Known, id: string, role: Role) => get(known, id, 'party')?.role === role

function get<K extends Kind>({ entries }: Known, id: string, kind: K): EntryOf<K> | undefined {
  const entry = entries.get(id)
  return entry?.kind === kind ? (entry as EntryOf<K>) : undefined
}

function firstObjection<Item>(items: readonly Item[], check: (item: Item) => Objection | undefined) {
  for (const item of items) {
    const objection = check(item)
    if (objection) return objection
  }
  return undefined
}

/** The guardian of somebody who enrolled as a minor: their word ends and narrows, at any age; a yes needs both. */
const guards = (known: Known, by: string, actor: string) => get(known, actor, 'party')?.guardian === by

function speaksFor(by: string, actor: string, power: Power, context: Context): Objection | undefined {
  if (!has(context.known, actor, 'actor')) return 'unknown-reference'
  const may = by === actor || guards(context.known, by, actor) || mandated(by, actor, power, context)
  return may ? undefined : 'no-mandate'
}

function mandated(by: string, actor: string, power: Power, { known, now }: Context): boolean {
  const all = [...known.entries.values()]
  return all.some(
    mandate =>
      mandate.kind === 'mandate' &&
      mandate.to === by &&
      mandate.actor === actor &&
      mandate.powers.includes(power) &&
      mandate.from <= now &&
      now < mandate.until &&
      !all.some(end => end.kind === 'withdrawal' && end.of.includes(mandate.id)),
  )
}

/** True when nothing that `narrow` allows is beyond `wide`. R3: what is wider is asked for anew. */
export function within(narrow: Terms, wide: Terms): boolean {
  const inside = (few: readonly string[], many: readonly string[]) => few.every(one => many.includes(one))
  const lists = [
    'acts',
    'episodes',
    'characters',
    'languages',
    'territories',
    'media',
    'words',
    'alterations',
  ] as const
  return (
    narrow.title === wide.title &&
    narrow.holder === wide.holder &&
    lists.every(list => inside(narrow[list], wide[list])) &&
    inside(wide.banned, narrow.banned) &&
    narrow.limits.lines <= wide.limits.lines &&
    narrow.limits.seconds <= wide.limits.seconds &&
    narrow.from >= wide.from &&
    narrow.makeUntil <= wide.makeUntil &&
    narrow.until <= wide.until &&
    narrow.noticeHours >= wide.noticeHours
  )
}
