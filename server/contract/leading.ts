/** The wire of a lead's view of consents, beside ./consent.ts. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { AskedLine, NewRequest, PersonView, partyRoles, YesView } from './consent.ts'

const leads = ['lead', 'admin'] as const

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
