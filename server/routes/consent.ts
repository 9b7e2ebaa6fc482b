import type { Entry, EntryOf } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Session } from '../auth.ts'
import { mineOf } from '../consent/mine.ts'
import type { Naming } from '../consent/naming.ts'
import type { Consent } from '../consent/open.ts'
import { allOf, papersOf, partyOf, passkeysOf, requestView, spokenFor } from '../consent/people.ts'
import type { PartyRole, UseView } from '../contract.ts'
import { parties } from '../contract.ts'
import { missing } from '../known.ts'
import type { Consents } from '../store/consents.ts'
import type { Users } from '../store/users.ts'
import type { Deeds } from './deed.ts'
import { mine } from './saying.ts'

export type ConsentParts = {
  readonly consent: Consent
  readonly consents: Consents
  readonly users: Users
  readonly naming: Naming
  readonly now: () => number
}
type Named = 'consentMe' | 'askedOfMe' | 'askedLines' | 'consentMine' | 'consentUses'

/** What somebody sees of the register: themselves, and those they speak for. */
export function consentDeeds(parts: ConsentParts): Pick<Deeds, Named> {
  const { consent, consents, naming, now } = parts
  const { registry } = consent
  /** Me, and whoever I speak for. */
  const whom = (me: string) => [me, ...spokenFor(registry.entries(), me, now()).map(({ party }) => party)]

  return {
    consentMe: async ({ session: { user } }) => {
      const legal = user.party && (await consents.personal(user.party))
      const opened =
        user.party && legal
          ? await consent.personal.open(user.party, Buffer.from(legal, 'base64')).catch(() => undefined)
          : undefined
      const role = user.roles.find((one): one is PartyRole => (parties as readonly string[]).includes(one))
      const shut = consent.shut()
      return {
        ...(user.party && { party: user.party }),
        ...(role && { role }),
        name: partyOf(registry.entries(), user.party)?.name ?? user.name,
        ...(opened && { legalName: Buffer.from(opened).toString('utf8') }),
        company: consent.company?.name ?? '',
        ...(consent.publicKey && { publicKey: consent.publicKey }),
        ...(shut && { shut }),
        cosign: user.party ? (await consents.cosignsOf(user.party)).length : 0,
        waits: !user.party && (await consents.enrolmentWaits(user.id)),
        passkeys: user.party
          ? passkeysOf(registry.entries(), user.party).map(({ credential }) => credential)
          : [],
        paper: user.party !== undefined && papersOf(registry.entries(), user.party).length > 0,
        ...(user.party && { leave: naming.leaveOf(user.party) }),
      }
    },

    askedOfMe: async ({ session: { user } }) => {
      const entries = registry.entries()
      const me = mine(user)
      const people = whom(me)
      return allOf(entries, 'request')
        .filter(({ actor, terms }) => people.includes(actor) || terms.holder === me)
        .map(request => requestView(entries, request, now(), registry.say))
        .reverse()
    },

    askedLines: async ({ session: { user }, where }) => {
      const request = allOf(registry.entries(), 'request').find(({ id }) => id === where.statement)
      const lead = user.roles.some(role => role === 'lead' || role === 'admin')
      if (!request || !(lead || (user.party && whom(user.party).includes(request.actor))))
        return missing('request', where.statement)
      const lines = await consents.lines(request.id)
      return lines.map(({ digest: _, ...line }) => line)
    },

    consentMine: async ({ session: { user } }) => mineOf(registry.entries(), mine(user), now()),

    consentUses: async ({ session, query }) => usesOf(parts, session, query ?? {}),
  }
}

/** Every use of somebody's voice, newest first, with the words that were spoken. */
export async function usesOf(
  { consent: { registry }, consents, users, now }: Omit<ConsentParts, 'naming'>,
  { user }: Session,
  { from = 0, until = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly until?: number },
): Promise<UseView[]> {
  const entries = registry.entries()
  const me = mine(user)
  const people = [me, ...spokenFor(entries, me, now()).map(({ party }) => party)]
  const uses = allOf(entries, 'use').filter(
    ({ actor, logged }) => people.includes(actor) && logged >= from && logged < until,
  )
  const asked = await consents.linesOf(
    allOf(entries, 'request')
      .filter(({ actor }) => people.includes(actor))
      .map(({ id }) => id),
  )
  const words = new Map(asked.map(line => [line.digest, line.text]))
  const names = await users.names(uses.map(({ asker }) => asker))
  return uses.reverse().map(use => ({
    ...pick(use),
    text: words.get(use.words) ?? '',
    asker: names.get(use.asker) ?? use.asker,
    url: `/api/consent/uses/${use.id}/sound`,
  }))
}

const pick = ({
  id,
  logged,
  act,
  title,
  episode,
  language,
  line,
  milliseconds,
  grant,
  output,
  due,
  currency,
}: EntryOf<'use'>) => ({
  ...{ id, logged, act, title, episode, language, line, milliseconds, grant, output, due, currency },
})

/** An entry that is this person's to see, or a problem. */
export function ownEntry(entries: readonly Entry[], id: string, me: string, now: number): Entry {
  const found = entries.find(entry => entry.id === id)
  const people = [me, ...spokenFor(entries, me, now).map(({ party }) => party)]
  const mine =
    found && (('actor' in found && people.includes(found.actor ?? '')) || ('by' in found && found.by === me))
  if (!found || !mine) throw new Problem('not-found', { what: 'statement', id })
  return found
}
