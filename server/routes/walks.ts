import type { Entry } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Session } from '../auth.ts'
import type { Consent } from '../consent/open.ts'
import { type Entries, nameOf, spokenFor } from '../consent/people.ts'
import type { Reach, Report } from '../consent/withdraw.ts'
import type { CertificateView, NoticeView, WalkView } from '../contract.ts'
import { missing } from '../known.ts'
import type { Notice, WalkStore } from '../store/walks.ts'
import type { Deeds } from './deed.ts'
import { mine } from './saying.ts'

export type WalkParts = {
  readonly consent: Pick<Consent, 'registry'>
  readonly reach: Pick<Reach, 'endings' | 'report'>
  readonly walks: Pick<WalkStore, 'notice' | 'noticesTo' | 'acknowledge'>
  readonly now: () => number
}
type Ending = ReturnType<Reach['endings']>[number]

/** What was taken back, to whoever it is about, whoever holds a file of it, and whoever answers for the house. */
export function walkDeeds(
  parts: WalkParts,
): Pick<Deeds, 'certificates' | 'walks' | 'notices' | 'acknowledge'> {
  const { reach, walks, now } = parts
  const entries = () => parts.consent.registry.entries()
  const told = async ({ entry }: Ending) => (await reach.report(entry.id)) as Report
  const isLead = ({ user }: Session) => user.roles.some(role => role === 'lead' || role === 'admin')
  const view = noticeView

  return {
    certificates: async ({ session }) => {
      const all = entries()
      const me = mine(session.user)
      const own = reach.endings().filter(ending => concerns(ending, all, me, now()))
      return Promise.all(
        own.toReversed().map(async ending => {
          const people = new Set([me, ...spokenFor(all, me, now()).map(({ party }) => party)])
          return certificateView(ending, await told(ending), all, voice => people.has(voice))
        }),
      )
    },

    walks: async () => {
      const all = entries()
      return Promise.all(
        reach
          .endings()
          .toReversed()
          .map(async (ending): Promise<WalkView> => {
            const report = await told(ending)
            const { recipients: _, url: __, pdf: ___, ...rest } = certificateView(ending, report, all)
            return { ...rest, notices: report.notices.map(view) }
          }),
      )
    },

    notices: async ({ session }) => (await walks.noticesTo(session.user.id)).map(view),

    acknowledge: async ({ session, where }) => {
      const notice = await walks.notice(where.notice)
      // Of somebody else's notice nothing is told, not even that there is one.
      if (!notice || !(notice.recipient === session.user.id || isLead(session)))
        return missing('notice', where.notice)
      await walks.acknowledge(notice.id, session.user.id, now())
      return view((await walks.notice(notice.id)) ?? notice)
    },
  }
}

/** True when it is this person's to see: they said it, or it is about them or somebody they speak for. */
export function concerns({ taken }: Ending, entries: Entries, me: string, now: number): boolean {
  if (taken.by === me || taken.actors.has(me)) return true
  return spokenFor(entries, me, now).some(({ party }) => taken.actors.has(party))
}

/** @throws Problem `not-found` when there is none, or it is somebody else's */
export async function ownReport(
  { reach, consent, now }: Pick<WalkParts, 'reach' | 'consent' | 'now'>,
  id: string,
  me: string,
) {
  const ending = reach.endings().find(({ entry }) => entry.id === id)
  const nothing = () => new Problem('not-found', { what: 'certificate', id })
  if (!ending || !concerns(ending, consent.registry.entries(), me, now())) throw nothing()
  const { certificate, notices } = (await reach.report(id)) as Report
  if (!certificate) throw nothing()
  return { entry: ending.entry, certificate, notices }
}

function certificateView(
  { entry, taken }: Ending,
  { certificate, digest, notices }: Report,
  entries: Entries,
  known: (voice: string) => boolean = () => true,
): CertificateView {
  const where = `/api/consent/certificates/${entry.id}`
  const byDelivery = new Map(notices.map(notice => [notice.id.slice(entry.id.length + 1), notice]))
  const quarantined = certificate && Object.values(certificate.quarantined.steps)
  return {
    id: entry.id,
    kind: entry.kind,
    logged: entry.logged,
    by: nameOf(entries, taken.by),
    voices: [...taken.actors].filter(known).map(party => ({ party, name: nameOf(entries, party) })),
    state: certificate ? 'done' : 'walking',
    ended: [...taken.ended],
    ...(certificate && {
      found: {
        killed: certificate.stopped.groups,
        cut: certificate.stopped.streams,
        results: (quarantined ?? []).reduce((sum, count) => sum + count, 0),
        files: certificate.quarantined.files,
        queued: certificate.queued,
        remade: certificate.remade.length,
        erased: certificate.erased !== undefined,
      },
      finished: certificate.walked.to,
      digest,
      ...{ url: `${where}.json`, pdf: `${where}.pdf` },
    }),
    recipients: (certificate?.recipients ?? []).map(({ delivery, file, sha256, at }) => {
      const { state = 'waiting' as const, tries = 0 } = byDelivery.get(delivery) ?? {}
      return { file, sha256, at, state, tries }
    }),
    couldNot: [...(certificate?.couldNot ?? [])],
  }
}

/** What whoever is told is told. Its body is what `withdraw.ts` wrote. */
type Body = {
  readonly held: {
    readonly episode: string
    readonly file: string
    readonly sha256: string
    readonly since: number
  }
  readonly recipient: { readonly name: string }
  readonly kind: Entry['kind']
  readonly logged: number
}

function noticeView({ id, entry, body, state, tries, escalated, at }: Notice): NoticeView {
  const { held, recipient, kind, logged } = body as Body
  return {
    ...{ id, entry, kind, logged, ...held, name: recipient.name, state, tries, escalated },
    ...(at !== undefined && { acknowledgedAt: at }),
  }
}
