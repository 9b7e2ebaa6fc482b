/** The wire of consents: what is asked, said and shown about people's voices. Part of ../contract.ts, which see. */
import { z } from 'zod'

/** Who speaks in the register: everybody with a party of their own. */
export const parties = ['actor', 'holder', 'guardian', 'estate', 'union', 'agent'] as const
export const partyRoles = z.enum(parties)
export type PartyRole = z.infer<typeof partyRoles>

const instant = z.int().min(0)
const words = (max: number) => z.string().max(max)
/** A statement's name, and so a party's: a SHA-256 as base64url. */
export const reference = z.string().regex(/^[\w-]{43}$/, 'a statement’s name')
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an id')
const list = (max = 500) => z.array(words(200)).max(max)
const bytes = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max)

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
export const PartyInvite = z.strictObject({ name: words(200).min(1), role: partyRoles })

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
})
export type MeView = z.infer<typeof MeView>

// --- signing -----------------------------------------------------------------------------------------------------
/** What navigator.credentials.create is called with, as JSON. */
export const EnrolOptions = z.object({ options: z.record(z.string(), z.unknown()) })
/** What the browser gave, as JSON. */
const registration = z.record(z.string(), z.unknown())
/** One passkey more, or one less. All of them stand in what is signed, with a key that was good before. */
export const KeysBody = z.union([
  z.strictObject({ add: registration, language: z.enum(['ja', 'en']) }),
  z.strictObject({ drop: bytes(2000), language: z.enum(['ja', 'en']) }),
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

/** What somebody means to say; the server puts it into the words that are signed. */
export const Wish = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('grant'),
    of: reference,
    noticeWaived: z.boolean(),
    /** Less than was asked for, where the actor wants less. */
    terms: TermsShape.optional(),
  }),
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
  z.strictObject({ kind: z.literal('resume'), of: reference }),
  z.strictObject({
    kind: z.literal('withdrawal'),
    actor: reference.optional(),
    of: z.array(reference).max(10_000),
  }),
  z.strictObject({ kind: z.literal('erasure'), actor: reference.optional() }),
  z.strictObject({ kind: z.literal('death'), actor: reference }),
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
  proof: z.strictObject({
    credential: bytes(2000),
    authenticatorData: bytes(2000),
    clientData: bytes(8000),
    signature: bytes(2000),
  }),
})
/** Signing in: the passkey signs `kotodama sign-in`, a new line and the nonce, as a SHA-256. */
export const PasskeyNonce = z.object({ nonce: z.string(), site: z.string() })
export type PasskeyNonce = z.infer<typeof PasskeyNonce>
export const PasskeySignIn = z.strictObject({ nonce: words(200), proof: SayBody.shape.proof })
export const SetupParty = z.strictObject({ token: words(200) })
/** `logged`: it stands in the log. `waiting`: it holds already and waits for the log. `cosign`: it waits for a guardian. */
export const SaidView = z.object({ id: reference, state: z.enum(['logged', 'waiting', 'cosign']) })
export type SaidView = z.infer<typeof SaidView>

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

// --- the lead's side -----------------------------------------------------------------------------------------------------
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

// --- recordings -----------------------------------------------------------------------------------------------------
export const PhraseView = z.object({ phrase: z.string(), text: z.string(), ends: instant })
export type PhraseView = z.infer<typeof PhraseView>
export const RecordingView = z.object({
  id: z.string(),
  actor: reference,
  actorName: z.string(),
  kind: z.enum(['statement', 'reference']),
  at: instant,
  milliseconds: z.int(),
  phrase: z.string().optional(),
  /** What a model heard, and how much of the phrase that is, 0 to 1. A signal for the reviewer, and no more. */
  heard: z.string().optional(),
  match: z.number().optional(),
  similarity: z.number().optional(),
  verdict: z.enum(['waiting', 'accepted', 'rejected']),
  url: z.string().optional(),
})
export type RecordingView = z.infer<typeof RecordingView>
export const JudgeRecording = z.strictObject({ accepted: z.boolean(), note: words(2000).optional() })

const leads = ['lead', 'admin'] as const
const judges = ['lead', 'reviewer'] as const

export const consentPlaces = {
  statement: reference,
  recording: z.string().regex(/^[\w-]{1,64}$/, 'a recording'),
  phrase: z.string().regex(/^[\w-]{43}$/, 'a phrase'),
} as const

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
  inviteParty: {
    method: 'post',
    path: '/api/consent/people',
    says: 'Invite an actor, a rights holder or somebody who speaks for actors, by a one-time link',
    may: leads,
    body: PartyInvite,
    answer: z.object({ link: z.string() }),
  },
  consentMe: {
    method: 'get',
    path: '/api/consent/me',
    says: 'Who I am in the register',
    may: parties,
    answer: MeView,
  },
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
  newPhrase: {
    method: 'post',
    path: '/api/consent/voice/phrases',
    says: 'A fresh phrase to read aloud before a recording of one’s voice is taken',
    may: ['actor'],
    answer: PhraseView,
  },
  recordings: {
    method: 'get',
    path: '/api/consent/voice',
    says: 'Recordings of voices: my own, or those that wait for a verdict',
    may: ['actor', ...judges],
    answer: z.array(RecordingView),
  },
  judgeRecording: {
    method: 'post',
    path: '/api/consent/voice/:recording/verdict',
    says: 'Whether the spoken statement is the phrase, and by the person it is to be',
    may: judges,
    body: JudgeRecording,
    answer: RecordingView,
  },
} as const
