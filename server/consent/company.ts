import { createPublicKey, randomBytes } from 'node:crypto'
import {
  idOf,
  type Proof,
  prove,
  type Signed,
  type Statement,
  type Storage,
  signed,
  wordingOf,
} from '../../consent/index.ts'
import { pem } from './keys.ts'

/** The house's own party in the register: it asks, it tells of uses, and it can say nothing else. */
export type Company = {
  readonly id: string
  readonly name: string
  readonly enrolment: Signed
  readonly prove: (what: Pick<Signed, 'statement' | 'shown'>) => Proof
}

const path = 'company.json'

/**
 * The company as it enrolled at the first start. Without its key it can be named but says nothing: proving throws.
 * None when it never enrolled and has no key.
 */
export async function findCompany(
  storage: Storage,
  key: Uint8Array | undefined,
  name: string,
  now: () => number,
): Promise<Company | undefined> {
  const kept = await storage.read(path)
  if (kept) return companyOf(signed.parse(JSON.parse(Buffer.from(kept).toString('utf8'))), key)
  if (!key) return undefined
  const x = createPublicKey(pem(key)).export({ format: 'jwk' }).x ?? ''
  const statement: Statement = {
    kind: 'party',
    at: now(),
    role: 'company',
    name: name.normalize('NFC'),
    key: { type: 'ed25519', key: x },
    adultAt: 0,
    guardian: null,
    nonce: randomBytes(32).toString('base64url'),
  }
  const what = { statement, shown: { language: 'en' as const, text: wordingOf(statement, 'en') } }
  const enrolment = { ...what, proofs: [prove(pem(key), idOf(what), what)] }
  await storage.write(path, Buffer.from(JSON.stringify(enrolment)))
  return companyOf(enrolment, key)
}

function companyOf(enrolment: Signed, key: Uint8Array | undefined): Company {
  const { statement } = enrolment
  if (statement.kind !== 'party' || statement.key.type !== 'ed25519')
    throw new Error('The company’s enrolment is none.')
  const fits = key && createPublicKey(pem(key)).export({ format: 'jwk' }).x === statement.key.key
  if (key && !fits) throw new Error('The company’s key is not the one it enrolled with.')
  const id = idOf(enrolment)
  return {
    id,
    name: statement.name,
    enrolment,
    prove: what => {
      if (!key) throw new Error('The company’s key is missing.')
      return prove(pem(key), id, what)
    },
  }
}
