import { type Entry, type EntryOf, hour, type Registry, type Terms } from '../../consent/index.ts'
import type { MandateView, NoView, RequestView, YesView } from '../contract.ts'

/** Readings of the register for people: who is who, what was asked, what stands. They permit nothing; the gate does. */
export type Entries = readonly Entry[]

export const allOf = <K extends Entry['kind']>(entries: Entries, kind: K): readonly EntryOf<K>[] =>
  entries.filter((entry): entry is Entry & EntryOf<K> => entry.kind === kind)

export const partyOf = (entries: Entries, id: string | undefined): EntryOf<'party'> | undefined =>
  allOf(entries, 'party').find(party => party.id === id)

export const nameOf = (entries: Entries, id: string): string => partyOf(entries, id)?.name ?? id.slice(0, 8)

/** The keys somebody may sign with now: those they said last, or the one they enrolled with. */
export function keysOf(entries: Entries, id: string) {
  const party = partyOf(entries, id)
  const newest = allOf(entries, 'keys').findLast(({ by }) => by === id)
  return newest?.keys ?? (party ? [party.key] : [])
}

export const passkeysOf = (entries: Entries, id: string) =>
  keysOf(entries, id).filter(key => key.type === 'webauthn')

/** Keys that are kept on paper. */
export const papersOf = (entries: Entries, id: string) =>
  keysOf(entries, id).filter(key => key.type === 'ed25519')

const ended = (entries: Entries, yes: EntryOf<'grant'> | EntryOf<'licence'> | EntryOf<'mandate'>) =>
  entries.some(
    end =>
      (end.kind === 'withdrawal' &&
        (end.of.length > 0
          ? end.of.includes(yes.id)
          : yes.kind === 'grant' && end.actor === yes.actor && end.leaf > yes.leaf)) ||
      (end.kind === 'erasure' && yes.kind === 'grant' && end.actor === yes.actor && end.leaf > yes.leaf),
  )

const lifted = (entries: Entries, no: EntryOf<'refusal'> | EntryOf<'suspension'>) =>
  allOf(entries, 'resume').some(({ of, by, leaf }) => of === no.id && by === no.by && leaf > no.leaf)

/** Whom somebody speaks for now, and with which powers: by a mandate, or as the guardian they enrolled with. */
export function spokenFor(entries: Entries, me: string, now: number) {
  const mandates = allOf(entries, 'mandate')
    .filter(({ to, from, until }) => to === me && from <= now && now < until)
    .filter(mandate => !ended(entries, mandate))
    .map(({ actor, role, powers }) => ({
      party: actor,
      role: role as string,
      powers: [...powers] as string[],
    }))
  const wards = allOf(entries, 'party')
    .filter(({ guardian }) => guardian === me)
    .map(({ id }) => ({ party: id, role: 'guardian', powers: guardianPowers }))
  return [...mandates, ...wards].map(one => ({ ...one, name: nameOf(entries, one.party) }))
}
const guardianPowers = ['refuse', 'narrow', 'suspend', 'resume', 'withdraw', 'erase', 'report-death']

/** As much as every narrowing leaves of a yes: for people to read. */
function narrowed(entries: Entries, yes: EntryOf<'grant'> | EntryOf<'licence'>): Terms {
  return allOf(entries, 'narrowing').findLast(({ of }) => of === yes.id)?.terms ?? yes.terms
}

const plain = (terms: Terms): YesView['terms'] => JSON.parse(JSON.stringify(terms))

export function yesView(
  entries: Entries,
  yes: EntryOf<'grant'> | EntryOf<'licence'>,
  me: string,
  now: number,
): YesView {
  const actor = yes.kind === 'grant' ? yes.actor : undefined
  const terms = narrowed(entries, yes)
  const pauses = allOf(entries, 'suspension').filter(
    pause =>
      !lifted(entries, pause) &&
      (pause.grants.length > 0
        ? pause.grants.includes(yes.id)
        : actor !== undefined && pause.actors.includes(actor)),
  )
  const request = yes.kind === 'grant' ? entries.find(({ id }) => id === yes.of) : undefined
  const notice = request && !(yes.kind === 'grant' && yes.noticeWaived) ? noticeUntil(request, terms) : 0
  const state = ended(entries, yes)
    ? 'withdrawn'
    : now >= terms.until
      ? 'over'
      : pauses.length > 0
        ? 'paused'
        : now < notice
          ? 'notice'
          : 'live'
  return {
    id: yes.id,
    kind: yes.kind,
    ...(yes.kind === 'grant' && { of: yes.of, actor: yes.actor }),
    actorName: actor ? nameOf(entries, actor) : '',
    logged: yes.logged,
    terms: plain(terms),
    state,
    pauses: pauses.map(({ id, by }) => ({ id, mine: by === me, by: nameOf(entries, by) })),
    noticeWaived: yes.kind === 'grant' && yes.noticeWaived,
  }
}

const noticeUntil = ({ logged }: Entry, { noticeHours }: Terms) => logged + noticeHours * hour

export function noView(entries: Entries, no: EntryOf<'refusal'> | EntryOf<'suspension'>, me: string): NoView {
  return {
    id: no.id,
    kind: no.kind,
    mine: no.by === me,
    by: nameOf(entries, no.by),
    logged: no.logged,
    title: no.kind === 'refusal' ? no.title : null,
    act: no.kind === 'refusal' ? no.act : null,
    grants: no.kind === 'suspension' ? [...no.grants] : [],
    lifted: lifted(entries, no),
  }
}

export const mandateView = (entries: Entries, mandate: EntryOf<'mandate'>, now: number): MandateView => ({
  id: mandate.id,
  ...{ actor: mandate.actor, actorName: nameOf(entries, mandate.actor) },
  ...{ to: mandate.to, toName: nameOf(entries, mandate.to) },
  ...{ role: mandate.role, powers: [...mandate.powers], until: mandate.until },
  state: ended(entries, mandate) ? 'withdrawn' : now >= mandate.until ? 'over' : 'live',
})

export function requestView(
  entries: Entries,
  request: EntryOf<'request'>,
  now: number,
  say: Registry['say'],
): RequestView {
  // Its place in the log is no part of what the company signed.
  const { id: _, leaf, logged, signers, ...signed } = request
  const { terms, actor } = request
  const grants = allOf(entries, 'grant').filter(({ of }) => of === request.id)
  const newest = grants.at(-1)
  const refused = allOf(entries, 'refusal').some(
    no =>
      no.actor === actor &&
      (no.title ?? terms.title) === terms.title &&
      (no.act === null || terms.acts.every(act => act === no.act)) &&
      !lifted(entries, no),
  )
  const state = grants.some(grant => !ended(entries, grant))
    ? 'granted'
    : refused
      ? 'refused'
      : grants.length > 0
        ? 'withdrawn'
        : now >= terms.until
          ? 'over'
          : 'open'
  return {
    id: request.id,
    actor,
    actorName: nameOf(entries, actor),
    company: nameOf(entries, request.by),
    holderName: nameOf(entries, terms.holder),
    logged,
    terms: plain(terms),
    text: { ja: say(signed, 'ja'), en: say(signed, 'en') },
    state,
    noticeUntil: noticeUntil(request, terms),
    ...(newest && { yes: yesView(entries, newest, request.by, now) }),
    licensed: allOf(entries, 'licence').some(
      licence =>
        licence.by === terms.holder &&
        licence.terms.title === terms.title &&
        now < licence.terms.until &&
        !ended(entries, licence),
    ),
  }
}
