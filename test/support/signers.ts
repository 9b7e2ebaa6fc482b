import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { base64url, concat, utf8 } from '../../consent/bytes.ts'
import { challengeOf, idOf, prove } from '../../consent/proof.ts'
import type { Of, Proof, PublicKey, ShownLanguage, Signed, Statement } from '../../consent/records.ts'
import { wordingOf } from '../../consent/wording.ts'

/** Somebody with a key of their own. */
export type Signer = {
  readonly id: string
  readonly key: PublicKey
  /** Their enrolment, signed by themselves. */
  readonly enrolment: Signed
  readonly prove: (what: Pick<Signed, 'statement' | 'shown'>) => Proof
  readonly say: (statement: Statement, ...with_: readonly Signer[]) => Signed
}

export const shown = (statement: Statement, language: ShownLanguage = 'ja') => ({
  statement,
  shown: { language, text: wordingOf(statement, language) },
})

const site = 'kotodama.example'
const origin = 'https://kotodama.example'

/** What is not as it should be with a key on a phone. */
export type PasskeyChange = {
  readonly flags?: number
  readonly site?: string
  readonly origin?: string
  /** Of what the page says, other fields. */
  readonly said?: (said: { readonly challenge: string }) => object
  /** What stands before what the page says. */
  readonly before?: string
  readonly data?: (data: Uint8Array) => Uint8Array
}

/** A key on a phone: an authenticator that does what WebAuthn says, without the phone. */
export function passkey(change: PasskeyChange = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const coordinate = (spelt: string) => Uint8Array.from(Buffer.from(spelt, 'base64url'))
  const head = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
  const cose = concat(head('a5010203262001215820'), coordinate(x), head('225820'), coordinate(y))
  const credential = base64url(randomBytes(16))
  const key: PublicKey = { type: 'webauthn', credential, key: base64url(cose), site, origin }
  const proveAs =
    (by: string) =>
    (what: Pick<Signed, 'statement' | 'shown'>): Proof => {
      const said = {
        type: 'webauthn.get',
        challenge: challengeOf(what),
        origin: change.origin ?? origin,
        crossOrigin: false,
      }
      const clientData = utf8((change.before ?? '') + JSON.stringify({ ...said, ...change.said?.(said) }))
      const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
      // 0x05: the person was present and was verified.
      const flags = Uint8Array.of(change.flags ?? 5, 0, 0, 0, 7)
      const data = concat(hash(change.site ?? site), flags)
      const authenticatorData = change.data?.(data) ?? data
      const signature = sign('sha256', concat(authenticatorData, hash(clientData)), privateKey)
      return {
        type: 'webauthn',
        by,
        credential,
        authenticatorData: base64url(authenticatorData),
        clientData: base64url(clientData),
        signature: base64url(signature),
      }
    }
  return { key, proveAs }
}

/** A public key, and whoever holds the secret one proving things as somebody. */
export type Key = { readonly key: PublicKey; readonly proveAs: (by: string) => Signer['prove'] }

export function keypair(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key: PublicKey = { type: 'ed25519', key: publicKey.export({ format: 'jwk' }).x ?? '' }
  return {
    key,
    proveAs: (by: string) => (what: Pick<Signed, 'statement' | 'shown'>) => prove(privateKey, by, what),
  }
}

/** Enrols somebody: `by` signs with them, as a minor's guardian does. */
export function enrol(
  role: Of<'party'>['role'],
  change: Partial<Of<'party'>> = {},
  { key, proveAs }: Key = keypair(),
  ...by: readonly Signer[]
): Signer {
  const statement: Statement = {
    kind: 'party',
    at: 0,
    role,
    name: `some ${role}`,
    key,
    adultAt: 0,
    guardian: null,
    nonce: base64url(randomBytes(32)),
    ...change,
  }
  const what = shown(statement)
  const id = idOf(what)
  const own = proveAs(id)
  return {
    id,
    key,
    enrolment: { ...what, proofs: [own(what), ...by.map(one => one.prove(what))] },
    prove: own,
    say: (statement, ...more) => {
      const what = shown(statement)
      return { ...what, proofs: [own(what), ...more.map(one => one.prove(what))] }
    },
  }
}
