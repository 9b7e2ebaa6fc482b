/** The wire of consents: what is asked, what stands, what was used. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { instant, parties, partyRoles, reference, TermsShape } from './terms.ts'
import { leads } from './words.ts'

/** Names of acts, alterations and contents with what they mean, so that no page makes up its own. */
const Both = z.object({ name: z.string(), en: z.string(), ja: z.string() })
export const ConsentWords = z.object({
  acts: z.array(Both),
  alterations: z.array(Both),
  contents: z.array(Both),
  refusals: z.array(z.object({ code: z.string(), term: z.string(), says: z.string() })),
})
export type ConsentWords = z.infer<typeof ConsentWords>

export const PersonView = z.object({
  party: reference,
  role: z.string(),
  name: z.string(),
  /** True while they are a minor. */
  minor: z.boolean(),
  /** An accepted recording of their voice lies in the vault. */
  recorded: z.boolean(),
})
export type PersonView = z.infer<typeof PersonView>

/** Who I am in the register. `legalName` is told to its owner alone. */
export const MeView = z.object({
  party: reference.optional(),
  role: partyRoles.optional(),
  name: z.string(),
  legalName: z.string().optional(),
  company: z.string(),
  /** With this key receipts are verified. */
  publicKey: z.string().optional(),
  /** Why nothing is permitted to anybody now. */
  shut: z.string().optional(),
  /** What waits for my signature beside somebody else's. */
  cosign: z.int(),
  /** My enrolment is signed, and waits for my guardian. */
  waits: z.boolean(),
  /** The passkeys I may sign with, by the names that browsers know them by. */
  passkeys: z.array(z.string()),
  /** I have a key on paper as well. */
  paper: z.boolean(),
  /** With this I am told names in what I may sign without a session. */
  leave: z.string().optional(),
})
export type MeView = z.infer<typeof MeView>

// --- what stands -----------------------------------------------------------------------------------------------------
export const YesView = z.object({
  id: reference,
  kind: z.enum(['grant', 'licence']),
  of: reference.optional(),
  actor: reference.optional(),
  actorName: z.string(),
  logged: instant,
  /** As narrowed. */
  terms: TermsShape,
  state: z.enum(['live', 'notice', 'paused', 'withdrawn', 'over']),
  /** The pauses that hold it, with whose they are. */
  pauses: z.array(z.object({ id: reference, mine: z.boolean(), by: z.string() })),
  noticeWaived: z.boolean(),
})
export type YesView = z.infer<typeof YesView>
export const RequestView = z.object({
  id: reference,
  actor: reference,
  actorName: z.string(),
  company: z.string(),
  holderName: z.string(),
  logged: instant,
  terms: TermsShape,
  /** The request's own wording, as the company signed it, in both languages. */
  text: z.object({ ja: z.string(), en: z.string() }),
  state: z.enum(['open', 'granted', 'refused', 'withdrawn', 'over']),
  /** Before this nothing is made, unless the actor waives the notice. */
  noticeUntil: instant,
  licensed: z.boolean(),
  /** The newest yes to it, as narrowed: what was agreed may be less than what was asked. */
  yes: YesView.optional(),
})
export type RequestView = z.infer<typeof RequestView>
export const AskedLine = z.object({
  episode: z.string(),
  language: z.string(),
  character: z.string(),
  line: z.string(),
  text: z.string(),
})
export type AskedLine = z.infer<typeof AskedLine>
export const NoView = z.object({
  id: reference,
  kind: z.enum(['refusal', 'suspension']),
  mine: z.boolean(),
  by: z.string(),
  logged: instant,
  title: z.string().nullable(),
  act: z.string().nullable(),
  grants: z.array(reference),
  lifted: z.boolean(),
})
export type NoView = z.infer<typeof NoView>
export const MandateView = z.object({
  id: reference,
  actor: reference,
  actorName: z.string(),
  to: reference,
  toName: z.string(),
  role: z.string(),
  powers: z.array(z.string()),
  until: instant,
  state: z.enum(['live', 'withdrawn', 'over']),
})
export type MandateView = z.infer<typeof MandateView>
export const MineView = z.object({
  yeses: z.array(YesView),
  noes: z.array(NoView),
  /** People I may speak for: as their agent, guardian, estate or union. */
  people: z.array(
    z.object({ party: reference, name: z.string(), role: z.string(), powers: z.array(z.string()) }),
  ),
  /** Whom I gave a mandate, and who gave me one. */
  mandates: z.array(MandateView),
})
export type MineView = z.infer<typeof MineView>
export const UseView = z.object({
  id: reference,
  logged: instant,
  act: z.string(),
  title: z.string(),
  episode: z.string(),
  language: z.string(),
  line: z.string(),
  text: z.string(),
  asker: z.string(),
  milliseconds: z.int(),
  grant: reference,
  output: z.string(),
  /** In minor units. */
  due: z.int(),
  currency: z.string(),
  /** Where it can be heard, asked for anew every time. */
  url: z.string().optional(),
})
export type UseView = z.infer<typeof UseView>

export const consentPlaces = { statement: reference } as const

export const consentRoutes = {
  consentWords: {
    method: 'get',
    path: '/api/consent/words',
    says: 'The words of consents in both languages',
    answer: ConsentWords,
  },
  consentPeople: {
    method: 'get',
    path: '/api/consent/people',
    says: 'Everybody enrolled in the register',
    may: leads,
    answer: z.array(PersonView),
  },
  consentMe: {
    method: 'get',
    path: '/api/consent/me',
    says: 'Who I am in the register',
    may: parties,
    answer: MeView,
  },
  askedOfMe: {
    method: 'get',
    path: '/api/consent/requests/mine',
    says: 'What I am asked, and those I speak for',
    may: parties,
    answer: z.array(RequestView),
  },
  askedLines: {
    method: 'get',
    path: '/api/consent/requests/:statement/lines',
    says: 'The lines of a request, word for word',
    may: [...parties, ...leads],
    answer: z.array(AskedLine),
  },
  consentMine: {
    method: 'get',
    path: '/api/consent/mine',
    says: 'My yeses and noes',
    may: parties,
    answer: MineView,
  },
  consentUses: {
    method: 'get',
    path: '/api/consent/uses',
    says: 'Where my voice was used',
    may: parties,
    query: z.object({ from: z.coerce.number().optional(), until: z.coerce.number().optional() }),
    answer: z.array(UseView),
  },
} as const
