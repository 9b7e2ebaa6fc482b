/**
 * The verifier of receipts, for Node and browsers: it leans on nothing but WebCrypto and imports nothing, so that this one
 * file can be read, copied and run by whoever trusts nobody. The rules stand in docs/consent-protocol.md. It is one file,
 * longer than the house’s others, because it is handed out alone.
 */

/** What a receipt proves, or the first rule it breaks. */
export type Verdict =
  | {
      readonly valid: true
      readonly actor: string
      readonly grant: string
      readonly terms: unknown
      readonly logged: number
      readonly size: number
      readonly asOf: number
      readonly withdrawn: boolean
    }
  | { readonly valid: false; readonly broken: Rule }
export type Rule =
  | ('shape' | 'log-key' | 'checkpoint' | 'inclusion')
  | ('kind' | 'signer' | 'signature' | 'status')

type Fields = { readonly [name: string]: unknown }
type Bytes = Uint8Array<ArrayBuffer>
class Broken extends Error {
  readonly rule: Rule
  constructor(rule: Rule) {
    super(rule)
    this.rule = rule
  }
}
function must(holds: boolean, rule: Rule): asserts holds {
  if (!holds) throw new Broken(rule)
}

/** Verifies a receipt's text with the log's public key, spelt as a note key. Total: never throws. */
export async function verifyReceipt(file: string, logKey: string): Promise<Verdict> {
  let rule: Rule = 'shape'
  try {
    must(file.length < 4_000_000, 'shape')
    const receipt = record(JSON.parse(file), ['protocol', 'checkpoint', 'grant', 'signers', 'status'])
    must(receipt.protocol === 'kotodama.consent.receipt/1', 'shape')
    // One spelling alone: two readers of one file can't read two things, a name given twice among them.
    must(canonical(receipt) === file.trim(), 'shape')
    rule = 'log-key'
    const key = readKey(logKey)
    rule = 'checkpoint'
    const [origin, size = '', root = '', ...more] = (await note(text(receipt.checkpoint), key, rule)).split(
      '\n',
    )
    must(origin === key.name && /^[1-9]\d{0,15}$/.test(size) && more.at(-1) === '', rule)
    const tree = { size: Number(size), root: bytes(root, 'base64') }
    must(Number.isSafeInteger(tree.size) && tree.root.length === 32, rule)
    rule = 'inclusion'
    const grant = await stood(receipt.grant, tree)
    must(Array.isArray(receipt.signers) && receipt.signers.length < 100, 'shape')
    const before = await Promise.all(receipt.signers.map((one: unknown) => stood(one, tree)))
    rule = 'kind'
    const { statement } = grant
    must(statement.kind === 'grant', rule)
    rule = 'signer'
    const keys = await keysBefore(before, grant.index)
    rule = 'signature'
    must(
      grant.proofs.some(({ by }) => by === statement.by),
      rule,
    )
    for (const proof of grant.proofs)
      must(await proves(grant.payload, proof, keys.get(text(proof.by)) ?? []), rule)
    rule = 'status'
    const [about, listed = '', ...rest] = (await note(text(receipt.status), key, rule)).split('\n')
    must(about === `${key.name}/status` && rest.length === 1, rule)
    const list = record(JSON.parse(listed), ['asOf', 'size', 'ended'])
    must(canonical(list) === listed && Array.isArray(list.ended), rule)
    must(typeof list.asOf === 'number' && typeof list.size === 'number' && list.size >= tree.size, rule)
    const name = await sha256Url(utf8(canonical(['kotodama.consent/status', grant.id])))
    return {
      valid: true,
      actor: text(statement.actor),
      grant: grant.id,
      terms: statement.terms,
      logged: grant.logged,
      size: tree.size,
      asOf: list.asOf,
      withdrawn: list.ended.includes(name),
    }
  } catch (error) {
    return { valid: false, broken: error instanceof Broken ? error.rule : rule }
  }
}

type Stood = Awaited<ReturnType<typeof stood>>

/** A statement that stood in the log: its salted commitment is a leaf under the root. */
async function stood(given: unknown, tree: { readonly size: number; readonly root: Bytes }) {
  const one = record(given, ['salt', 'signed', 'index', 'logged', 'proof'])
  const signed = record(one.signed, ['statement', 'shown', 'proofs'])
  const shown = record(signed.shown, ['language', 'text'])
  must(Array.isArray(signed.proofs) && signed.proofs.length > 0 && signed.proofs.length <= 5, 'shape')
  must(typeof signed.statement === 'object' && signed.statement !== null, 'shape')
  must(Array.isArray(one.proof) && one.proof.length <= 64, 'shape')
  must(Number.isSafeInteger(one.index) && Number.isSafeInteger(one.logged), 'shape')
  const commitment = await sha256Url(join(bytes(text(one.salt)), utf8(canonical(signed))))
  const leaf = await sha256(join(Uint8Array.of(0), utf8(canonical({ commitment, logged: one.logged }))))
  const path = one.proof.map((hash: unknown) => bytes(text(hash)))
  must(await includes(leaf, Number(one.index), tree.size, path, tree.root), 'inclusion')
  const statement = signed.statement as Fields
  const payload = canonical({ protocol: 'kotodama.consent/1', shown, statement })
  return {
    statement,
    payload,
    id: await sha256Url(utf8(payload)),
    proofs: signed.proofs as readonly Fields[],
    index: Number(one.index),
    logged: Number(one.logged),
  }
}

/** Every signer's keys at this place of the log. Who enrols is named by their own enrolment; keys change by their own word. */
async function keysBefore(statements: readonly Stood[], index: number) {
  const keys = new Map<string, readonly Fields[]>()
  let last = -1
  for (const one of statements) {
    const { kind, by, key, keys: next } = one.statement
    must(one.index > last && one.index < index && (kind === 'party' || kind === 'keys'), 'signer')
    last = one.index
    const who = kind === 'party' ? one.id : text(by)
    const current = kind === 'party' ? [key as Fields] : (keys.get(who) ?? [])
    const own = one.proofs.find(proof => proof.by === who)
    must(own !== undefined && (await proves(one.payload, own, current)), 'signer')
    must(kind === 'party' || Array.isArray(next), 'signer')
    keys.set(who, kind === 'party' ? current : (next as readonly Fields[]))
  }
  return keys
}

async function proves(payload: string, proof: Fields, keys: readonly Fields[]): Promise<boolean> {
  const signature = bytes(text(proof.signature))
  if (proof.type === 'ed25519') {
    const own = keys.filter(({ type }) => type === 'ed25519').map(({ key }) => bytes(text(key)))
    const results = await Promise.all(own.map(key => ed25519(key, utf8(payload), signature)))
    return results.includes(true)
  }
  const key = keys.find(({ type, credential }) => type === 'webauthn' && credential === proof.credential)
  if (proof.type !== 'webauthn' || !key) return false
  const client = bytes(text(proof.clientData))
  const said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(client)) as Fields
  const data = bytes(text(proof.authenticatorData))
  const site = await sha256(utf8(text(key.site)))
  if (said.type !== 'webauthn.get' || said.origin !== key.origin) return false
  if (said.challenge !== (await sha256Url(utf8(payload))) || !same(data.subarray(0, 32), site)) return false
  if (data.length < 37 || ((data[32] ?? 0) & 5) !== 5) return false // present and verified
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

/** Two DER integers to the 64 bytes that WebCrypto asks for. */
function fromDer(der: Bytes): Bytes {
  const end = 4 + (der[3] ?? 0)
  must(der[0] === 0x30 && der[1] === der.length - 2 && der[2] === 2 && der[end] === 2, 'signature')
  must(der.length === end + 2 + (der[end + 1] ?? 0), 'signature')
  const parts = [der.slice(4, end), der.slice(end + 2)].map(part => {
    const trimmed = part[0] === 0 ? part.slice(1) : part
    must(trimmed.length <= 32, 'signature')
    return join(new Uint8Array(32 - trimmed.length), trimmed)
  })
  return join(...parts)
}

async function ed25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64) return false
  const known = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', known, signature, message)
}

type NoteKey = { readonly name: string; readonly hash: string; readonly key: Bytes }

function readKey(spelt: string): NoteKey {
  const [, name = '', hash = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(spelt) ?? []
  const raw = bytes(key, 'base64')
  must(raw.length === 33 && raw[0] === 1, 'log-key')
  return { name, hash, key: raw.slice(1) }
}

/** The body of a note that bears this key's signature. */
async function note(given: string, { name, hash, key }: NoteKey, rule: Rule): Promise<string> {
  const end = given.lastIndexOf('\n\n')
  must(end > 0 && given.endsWith('\n'), rule)
  const body = given.slice(0, end + 1)
  for (const line of given.slice(end + 2, -1).split('\n')) {
    const [dash, by, signature = '', ...more] = line.split(' ')
    must(dash === '—' && more.length === 0, rule)
    const raw = bytes(signature, 'base64')
    if (by !== name || hex(raw.subarray(0, 4)) !== hash) continue
    must(await ed25519(key, utf8(body), raw.slice(4)), rule)
    return body
  }
  throw new Broken(rule)
}

/** RFC 9162 2.1.3.2. */
async function includes(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes) {
  if (index < 0 || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0 || sibling.length !== 32) return false
    const left = at % 2 === 1 || at === last
    hash = await sha256(join(Uint8Array.of(1), ...(left ? [sibling, hash] : [hash, sibling])))
    while (left && at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && same(hash, root)
}

/** RFC 8785. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) {
    must(typeof value !== 'string' || !/\p{Surrogate}/u.test(value), 'shape')
    return JSON.stringify(value)
  }
  const names = Object.keys(value).sort()
  return `{${names.map(name => `${canonical(name)}:${canonical((value as Fields)[name])}`).join(',')}}`
}

/** Exactly these fields. */
function record(value: unknown, names: readonly string[]): Fields {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), 'shape')
  must(Object.keys(value).sort().join() === [...names].sort().join(), 'shape')
  return value as Fields
}

function text(value: unknown): string {
  must(typeof value === 'string', 'shape')
  return value
}

/** One spelling alone: no padding where there is none, no bits to spare. */
function bytes(spelt: string, alphabet: 'base64' | 'base64url' = 'base64url'): Bytes {
  const url = alphabet === 'base64url'
  must(url ? /^[\w-]*$/.test(spelt) : /^[A-Za-z0-9+/]*=*$/.test(spelt), 'shape')
  const standard = url ? spelt.replaceAll('-', '+').replaceAll('_', '/') : spelt
  const padded = url ? standard + '='.repeat((4 - (standard.length % 4)) % 4) : standard
  const binary = atob(padded)
  must(btoa(binary) === padded, 'shape')
  return Uint8Array.from(binary, letter => letter.charCodeAt(0))
}

const utf8 = (given: string): Bytes => new TextEncoder().encode(given)
const hex = (given: Uint8Array) => Array.from(given, byte => byte.toString(16).padStart(2, '0')).join('')
const same = (left: Uint8Array, right: Uint8Array) => hex(left) === hex(right)
const sha256 = async (given: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', given))
const sha256Url = async (given: Bytes) =>
  btoa(String.fromCharCode(...(await sha256(given))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
