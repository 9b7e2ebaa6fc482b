import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { base64url, concat, text, utf8 } from './bytes.ts'
import type { Storage } from './log/storage.ts'
import type { Use } from './terms.ts'

/** Who keeps the keys of voices: a sealed file here, or a service that never lets them out. */
export type Kms = {
  /** Encrypts a data key under this owner's key, which is made when there is none. */
  readonly wrap: (owner: string, dataKey: Uint8Array) => Promise<Uint8Array>
  /**
   * Throws `Closed` when there is no such key or what was wrapped was not wrapped with it. A service at a distance asks
   * its own gate about `use` first: whoever asks it need not be believed.
   */
  readonly unwrap: (owner: string, wrapped: Uint8Array, use?: Use) => Promise<Uint8Array>
  /** Destroys the owner's key for good; gives its fingerprint, or nothing when there is none. */
  readonly destroy: (owner: string) => Promise<string | undefined>
}

/** What is sealed stays so: the key is gone, or is not the one. */
export class Closed extends Error {
  override readonly name = 'Closed'
}

const nonceLength = 12
const tagLength = 16

/** AES-256-GCM with a fresh nonce, `nonce ‖ tag ‖ ciphertext`; `about` is bound in, so that nothing passes for another. */
export function encrypt(key: Uint8Array, about: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(utf8(about))
  const sealed = concat(cipher.update(plain), cipher.final())
  return concat(nonce, cipher.getAuthTag(), sealed)
}

/** Throws `Closed` when the key, what it is about, or a byte is another. */
export function decrypt(key: Uint8Array, about: string, bytes: Uint8Array): Uint8Array {
  try {
    const tag = bytes.subarray(nonceLength, nonceLength + tagLength)
    const options = { authTagLength: tagLength }
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), options)
    decipher.setAAD(utf8(about)).setAuthTag(tag)
    return concat(decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final())
  } catch {
    throw new Closed('What was sealed can’t be opened with this key.')
  }
}

/** A key's name for the outside: it tells keys apart and nothing else. */
export const fingerprint = (key: Uint8Array): string =>
  createHash('sha256').update('kotodama.consent/key\n').update(key).digest('base64url')

/**
 * Keys in files, each sealed with the master key of 32 bytes. Its storage must lie outside every backup of the house:
 * what destroys a key is that no copy of it is left.
 */
export function sealedFiles(storage: Storage, master: Uint8Array): Kms {
  if (master.length !== 32) throw new TypeError('A master key has 32 bytes.')
  const path = (owner: string) => `keys/${createHash('sha256').update(owner).digest('hex')}`
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function find(owner: string): Promise<Uint8Array | undefined> {
    const sealed = await storage.read(path(owner))
    return sealed && sealed.length > 0 ? decrypt(master, owner, sealed) : undefined
  }

  return {
    wrap: (owner, dataKey) =>
      inTurn(async () => {
        let key = await find(owner)
        if (!key) {
          key = new Uint8Array(randomBytes(32))
          await storage.write(path(owner), encrypt(master, owner, key))
        }
        return encrypt(key, 'data key', dataKey)
      }),
    unwrap: (owner, wrapped) =>
      inTurn(async () => {
        const key = await find(owner)
        if (!key) throw new Closed('There is no key to this voice.')
        return decrypt(key, 'data key', wrapped)
      }),
    destroy: owner =>
      inTurn(async () => {
        const key = await find(owner)
        if (!key) return undefined
        await storage.write(path(owner), new Uint8Array())
        await storage.remove(path(owner))
        return fingerprint(key)
      }),
  }
}

/** A sealed thing on disk: whose, the wrapped data key, and what was sealed. */
export const writeEnvelope = (owner: string, wrapped: Uint8Array, sealed: Uint8Array): Uint8Array => {
  const head = utf8(JSON.stringify({ owner, wrapped: base64url(wrapped) }))
  return concat(Uint8Array.of(head.length >> 8, head.length & 255), head, sealed)
}

/** Throws `Closed` on what is no envelope. */
export function readEnvelope(bytes: Uint8Array): {
  readonly owner: string
  readonly wrapped: Uint8Array
  readonly sealed: Uint8Array
} {
  try {
    const end = 2 + (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0))
    const head: { owner?: unknown; wrapped?: unknown } = JSON.parse(text(bytes.subarray(2, end)))
    return {
      owner: String(head.owner),
      wrapped: Uint8Array.from(Buffer.from(String(head.wrapped), 'base64url')),
      sealed: bytes.slice(end),
    }
  } catch {
    throw new Closed('This is nothing that was sealed here.')
  }
}
