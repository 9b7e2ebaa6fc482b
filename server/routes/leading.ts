import { termsShape } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import { askedLines } from '../consent/asked-lines.ts'
import type { Consent } from '../consent/open.ts'
import { allOf, nameOf, partyOf, yesView } from '../consent/people.ts'
import { type PartyRole, parties } from '../contract.ts'
import type { Library } from '../known.ts'
import type { Users } from '../store/users.ts'
import type { Deeds } from './deed.ts'

export type LeadingParts = {
  readonly consent: Pick<Consent, 'registry' | 'company' | 'publicKey' | 'shut'>
  readonly users: Pick<Users, 'all'>
  readonly library: Pick<Library, 'series' | 'knownOf'>
  readonly now: () => number
}
type Named = 'register' | 'previewRequest' | 'titleLicences' | 'invitedParties'

/** What a lead looks at before asking and while waiting. Nothing here enters anything. */
export function leadingDeeds({ consent, users, library, now }: LeadingParts): Pick<Deeds, Named> {
  const { registry, company, publicKey, shut } = consent
  return {
    register: async () => {
      const why = shut()
      return {
        ...(company && { company: company.name }),
        ...(publicKey && { publicKey }),
        ...(why && { shut: why }),
      }
    },

    previewRequest: async ({ body: { series: id, actor, terms } }) => {
      if (!company) throw new Problem('consent-shut', { reason: 'the company is not enrolled' })
      const entries = registry.entries()
      const known = (party: string, role: string) => {
        if (partyOf(entries, party)?.role !== role) throw new Problem('not-found', { what: role, id: party })
      }
      known(actor, 'actor')
      known(terms.holder, 'holder')
      const series = await library.series(id)
      const { lines, milliseconds } = askedLines(await library.knownOf(id), series.title, terms)
      const words = [...new Set(lines.map(({ digest }) => digest))]
      const read = termsShape.safeParse({ ...terms, title: series.title, words })
      if (!read.success) throw read.error
      const request = { kind: 'request', by: company.id, at: now(), actor, terms: read.data } as const
      return {
        text: { ja: registry.say(request, 'ja'), en: registry.say(request, 'en') },
        title: series.title,
        actorName: nameOf(entries, actor),
        holderName: nameOf(entries, terms.holder),
        company: company.name,
        lines: lines.map(({ digest: _, ...line }) => line),
        milliseconds,
      }
    },

    titleLicences: async ({ where }) => {
      const { title } = await library.series(where.series)
      const entries = registry.entries()
      return allOf(entries, 'licence')
        .filter(({ terms }) => terms.title === title)
        .map(licence => ({
          holder: licence.by,
          holderName: nameOf(entries, licence.by),
          yes: yesView(entries, licence, company?.id ?? '', now()),
        }))
        .reverse()
    },

    invitedParties: async () =>
      (await users.all())
        .map(({ name, roles, party }) => ({ name, party, roles: roles.filter(isParty) }))
        .filter(({ party, roles }) => party === undefined && roles.length > 0)
        .map(({ name, roles }) => ({ name, roles })),
  }
}

const isParty = (role: string): role is PartyRole => (parties as readonly string[]).includes(role)
