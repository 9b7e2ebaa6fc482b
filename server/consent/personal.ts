import { randomBytes } from 'node:crypto'
import { decrypt, encrypt, type Kms, readEnvelope, writeEnvelope } from '../../consent/index.ts'

/** What is about a person and no voice to be used: a legal name, a spoken statement on its way to its reviewer. */
export type Personal = {
  readonly seal: (owner: string, plain: Uint8Array) => Promise<Uint8Array>
  /** Throws `Closed` on what was not sealed for this owner. */
  readonly open: (owner: string, sealed: Uint8Array) => Promise<Uint8Array>
}

/** Its keys are not those of voices: who has their voice erased keeps their name, and the other way round. */
export function openPersonal(kms: Kms): Personal {
  const keyOf = (owner: string) => `person ${owner}`
  return {
    async seal(owner, plain) {
      const dataKey = new Uint8Array(randomBytes(32))
      return writeEnvelope(owner, await kms.wrap(keyOf(owner), dataKey), encrypt(dataKey, owner, plain))
    },
    async open(owner, bytes) {
      const { wrapped, sealed } = readEnvelope(bytes)
      return decrypt(await kms.unwrap(keyOf(owner), wrapped), owner, sealed)
    },
  }
}
