import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { PasskeyNonce, Prepared, ProofShape } from '../../server/contract.ts'

export type Proof = ProofShape

/** JSON by RFC 8785, of what came as JSON: written once more, so that the page needs to believe nobody about a name. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

/** The name of a statement with its text, which is what the passkey signs. */
export const nameOf = ({ statement, shown }: Pick<Prepared, 'statement' | 'shown'>): Promise<string> =>
  digestOf(canonical({ protocol: 'kotodama.consent/1', shown, statement }))

const digestOf = async (text: string): Promise<string> =>
  spell(await digestBytes(new TextEncoder().encode(text)))

/** SHA-256. */
export const digestBytes = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))

/** base64url without padding. */
export const spell = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** A server asked for a signature over something else than what stood on the page. */
export class OtherText extends Error {
  override readonly name = 'OtherText'
}

/** Has the passkey sign exactly what was shown. Throws what the browser throws when its person does not. */
export async function signText(ready: Prepared): Promise<Proof> {
  if ((await nameOf(ready)) !== ready.id) throw new OtherText()
  return assert(ready.id, ready.site, ready.credentials)
}

/**
 * Has the passkey sign in. What it signs is made here under a name of its own, so that no server can have a statement
 * signed in the place of a sign-in.
 */
export const signIn = async ({ nonce, site }: PasskeyNonce): Promise<Proof> =>
  assert(await digestOf(`kotodama sign-in\n${nonce}`), site, [])

async function assert(challenge: string, rpId: string, credentials: readonly string[]): Promise<Proof> {
  const { id, response } = await startAuthentication({
    optionsJSON: {
      ...{ challenge, rpId, userVerification: 'required', timeout: 300_000 },
      allowCredentials: credentials.map(id => ({ id, type: 'public-key' })),
    },
  })
  const { authenticatorData, clientDataJSON: clientData, signature } = response
  return { credential: id, authenticatorData, clientData, signature }
}

/** Makes a passkey, by the options that the server gave. */
export async function makePasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  return { ...(await startRegistration({ optionsJSON: options as never })) }
}

/** Passkeys are known over https and at localhost alone. */
export const knowsPasskeys = (): boolean =>
  globalThis.isSecureContext && typeof globalThis.PublicKeyCredential === 'function'
