import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { base64, base64url, concat, equal, fromBase64, fromBase64url, hex, utf8 } from '../bytes.ts'
import { sha256 } from './tree.ts'

/**
 * Signed notes by C2SP signed-note, and the co-signatures of witnesses by C2SP tlog-cosignature. A note is its text,
 * an empty line, and one line a signature.
 */

/** What a signature is by: the log's own (0x01) or a witness's with its time (0x04). */
const algorithms = { ed25519: 1, cosignature: 4 } as const
export type Algorithm = keyof typeof algorithms

export type NoteVerifier = {
  readonly name: string
  readonly algorithm: Algorithm
  /** 32 bytes. */
  readonly key: Uint8Array
}
export type NoteSigner = NoteVerifier & {
  /** The lines's bytes after the key's hash. */
  readonly sign: (body: string) => Uint8Array
}

const keyHash = ({ name, algorithm, key }: NoteVerifier) =>
  sha256(utf8(`${name}\n`), Uint8Array.of(algorithms[algorithm]), key).subarray(0, 4)

/** The public key as others are told it: `name+hash+key`. */
export const spellKey = (verifier: NoteVerifier): string =>
  `${verifier.name}+${hex(keyHash(verifier))}+${base64(concat(Uint8Array.of(algorithms[verifier.algorithm]), verifier.key))}`

/** Reads a spelt key; throws when it is none. */
export function readKey(spelt: string): NoteVerifier {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(spelt)
  const bytes = parts?.[3] ? fromBase64(parts[3]) : new Uint8Array()
  const algorithm = (Object.keys(algorithms) as Algorithm[]).find(name => algorithms[name] === bytes[0])
  const verifier = { name: parts?.[1] ?? '', algorithm: algorithm ?? 'ed25519', key: bytes.slice(1) }
  if (!parts || !algorithm || bytes.length !== 33 || hex(keyHash(verifier)) !== parts[2])
    throw new TypeError('This is no note key.')
  return verifier
}

/** A signer of an Ed25519 key given by its 32 secret bytes. With `now`, a witness that says when. */
export function openSigner(name: string, secret: Uint8Array, now?: () => number): NoteSigner {
  if (!/^[^\s+]+$/.test(name)) throw new TypeError('A note key’s name has no space and no plus.')
  const pkcs8 = concat(Uint8Array.from(Buffer.from('302e020100300506032b657004220420', 'hex')), secret)
  const own = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const key = fromBase64url(createPublicKey(own).export({ format: 'jwk' }).x ?? '')
  if (!now) return { name, algorithm: 'ed25519', key, sign: body => sign(null, utf8(body), own) }
  return {
    name,
    algorithm: 'cosignature',
    key,
    sign: body => {
      const seconds = Math.floor(now() / 1000)
      const time = new Uint8Array(8)
      new DataView(time.buffer).setBigUint64(0, BigInt(seconds))
      return concat(time, sign(null, utf8(cosigned(body, seconds)), own))
    },
  }
}

const cosigned = (body: string, seconds: number | bigint) => `cosignature/v1\ntime ${seconds}\n${body}`

/** The note's line of this signer. */
export const signatureLine = (body: string, signer: NoteSigner): string =>
  `— ${signer.name} ${base64(concat(keyHash(signer), signer.sign(body)))}\n`

export const signNote = (body: string, signers: readonly NoteSigner[]): string => {
  if (!body.endsWith('\n')) throw new TypeError('A note ends in a line break.')
  return `${body}\n${signers.map(signer => signatureLine(body, signer)).join('')}`
}

/** A signature that holds: by whom and, if they said, when. */
export type Signature = { readonly by: NoteVerifier; readonly at?: number }
export type Note = { readonly body: string; readonly signatures: readonly Signature[] }

/**
 * Reads a note and keeps the signatures of the given keys. Throws a TypeError when it is no note or when a signature
 * that claims one of these keys is false; lines of unknown keys are passed over, as the standard asks.
 */
export function readNote(note: string, verifiers: readonly NoteVerifier[]): Note {
  const end = note.lastIndexOf('\n\n')
  const body = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  if (end < 0 || lines.pop() !== '' || lines.length === 0 || lines.length > 100 || hasControls(note))
    throw new TypeError('This is no signed note.')
  const signatures = new Map<NoteVerifier, Signature>()
  for (const line of lines) {
    const [, name, spelt] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
    if (!name || !spelt) throw new TypeError('This is no signature line.')
    const bytes = fromBase64(spelt)
    const by = verifiers.find(
      verifier => verifier.name === name && equal(keyHash(verifier), bytes.slice(0, 4)),
    )
    if (!by || signatures.has(by)) continue
    signatures.set(by, { by, ...held(body, by, bytes.slice(4)) })
  }
  return { body, signatures: [...signatures.values()] }
}

const hasControls = (note: string) => /[\0-\x09\x0b-\x1f\x7f\p{Surrogate}]/u.test(note)

function held(body: string, { algorithm, key }: NoteVerifier, bytes: Uint8Array): { at?: number } {
  const time = algorithm === 'cosignature' ? bytes.slice(0, 8) : undefined
  const seconds = time?.length === 8 ? new DataView(time.buffer).getBigUint64(0) : undefined
  const message = seconds === undefined ? body : cosigned(body, seconds)
  if (!verify(null, utf8(message), publicKey(key), bytes.slice(time ? 8 : 0)))
    throw new TypeError('A signature on the note is false.')
  return seconds === undefined ? {} : { at: Number(seconds) * 1000 }
}

/** An Ed25519 key of 32 bytes, as node:crypto has it. */
export const publicKey = (key: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(key) }, format: 'jwk' })
