import { createHash, createPrivateKey, type KeyObject, sign, verify } from 'node:crypto'
import { base64url, fromBase64url, text, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import { publicKey as noteKey } from './log/note.ts'
import type { Proof, PublicKey, Signed, Statement } from './records.ts'

type Passkey = Extract<PublicKey, { type: 'webauthn' }>
type Assertion = Omit<Extract<Proof, { type: 'webauthn' }>, 'type' | 'by'>

/** The name of this protocol, in everything that is signed: no signature of ours serves for anything else. */
export const protocol = 'kotodama.consent/1'

/** What is signed: the canonical JSON of the statement and of the text that was shown. */
export const payload = ({ statement, shown }: Pick<Signed, 'statement' | 'shown'>): string =>
  canonical({ protocol, shown, statement })

/** A statement's name. A party's is the party's own: it commits to their first key, so nobody can be enrolled over. */
export const idOf = (signed: Pick<Signed, 'statement' | 'shown'>): string =>
  createHash('sha256').update(payload(signed)).digest('base64url')

/** A proof by an Ed25519 key, opened or as PKCS #8: what the command line and a company's own service sign with. */
export function prove(
  secret: string | KeyObject,
  by: string,
  what: Pick<Signed, 'statement' | 'shown'>,
): Proof {
  const key = typeof secret === 'string' ? createPrivateKey(secret) : secret
  const signature = sign(null, utf8(payload(what)), key)
  return { type: 'ed25519', by, signature: base64url(signature) }
}

/** What a passkey is asked to sign, as WebAuthn's `challenge`: the digest of the payload, so it serves for it alone. */
export const challengeOf = idOf

/** Whether this passkey, with its person verified, signed this challenge on a page of this origin. @throws when it is nonsense */
export async function passkeySigned(
  proof: Assertion,
  challenge: string,
  origin: string,
  key: Passkey,
): Promise<boolean> {
  const said = JSON.parse(text(fromBase64url(proof.clientData)))
  // Asked for inside of somebody else's page: what that page showed around it, nobody knows.
  if (said.crossOrigin !== undefined && said.crossOrigin !== false) return false
  // Loaded when it is asked: it is 270 files, and most of what reads this signs and verifies by other keys or not at all.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { verified } = await verifyAuthenticationResponse({
    response: {
      id: proof.credential,
      rawId: proof.credential,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        authenticatorData: proof.authenticatorData,
        clientDataJSON: proof.clientData,
        signature: proof.signature,
      },
    },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: key.site,
    requireUserVerification: true,
    credential: { id: key.credential, publicKey: fromBase64url(key.key), counter: 0 },
  })
  return verified
}

/** Whether this Ed25519 key signed this text. Total: nonsense is false. */
export function keySigned(key: string, text: string, signature: string): boolean {
  try {
    return verify(null, utf8(text), noteKey(fromBase64url(key)), fromBase64url(signature))
  } catch {
    return false
  }
}

/** True when this proof of these words holds for one of the keys. Total: nonsense is false. */
export async function proves(
  what: { readonly statement: Statement; readonly shown: Signed['shown'] },
  proof: Proof,
  keys: readonly PublicKey[],
): Promise<boolean> {
  try {
    if (proof.type === 'ed25519')
      return keys.some(
        ({ type, key }) => type === 'ed25519' && keySigned(key, payload(what), proof.signature),
      )
    const key = keys.find(key => key.type === 'webauthn' && key.credential === proof.credential)
    if (key?.type !== 'webauthn') return false
    // Replay is no threat here: what is signed is one statement, and the log takes it once.
    return await passkeySigned(proof, challengeOf(what), key.origin, key)
  } catch {
    return false
  }
}
