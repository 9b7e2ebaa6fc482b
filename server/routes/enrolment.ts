import { randomBytes } from 'node:crypto'
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { type Statement, statementShape } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Session } from '../auth.ts'
import { prepared, preparedBy } from '../consent/compose.ts'
import type { Consent } from '../consent/open.ts'
import { keysOf, partyOf, passkeysOf } from '../consent/people.ts'
import type { Consents } from '../store/consents.ts'
import type { Deeds } from './deed.ts'
import { mine } from './saying.ts'

export type EnrolmentParts = {
  readonly consent: Pick<Consent, 'registry' | 'company' | 'personal'>
  readonly consents: Consents
  readonly now: () => number
}

const challengeMs = 5 * 60_000
/** ES256 and EdDSA: the two kinds of key that every verifier of ours knows. */
const algorithms = [-7, -8]

/**
 * The ceremony by which a passkey becomes somebody's key in the register. The key stands in their own enrolment, which
 * they sign with it at once: nobody can enrol in another's name, and no other key will do later.
 */
export function enrolmentDeeds({
  consent,
  consents,
  now,
}: EnrolmentParts): Pick<Deeds, 'enrolOptions' | 'enrol' | 'changeKeys'> {
  const challenges = new Map<string, { readonly challenge: string; readonly ends: number }>()

  /** The new passkey that this session was asked to make. @throws Problem `passkey-failed` */
  async function made(session: Session, here: string, registration: unknown) {
    const asked = challenges.get(session.id)
    challenges.delete(session.id)
    if (!asked || asked.ends < now()) throw new Problem('passkey-failed', { reason: 'it took too long' })
    const site = new URL(here).hostname
    const { registrationInfo } = await verifyRegistrationResponse({
      response: registration as never,
      expectedChallenge: asked.challenge,
      expectedOrigin: here,
      expectedRPID: site,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }).catch((error: Error) => {
      throw new Problem('passkey-failed', { reason: error.message }, error)
    })
    if (!registrationInfo) throw new Problem('passkey-failed', { reason: 'it was not verified' })
    const { id: credential, publicKey } = registrationInfo.credential
    const key = Buffer.from(publicKey).toString('base64url')
    return { type: 'webauthn' as const, credential, key, site, origin: here }
  }

  function written(statement: Statement) {
    const read = statementShape.safeParse(statement)
    if (read.success) return read.data
    throw new Problem('passkey-failed', { reason: 'its key is of a kind nobody can check' })
  }

  return {
    enrolOptions: async ({ session: { id, user }, here }) => {
      const known = user.party ? passkeysOf(consent.registry.entries(), user.party) : []
      const options = await generateRegistrationOptions({
        rpName: consent.company?.name ?? 'Kotodama',
        rpID: new URL(here).hostname,
        userName: user.name,
        userDisplayName: user.name,
        attestationType: 'none',
        supportedAlgorithmIDs: algorithms,
        excludeCredentials: known.map(({ credential }) => ({ id: credential })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      })
      for (const [session, { ends }] of challenges) if (ends < now()) challenges.delete(session)
      challenges.set(id, { challenge: options.challenge, ends: now() + challengeMs })
      return { options: { ...options } }
    },

    changeKeys: async ({ session, here, body }) => {
      const by = mine(session.user)
      const entries = consent.registry.entries()
      const before = keysOf(entries, by)
      const papers = before.filter(key => key.type === 'ed25519')
      const passkeys = before.filter(key => key.type === 'webauthn')
      const keys = await (async () => {
        if ('add' in body) return [...before, await made(session, here, body.add)]
        if ('replace' in body) return [await made(session, here, body.replace), ...papers]
        if ('paper' in body)
          return [...passkeys, ...(body.paper ? [{ type: 'ed25519' as const, key: body.paper }] : [])]
        return [...passkeys.filter(({ credential }) => credential !== body.drop), ...papers]
      })()
      if (!keys.some(({ type }) => type === 'webauthn'))
        throw new Problem('passkey-failed', { reason: 'it is the only one' })
      const statement = written({ kind: 'keys', by, at: now(), keys })
      return preparedBy(statement, body.language, consent.registry, by)
    },

    enrol: async ({ session, here, body }) => {
      const { user } = session
      if (user.party) throw new Problem('enrolled-already')
      if (!user.roles.includes(body.role)) throw new Problem('not-allowed', { role: body.role })
      const key = await made(session, here, body.registration)
      const minor = body.adultAt > now()
      const guardian = body.guardian ?? null
      if (minor && partyOf(consent.registry.entries(), guardian ?? '')?.role !== 'guardian')
        throw new Problem('passkey-failed', { reason: 'a minor enrols together with a guardian' })
      const statement = written({
        kind: 'party',
        at: now(),
        role: body.role,
        name: body.name.trim().normalize('NFC'),
        key,
        adultAt: body.adultAt,
        guardian,
        nonce: randomBytes(32).toString('base64url'),
      })
      const ready = prepared(statement, body.language, consent.registry.say, [key])
      // Their owner alone is told it again, and it stands in no record.
      const legal = await consent.personal.seal(ready.id, Buffer.from(body.legalName.trim().normalize('NFC')))
      await consents.keepPersonal(ready.id, user.id, Buffer.from(legal).toString('base64'))
      return ready
    },
  }
}
