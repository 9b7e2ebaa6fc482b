/** The wire of what is signed: enrolling, putting into words, saying, stopping. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { MineView } from './consent.ts'
import { instant, list, parties, partyRoles, reference, TermsShape, words } from './terms.ts'

const bytes = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max)

/** What navigator.credentials.create is called with, as JSON. */
export const EnrolOptions = z.object({ options: z.record(z.string(), z.unknown()) })
/** What the browser gave, as JSON. */
const registration = z.record(z.string(), z.unknown())
const language = z.enum(['ja', 'en'])
/**
 * One passkey more, or one less; one in the place of all that were lost; another key on paper, or none. All of them
 * stand in what is signed, with a key that was good before.
 */
export const KeysBody = z.union([
  z.strictObject({ add: registration, language }),
  z.strictObject({ drop: bytes(2000), language }),
  z.strictObject({ replace: registration, language }),
  z.strictObject({ paper: reference.nullable(), language }),
])
export const EnrolBody = z.strictObject({
  registration,
  role: partyRoles,
  name: words(200).min(1),
  legalName: words(200).min(1),
  /** The first instant of their majority. */
  adultAt: instant,
  guardian: reference.optional(),
  language: z.enum(['ja', 'en']),
})

/** What makes less possible. Its signature is all the leave it needs. */
const stopping = [
  z.strictObject({
    kind: z.literal('refusal'),
    actor: reference.optional(),
    title: words(200).nullable(),
    act: words(50).nullable(),
  }),
  z.strictObject({ kind: z.literal('narrowing'), of: reference, terms: TermsShape }),
  z.strictObject({
    kind: z.literal('suspension'),
    actors: z.array(reference).max(10_000),
    grants: z.array(reference).max(10_000),
  }),
  z.strictObject({
    kind: z.literal('withdrawal'),
    actor: reference.optional(),
    of: z.array(reference).max(10_000),
  }),
  z.strictObject({ kind: z.literal('erasure'), actor: reference.optional() }),
  z.strictObject({ kind: z.literal('death'), actor: reference }),
] as const
export const StopWish = z.discriminatedUnion('kind', [...stopping])
export type StopWish = z.infer<typeof StopWish>

/** What somebody means to say; the server puts it into the words that are signed. */
export const Wish = z.discriminatedUnion('kind', [
  ...stopping,
  z.strictObject({
    kind: z.literal('grant'),
    of: reference,
    noticeWaived: z.boolean(),
    /** Less than was asked for, where the actor wants less. */
    terms: TermsShape.optional(),
  }),
  z.strictObject({ kind: z.literal('resume'), of: reference }),
  z.strictObject({ kind: z.literal('licence'), of: reference }),
  z.strictObject({
    kind: z.literal('mandate'),
    actor: reference.optional(),
    to: reference,
    role: z.enum(['guardian', 'estate', 'union', 'agent']),
    powers: list(20),
    from: instant,
    until: instant,
  }),
])
export type Wish = z.infer<typeof Wish>
export const PrepareBody = z.strictObject({ wish: Wish, language: z.enum(['ja', 'en']) })
/** The same for somebody who is not signed in: who they are is what they say, until they sign. */
export const StopWords = z.strictObject({
  ...{ by: reference, wish: StopWish, language },
  /** The leave to be told names, where they have it. */
  leave: words(100).optional(),
})

const Shown = z.strictObject({ language: z.enum(['ja', 'en']), text: words(20_000) })
/** A statement as it would be signed. `id` is the challenge of the assertion, and the statement's name for ever. */
export const Prepared = z.object({
  id: reference,
  statement: z.record(z.string(), z.unknown()),
  shown: Shown,
  credentials: z.array(z.string()),
  site: z.string(),
})
export type Prepared = z.infer<typeof Prepared>
/** The statement with the assertion over it. Whose it is the server knows; that it holds the register finds out. */
export const SayBody = z.strictObject({
  statement: z.record(z.string(), z.unknown()),
  shown: Shown,
  proof: z.union([
    z.strictObject({
      credential: bytes(2000),
      authenticatorData: bytes(2000),
      clientData: bytes(8000),
      signature: bytes(2000),
    }),
    /** By the key that is kept on paper: Ed25519. */
    z.strictObject({ kept: reference, signature: bytes(100) }),
  ]),
})
export type ProofShape = z.infer<typeof SayBody>['proof']
/**
 * Signing in: `kotodama sign-in`, a new line and the nonce are signed, by the passkey as a SHA-256, by the key on paper as
 * they stand.
 */
export const PasskeyNonce = z.object({ nonce: z.string(), site: z.string() })
export type PasskeyNonce = z.infer<typeof PasskeyNonce>
export const PasskeySignIn = z.strictObject({ nonce: words(200), proof: SayBody.shape.proof })
export const SetupParty = z.strictObject({ token: words(200) })
/** `logged`: it stands in the log. `waiting`: it holds already and waits for the log. `cosign`: it waits for a guardian. */
export const SaidView = z.object({ id: reference, state: z.enum(['logged', 'waiting', 'cosign']) })
export type SaidView = z.infer<typeof SaidView>
/** Who a passkey is, and what they may stop: all that the register knows of it, and nothing of an account. */
export const StopView = z.object({
  party: reference,
  role: z.string(),
  name: z.string(),
  passkeys: z.array(z.string()),
  leave: z.string(),
  mine: MineView,
})
export type StopView = z.infer<typeof StopView>

export const sayingRoutes = {
  enrolOptions: {
    method: 'post',
    path: '/api/consent/enrolment/options',
    says: 'Begin to make a passkey',
    may: parties,
    answer: EnrolOptions,
  },
  enrol: {
    method: 'post',
    path: '/api/consent/enrolment',
    says: 'Put an enrolment with a new passkey into words, to be signed with it',
    may: parties,
    body: EnrolBody,
    answer: Prepared,
  },
  changeKeys: {
    method: 'post',
    path: '/api/consent/keys',
    says: 'Put one passkey more, or one less, into words, to be signed with one that was good before',
    may: parties,
    body: KeysBody,
    answer: Prepared,
  },
  prepare: {
    method: 'post',
    path: '/api/consent/prepare',
    says: 'Put a statement into the words that are signed',
    may: parties,
    body: PrepareBody,
    answer: Prepared,
  },
  say: {
    method: 'post',
    path: '/api/consent/statements',
    says: 'Say what was signed: enrol, agree, refuse, narrow, pause, resume, withdraw, erase, license',
    may: parties,
    body: SayBody,
    answer: SaidView,
  },
  cosigns: {
    method: 'get',
    path: '/api/consent/cosign',
    says: 'What waits for my signature beside somebody else’s',
    may: parties,
    answer: z.array(Prepared),
  },
  stops: {
    method: 'post',
    path: '/api/consent/stops/mine',
    says: 'What I may stop, by my passkey alone: nobody needs to be signed in, nor the store to answer',
    may: 'anyone',
    body: PasskeySignIn,
    answer: StopView,
  },
  stopWords: {
    method: 'post',
    path: '/api/consent/stops/words',
    says: 'Put a pause, a no, a narrowing or a withdrawal into the words that are signed, also while the store is away',
    may: 'anyone',
    body: StopWords,
    answer: Prepared,
  },
  stop: {
    method: 'post',
    path: '/api/consent/stops',
    says: 'Stop what was signed to be stopped: the signature is all it needs, also while the store is away',
    may: 'anyone',
    body: SayBody,
    answer: SaidView,
  },
} as const
