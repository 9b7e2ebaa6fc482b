/** The wire of what an ending comes to: certificates for who is heard, notices for who holds a file, walks for leads. Part of ../contract.ts. */
import { z } from 'zod'
import { instant, parties, reference } from './terms.ts'
import { leads, watchers } from './words.ts'

const state = z.enum(['walking', 'done'])
const noticeState = z.enum(['waiting', 'acknowledged'])

/** What became of something that was taken back. While it is being walked, only who took what back is known. */
export const CertificateView = z.object({
  /** The entry that took it back, and the certificate's name. */
  id: reference,
  kind: z.string(),
  logged: instant,
  /** Who said it. */
  by: z.string(),
  /** Whose voices it is about, as far as they are mine to know. */
  voices: z.array(z.object({ party: reference, name: z.string() })),
  state,
  ended: z.array(reference),
  found: z
    .object({
      /** Process groups that were killed and streams that were cut, at once. */
      killed: z.int(),
      cut: z.int(),
      /** Results that were quarantined, and their files. */
      results: z.int(),
      files: z.int(),
      /** Episodes that waited to be made, and that are made anew without the voice. */
      queued: z.int(),
      remade: z.int(),
      erased: z.boolean(),
    })
    .optional(),
  /** Files that had left before, and whether whoever has them has acknowledged the notice. */
  recipients: z.array(
    z.object({ file: z.string(), sha256: z.string(), at: instant, state: noticeState, tries: z.int() }),
  ),
  couldNot: z.array(z.object({ code: z.string(), en: z.string(), ja: z.string() })),
  finished: instant.optional(),
  /** The SHA-256 of the certificate as base64url, which the log holds. */
  digest: z.string().optional(),
  /** Where it is downloaded, as JSON and (with `?language`) as PDF. */
  url: z.string().optional(),
  pdf: z.string().optional(),
})
export type CertificateView = z.infer<typeof CertificateView>

/** Somebody holds a file in which a voice may no longer be used. */
export const NoticeView = z.object({
  id: z.string(),
  entry: reference,
  kind: z.string(),
  logged: instant,
  episode: z.string(),
  file: z.string(),
  sha256: z.string(),
  since: instant,
  /** Who fetched it. */
  name: z.string(),
  state: noticeState,
  tries: z.int(),
  /** True when it was said in vain for so long that a person has to see to it. */
  escalated: z.boolean(),
  acknowledgedAt: instant.optional(),
})
export type NoticeView = z.infer<typeof NoticeView>
export const WalkView = CertificateView.omit({ recipients: true, url: true, pdf: true }).extend({
  notices: z.array(NoticeView),
})
export type WalkView = z.infer<typeof WalkView>

export const walkPlaces = {
  notice: z.string().regex(/^[\w-]{43}\.[\w-]{36}$/, 'a notice'),
} as const

export const walkRoutes = {
  certificates: {
    method: 'get',
    path: '/api/consent/certificates',
    says: 'What came of everything that I, or somebody for me, took back',
    may: parties,
    answer: z.array(CertificateView),
  },
  walks: {
    method: 'get',
    path: '/api/consent/walks',
    says: 'How far everything that was taken back is reached, and who was told',
    may: leads,
    answer: z.array(WalkView),
  },
  notices: {
    method: 'get',
    path: '/api/consent/notices',
    says: 'Files that I fetched and may no longer use',
    may: watchers,
    answer: z.array(NoticeView),
  },
  acknowledge: {
    method: 'post',
    path: '/api/consent/notices/:notice/acknowledgement',
    says: 'Acknowledge a notice: whoever was told, or a lead who saw to it by hand',
    may: watchers,
    answer: NoticeView,
  },
} as const
