/** Signatures by Ed25519 and by passkeys. Part of ../verify.ts, which see. */
import { type Bytes, bytes, hex, join, same, sha256, sha256Url, utf8 } from './bytes.ts'
import { type Fields, must, text } from './shape.ts'

/** Whether this proof of these words holds for one of the keys. */
export async function proves(payload: string, proof: Fields, keys: readonly Fields[]): Promise<boolean> {
  const signature = bytes(text(proof.signature))
  if (proof.type === 'ed25519') {
    const own = keys.filter(({ type }) => type === 'ed25519').map(({ key }) => bytes(text(key)))
    const results = await Promise.all(own.map(key => ed25519(key, utf8(payload), signature)))
    return results.includes(true)
  }
  const key = keys.find(({ type, credential }) => type === 'webauthn' && credential === proof.credential)
  if (proof.type !== 'webauthn' || !key) return false
  const client = bytes(text(proof.clientData))
  const said = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(client)) as Fields
  const data = bytes(text(proof.authenticatorData))
  const site = await sha256(utf8(text(key.site)))
  if (said.type !== 'webauthn.get' || said.origin !== key.origin) return false
  // Asked for inside of somebody else's page: what that page showed around it, nobody knows.
  if (said.crossOrigin !== undefined && said.crossOrigin !== false) return false
  if (said.challenge !== (await sha256Url(utf8(payload))) || !same(data.subarray(0, 32), site)) return false
  const flags = data[32] ?? 0
  if ((flags & 5) !== 5) return false // present and verified
  // More than 37 bytes only where a flag says what they are.
  if (data.length < 37 || (data.length > 37 && (flags & 0xc0) === 0)) return false
  return cose(bytes(text(key.key)), join(data, await sha256(client)), signature)
}

/** COSE keys of two kinds: ES256 as `a5 01 02 03 26 20 01 21 58 20 x 22 58 20 y`, EdDSA as `a4 01 01 03 27 20 06 21 58 20 x`. */
async function cose(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const head = hex(key.subarray(0, 10))
  if (head.startsWith('a401010327200621') && key.length === 42)
    return ed25519(key.slice(10), message, signature)
  if (head !== 'a5010203262001215820' || key.length !== 77 || hex(key.subarray(42, 45)) !== '225820')
    return false
  const point = join(Uint8Array.of(4), key.slice(10, 42), key.slice(45))
  const ec = { name: 'ECDSA', namedCurve: 'P-256' }
  const known = await crypto.subtle.importKey('raw', point, ec, false, ['verify'])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, known, fromDer(signature), message)
}

/** Two DER integers, each in the one way DER spells it, to the 64 bytes that WebCrypto asks for. */
function fromDer(der: Bytes): Bytes {
  const end = 4 + (der[3] ?? 0)
  must(der[0] === 0x30 && der[1] === der.length - 2 && der[2] === 2 && der[end] === 2, 'signature')
  must(der.length === end + 2 + (der[end + 1] ?? 0), 'signature')
  const parts = [der.slice(4, end), der.slice(end + 2)].map(part => {
    const [first = 0x80, second = 0] = part
    must(first < 0x80 && (first > 0 || second >= 0x80), 'signature')
    const trimmed = first === 0 ? part.slice(1) : part
    must(trimmed.length <= 32, 'signature')
    return join(new Uint8Array(32 - trimmed.length), trimmed)
  })
  return join(...parts)
}

/** Points of small order, without their sign: under such a key one signature fits whatever is said. */
const small: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** Whether these bytes are an Ed25519 key that binds: a point spelt the one way, of no small order. */
export function binds(key: Uint8Array): boolean {
  const unsigned = key.map((byte, at) => (at === 31 ? byte & 0x7f : byte))
  const beyond = /^(?:e[d-f]|f.)(?:ff){30}7f$/.test(hex(unsigned))
  return key.length === 32 && !beyond && !small.has(hex(unsigned))
}

export async function ed25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (!binds(key) || signature.length !== 64) return false
  const known = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', known, signature, message)
}
