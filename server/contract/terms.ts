/** Who speaks in the register, and what a yes says: the ground of the wire of consents. Part of ../contract.ts, which see. */
import { z } from 'zod'

/** Who speaks in the register: everybody with a party of their own. */
export const parties = ['actor', 'holder', 'guardian', 'estate', 'union', 'agent'] as const
export const partyRoles = z.enum(parties)
export type PartyRole = z.infer<typeof partyRoles>

export const instant = z.int().min(0)
export const words = (max: number) => z.string().max(max)
/** A statement's name, and so a party's: a SHA-256 as base64url. */
export const reference = z.string().regex(/^[\w-]{43}$/, 'a statement’s name')
export const list = (max = 500) => z.array(words(200)).max(max)

/** Everything a yes says, as consent/records.ts has it, which is what checks it. */
export const TermsShape = z.strictObject({
  acts: list(),
  title: words(200),
  holder: reference,
  episodes: list(2000),
  characters: list(),
  languages: list(),
  territories: list(),
  media: list(),
  words: z.array(reference).max(20_000),
  limits: z.strictObject({ lines: z.int().min(0), seconds: z.int().min(0) }),
  banned: list(),
  alterations: list(),
  from: instant,
  makeUntil: instant,
  until: instant,
  money: z.strictObject({
    model: z.enum(['session', 'line', 'minute', 'residual']),
    currency: z.string().regex(/^[A-Z]{3}$/),
    rate: z.int().min(0),
    basis: words(2000),
  }),
  label: words(2000),
  credit: words(2000),
  afterWithdrawal: z.strictObject({
    released: z.enum(['take-down', 'sell-off']),
    sellOffDays: z.int().min(0).max(365),
  }),
  noticeHours: z.int().min(48),
})
export type TermsShape = z.infer<typeof TermsShape>
