import { z } from 'zod'
import { fromBase64url } from './bytes.ts'
import { bytes, digest, instant, keysOf, long, name, party, reference, short, some } from './fields.ts'
import { type Act, type Alteration, alterations, type Content, contents, day, deeds } from './terms.ts'
import { binds } from './verify/keys.ts'

/** What can be said about consent, as it is signed. Parsed here, at the edge; inside, trusted. */

/** The longest a yes may hold. There is no for ever: after this the actor is asked anew. */
export const longestTerm = 3 * 366 * day

/** Everything a yes says. Lists are exact; an empty one allows nothing. */
export const terms = z
  .strictObject({
    acts: some(z.enum(keysOf(deeds)) as z.ZodType<Act>),
    title: name,
    /** Whose licence for machine dubbing must be live too. */
    holder: party,
    episodes: some(name, 2000),
    characters: some(name),
    languages: some(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)),
    territories: some(z.string().regex(/^[A-Z]{2}$/)),
    media: some(name),
    /** Digests of the lines the actor has read: `wordsOf`. */
    words: some(digest, 20_000),
    limits: z.strictObject({ lines: z.int().min(0), seconds: z.int().min(0) }).readonly(),
    banned: some(z.enum(keysOf(contents)) as z.ZodType<Content>),
    alterations: some(z.enum(keysOf(alterations)) as z.ZodType<Alteration>),
    /** The first instant at which it holds, the first at which nothing new is made, the first at which it is over. */
    from: instant,
    makeUntil: instant,
    until: instant,
    money: z
      .strictObject({
        model: z.enum(['session', 'line', 'minute', 'residual']),
        currency: z.string().regex(/^[A-Z]{3}$/),
        /** Whole minor units; hundredths of a per cent for a residual. */
        rate: z.int().min(0),
        basis: long,
      })
      .readonly(),
    label: long,
    credit: long,
    /** What a withdrawal does to what was released; everything before that stage stops at once, always. */
    afterWithdrawal: z
      .strictObject({ released: z.enum(['take-down', 'sell-off']), sellOffDays: z.int().min(0).max(365) })
      .readonly(),
    noticeHours: z.int().min(48),
  })
  .readonly()
  .refine(
    ({ from, makeUntil, until }) => from < makeUntil && makeUntil <= until && until - from <= longestTerm,
    'a term has an end, within three years',
  )
  .refine(
    ({ afterWithdrawal: { released, sellOffDays } }) => (released === 'sell-off') === sellOffDays > 0,
    'a sell-off has days, and a take-down none',
  )
export type Terms = z.output<typeof terms>

/** Under a key of small order anybody could sign anything: whoever had one could take back whatever they said. */
const weak = 'a key under which one signature fits whatever is said'
const bound = (spelt: string) => {
  try {
    return binds(fromBase64url(spelt).slice(-32))
  } catch {
    return false
  }
}
export const publicKey = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ed25519'), key: digest.refine(bound, weak) }).readonly(),
  z
    .strictObject({
      type: z.literal('webauthn'),
      credential: bytes(2000),
      /** The COSE key, of the two kinds that every verifier knows: ES256 and EdDSA, as authenticators spell them. */
      key: z
        .string()
        .regex(/^(?:pQECAyYgASFYI[\w-]{90}|pAEBAycgBiFYI[\w-]{43})$/)
        .refine(key => key.startsWith('pQE') || bound(key), weak),
      /** The site the passkey is of, and where it was asked. */
      site: short,
      origin: short,
    })
    .readonly(),
])
export type PublicKey = z.output<typeof publicKey>

export const roles = ['actor', 'holder', 'company', 'guardian', 'estate', 'union', 'agent'] as const
export type Role = (typeof roles)[number]
export const powers = [
  'grant',
  'refuse',
  'narrow',
  'suspend',
  'resume',
  'withdraw',
  'erase',
  'report-death',
] as const
export type Power = (typeof powers)[number]

const said = { by: party, at: instant }
const ofActor = { ...said, actor: party }
const record = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape }).readonly()

export const statement = z.discriminatedUnion('kind', [
  record('party', {
    at: instant,
    role: z.enum(roles),
    /** The stage name; the legal name is never in a record. */
    name,
    key: publicKey,
    /** The first instant of their majority. */
    adultAt: instant,
    guardian: party.nullable(),
    nonce: digest,
  }),
  record('keys', { ...said, keys: z.array(publicKey).min(1).max(10).readonly() }),
  record('mandate', {
    ...ofActor,
    to: party,
    role: z.enum(['guardian', 'estate', 'union', 'agent']),
    powers: some(z.enum(powers)),
    from: instant,
    until: instant,
  }),
  record('licence', { ...said, terms }),
  record('request', { ...ofActor, terms }),
  record('grant', { ...ofActor, of: reference, terms, noticeWaived: z.boolean() }),
  record('refusal', {
    ...said,
    /** Of this actor's voice; null: a holder's no, of the title. */
    actor: party.nullable(),
    /** Null: of everything. */
    title: name.nullable(),
    act: (z.enum(keysOf(deeds)) as z.ZodType<Act>).nullable(),
  }),
  record('narrowing', { ...said, of: reference, terms }),
  /** Of these grants; of none by name: of every one of these actors, later ones too. */
  record('suspension', { ...said, actors: some(party, 10_000), grants: some(reference, 10_000) }),
  record('resume', { ...said, of: reference }),
  /** Of grants, licences or mandates by name; of none by name: of every grant this actor has made. */
  record('withdrawal', { ...said, actor: party.nullable(), of: some(reference, 10_000) }),
  record('erasure', ofActor),
  record('death', ofActor),
  /** The company's: the key of this actor's voice was destroyed. */
  record('erased', { ...ofActor, of: reference, key: digest }),
  /** The company's: what this entry takes away was walked to its end. The SHA-256 is of the certificate that tells how. */
  record('completed', { ...said, of: reference, certificate: digest }),
  /** The company's: a line was spoken, played, released, with somebody's voice. */
  record('use', {
    ...ofActor,
    act: z.enum(keysOf(deeds)) as z.ZodType<Act>,
    grant: reference,
    licence: reference,
    asker: short,
    title: name,
    episode: name,
    language: name,
    line: name,
    words: digest,
    /** Two uses that are alike, at one instant, are two. */
    nonce: digest,
    milliseconds: z.int().min(0),
    output: digest,
    /** Money due in minor units. */
    due: z.int().min(0),
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
])
export type Statement = z.output<typeof statement>
export type Kind = Statement['kind']
export type Of<K extends Kind> = Extract<Statement, { readonly kind: K }>

/** A statement that was signed by those who may make it and stands in the log. */
export type Entry = {
  readonly [K in Kind]: Of<K> & {
    /** The digest of what was signed. A party's is the party's own name. */
    readonly id: string
    /** Its place in the log, and when it was put there. */
    readonly leaf: number
    readonly logged: number
    /** Everybody whose signature is under it. */
    readonly signers: readonly string[]
  }
}[Kind]
export type EntryOf<K extends Kind> = Extract<Entry, { readonly kind: K }>

export const proof = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ed25519'), by: party, signature: bytes(100) }).readonly(),
  z
    .strictObject({
      type: z.literal('webauthn'),
      by: party,
      credential: bytes(2000),
      authenticatorData: bytes(4000),
      clientData: bytes(8000),
      signature: bytes(2000),
    })
    .readonly(),
])
export type Proof = z.output<typeof proof>

export const languages = ['ja', 'en'] as const
export type ShownLanguage = (typeof languages)[number]

/** A statement, the very text that was shown, and who signed both. */
export const signed = z
  .strictObject({
    statement,
    shown: z.strictObject({ language: z.enum(languages), text: z.string().min(1).max(20_000) }).readonly(),
    proofs: z.array(proof).min(1).max(5).readonly(),
  })
  .readonly()
export type Signed = z.output<typeof signed>

const place = z.looseObject({
  id: digest,
  leaf: z.int().min(0),
  logged: instant,
  signers: z.array(party).min(1).max(10).readonly(),
})

/** Reads an entry that came from another process. Throws on what is none; that its signatures hold, it can't show. */
export function readEntry(given: unknown): Entry {
  const { id, leaf, logged, signers, ...said } = place.parse(given)
  return Object.freeze({ ...statement.parse(said), id, leaf, logged, signers }) as Entry
}
