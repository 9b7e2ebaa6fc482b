/** The wire of a lead's view of consents, beside ./consent.ts. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { AskedLine, PersonView, RequestView, YesView } from './consent.ts'
import { partyRoles, reference, TermsShape, words } from './terms.ts'
import { id, leads } from './words.ts'

export const PartyInvite = z.strictObject({ name: words(200).min(1), role: partyRoles })

export const NewRequest = z.strictObject({
  series: id,
  actor: reference,
  /** The title is the series', and the words are those of the named episodes, languages and characters. */
  terms: TermsShape.omit({ title: true, words: true }),
})
export const WithheldView = z.object({
  episode: z.string(),
  number: z.string(),
  language: z.string(),
  onAir: z.string().optional(),
  line: z.string(),
  character: z.string(),
  text: z.string(),
  actor: reference.optional(),
  actorName: z.string(),
  /** The refusal's code, the term that refused, and the sentence. */
  code: z.string(),
  term: z.string(),
  says: z.string(),
  /** Who has to be asked for what. */
  ask: z.enum(['actor', 'holder', 'guardian', 'operator', 'nobody']),
})
export type WithheldView = z.infer<typeof WithheldView>

/** A request as it would be sent now: the actor's text in both languages, the names in it, and the lines it is about. */
export const RequestPreview = z.object({
  text: z.object({ ja: z.string(), en: z.string() }),
  title: z.string(),
  actorName: z.string(),
  holderName: z.string(),
  company: z.string(),
  lines: z.array(AskedLine),
  /** How long these lines take to say once: of a limit in seconds the least that makes sense. */
  milliseconds: z.int(),
})
export type RequestPreview = z.infer<typeof RequestPreview>

/** What a holder of rights licensed for a title, as narrowed. */
export const LicenceView = z.object({ holder: PersonView.shape.party, holderName: z.string(), yes: YesView })
export type LicenceView = z.infer<typeof LicenceView>

/** Somebody who was invited and is not enrolled yet. The name is that of their account. */
export const InvitedParty = z.object({ name: z.string(), roles: z.array(partyRoles) })
export type InvitedParty = z.infer<typeof InvitedParty>

/** How the register stands, for those who ask and judge. */
export const RegisterView = z.object({
  /** Who asks. None before the company is enrolled. */
  company: z.string().optional(),
  publicKey: z.string().optional(),
  /** Why nothing is permitted to anybody now. */
  shut: z.string().optional(),
})
export type RegisterView = z.infer<typeof RegisterView>

export const leadingRoutes = {
  inviteParty: {
    method: 'post',
    path: '/api/consent/people',
    says: 'Invite an actor, a rights holder or somebody who speaks for actors, by a one-time link',
    may: leads,
    body: PartyInvite,
    answer: z.object({ link: z.string() }),
  },
  requests: {
    method: 'get',
    path: '/api/consent/requests',
    says: 'Everything that was asked of actors',
    may: leads,
    answer: z.array(RequestView),
  },
  newRequest: {
    method: 'post',
    path: '/api/consent/requests',
    says: 'Ask an actor; the company signs it',
    may: ['lead'],
    body: NewRequest,
    answer: RequestView,
  },
  withheldLines: {
    method: 'get',
    path: '/api/series/:series/withheld',
    says: 'Which lines are withheld, why, and whom to ask',
    may: leads,
    query: z.object({ episode: id.optional() }),
    answer: z.array(WithheldView),
  },
  register: {
    method: 'get',
    path: '/api/consent/register',
    says: 'How the register of consents stands',
    may: [...leads, 'reviewer'],
    answer: RegisterView,
  },
  previewRequest: {
    method: 'post',
    path: '/api/consent/requests/preview',
    says: 'A request as the actor will read it, not sent',
    may: ['lead'],
    body: NewRequest,
    answer: RequestPreview,
  },
  titleLicences: {
    method: 'get',
    path: '/api/series/:series/licences',
    says: 'What holders of rights licensed for a title',
    may: leads,
    answer: z.array(LicenceView),
  },
  invitedParties: {
    method: 'get',
    path: '/api/consent/invited',
    says: 'Who was invited to the register and is not enrolled yet',
    may: leads,
    answer: z.array(InvitedParty),
  },
} as const
