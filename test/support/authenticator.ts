import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Wish } from '../../server/contract.ts'
import type { Client } from './client.ts'

const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const spell = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** A phone's authenticator in software: one passkey, made and used as WebAuthn Level 3 says. */
export function openAuthenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinate = (spelt: string) => Buffer.from(spelt, 'base64url')
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    coordinate(x),
    Buffer.from('225820', 'hex'),
    coordinate(y),
  ])
  const credential = randomBytes(32)
  const site = new URL(origin).hostname
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  return {
    id: spell(credential),
    /** What navigator.credentials.create gives, as JSON. */
    create(challenge: string) {
      // 0x45: present, verified, and a credential follows.
      const length = Buffer.from([0, credential.length])
      const authData = Buffer.concat([
        hash(site),
        Buffer.from([0x45, 0, 0, 0, 0]),
        Buffer.alloc(16),
        length,
        credential,
        cose,
      ])
      const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex')
      const attestation = Buffer.concat([head, Buffer.from([authData.length]), authData])
      return {
        id: spell(credential),
        rawId: spell(credential),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: spell(clientData('webauthn.create', challenge)),
          attestationObject: spell(attestation),
          transports: ['internal'],
        },
      }
    },
    /** What navigator.credentials.get gives, as far as a proof needs it. */
    get(challenge: string) {
      const authData = Buffer.concat([hash(site), Buffer.from([5, 0, 0, 0, 1])])
      const data = clientData('webauthn.get', challenge)
      const signature = sign('sha256', Buffer.concat([authData, hash(data)]), privateKey)
      return {
        credential: spell(credential),
        authenticatorData: spell(authData),
        clientData: spell(data),
        signature: spell(signature),
      }
    },
  }
}
export type Authenticator = ReturnType<typeof openAuthenticator>

/** Somebody at a browser with a passkey: enrols, and says what they mean by signing it. */
export function openPerson(client: Client, authenticator: Authenticator) {
  return {
    client,
    authenticator,
    party: '',
    async enrol(role: 'actor' | 'holder' | 'guardian' | 'estate' | 'union' | 'agent', more: object = {}) {
      const { options } = await client.ask('enrolOptions', {})
      const registration = authenticator.create(String(options.challenge))
      const body = {
        role,
        name: `芸名 ${role}`,
        legalName: `本名 ${role}`,
        adultAt: 0,
        language: 'ja' as const,
      }
      const ready = await client.ask('enrol', {}, { registration, ...body, ...more })
      const said = await this.sign(ready)
      this.party = ready.id
      return said
    },
    /** Signs what was put into words, and says it. */
    async sign({ id, statement, shown }: { id: string; statement: Record<string, unknown>; shown: unknown }) {
      return client.ask('say', {}, { statement, shown, proof: authenticator.get(id) } as never)
    },
    async say(wish: Wish) {
      return this.sign(await client.ask('prepare', {}, { wish, language: 'ja' }))
    },
  }
}
export type Person = ReturnType<typeof openPerson>
