import type { PasskeyNonce, Prepared } from '../../server/contract.ts'
import { canonical, digestBytes, type Proof, spell } from './sign.ts'

/**
 * A key that is kept on paper: an Ed25519 secret that this page makes, shows once and forgets. With it somebody who lost
 * every passkey comes in and puts a new one in their place.
 */
export type Paper = {
  /** The public key, base64url. */
  readonly key: string
  readonly sign: (text: string) => Promise<string>
}

/** Crockford’s base 32: no letter that a hand could take for a digit. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBytes = 32
/** So that a slip of the hand is told at once: 16 bits of SHA-256 behind the secret. */
const checkBytes = 2
const pkcs8 = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]

export const newSecret = (): Uint8Array => crypto.getRandomValues(new Uint8Array(secretBytes))

/** As it is written down: eleven groups of five. */
export async function writePaper(secret: Uint8Array): Promise<string> {
  const bits = [...secret, ...(await checkOf(secret))].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const spelt = bits.replace(/.{1,5}/g, five => letters[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
  return spelt.match(/.{1,5}/g)?.join('-') ?? ''
}

/** What was written down, however it is typed. None when it is no such key, or has a slip in it. */
export async function readPaper(typed: string): Promise<Uint8Array | undefined> {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (plain.length !== 55 || [...plain].some(letter => !letters.includes(letter))) return undefined
  const bits = [...plain].map(letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Uint8Array.from(bits.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2)).slice(
    0,
    secretBytes,
  )
  return (await writePaper(secret)).replaceAll('-', '') === plain ? secret : undefined
}

const checkOf = async (secret: Uint8Array): Promise<readonly number[]> => [
  ...(await digestBytes(secret)).slice(0, checkBytes),
]

/** Throws where the browser knows no Ed25519. */
export async function openPaper(secret: Uint8Array): Promise<Paper> {
  const key = await crypto.subtle.importKey(
    'pkcs8',
    Uint8Array.from([...pkcs8, ...secret]),
    'Ed25519',
    true,
    ['sign'],
  )
  const { x = '' } = await crypto.subtle.exportKey('jwk', key)
  return {
    key: x,
    sign: async text =>
      spell(new Uint8Array(await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(text)))),
  }
}

/** Signs exactly what was shown: the register takes from this key what changes keys, and what stops a voice. */
export const signByPaper = async (paper: Paper, { statement, shown }: Prepared): Promise<Proof> => ({
  kept: paper.key,
  signature: await paper.sign(canonical({ protocol: 'kotodama.consent/1', shown, statement })),
})

/** Comes in. It is no JSON that is signed, so that it can never be a statement. */
export const enterByPaper = async (paper: Paper, { nonce }: PasskeyNonce): Promise<Proof> => ({
  kept: paper.key,
  signature: await paper.sign(`kotodama sign-in\n${nonce}`),
})
