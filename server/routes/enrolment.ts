import { randomBytes } from 'node:crypto'
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { type Statement, statementShape } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import { prepared } from '../consent/compose.ts'
import type { Consent } from '../consent/open.ts'
import { partyOf } from '../consent/people.ts'
import type { Consents } from '../store/consents.ts'
import type { Deeds } from './deed.ts'

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
}: EnrolmentParts): Pick<Deeds, 'enrolOptions' | 'enrol'> {
  const challenges = new Map<string, { readonly challenge: string; readonly ends: number }>()

  return {
    enrolOptions: async ({ session: { id, user }, here }) => {
      if (user.party) throw new Problem('enrolled-already')
      const options = await generateRegistrationOptions({
        rpName: consent.company?.name ?? 'Kotodama',
        rpID: new URL(here).hostname,
        userName: user.name,
        userDisplayName: user.name,
        attestationType: 'none',
        supportedAlgorithmIDs: algorithms,
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      })
      for (const [session, { ends }] of challenges) if (ends < now()) challenges.delete(session)
      challenges.set(id, { challenge: options.challenge, ends: now() + challengeMs })
      return { options: { ...options } }
    },

    enrol: async ({ session: { id, user }, here, body }) => {
      if (user.party) throw new Problem('enrolled-already')
      if (!user.roles.includes(body.role)) throw new Problem('not-allowed', { role: body.role })
      const asked = challenges.get(id)
      challenges.delete(id)
      if (!asked || asked.ends < now()) throw new Problem('passkey-failed', { reason: 'it took too long' })
      const site = new URL(here).hostname
      const { registrationInfo } = await verifyRegistrationResponse({
        response: body.registration as never,
        expectedChallenge: asked.challenge,
        expectedOrigin: here,
        expectedRPID: site,
        requireUserVerification: true,
        supportedAlgorithmIDs: algorithms,
      }).catch((error: Error) => {
        throw new Problem('passkey-failed', { reason: error.message }, error)
      })
      if (!registrationInfo) throw new Problem('passkey-failed', { reason: 'it was not verified' })
      const minor = body.adultAt > now()
      const guardian = body.guardian ?? null
      if (minor && partyOf(consent.registry.entries(), guardian ?? '')?.role !== 'guardian')
        throw new Problem('passkey-failed', { reason: 'a minor enrols together with a guardian' })
      const { id: credential, publicKey } = registrationInfo.credential
      const key = Buffer.from(publicKey).toString('base64url')
      const read = statementShape.safeParse({
        kind: 'party',
        at: now(),
        role: body.role,
        name: body.name.trim().normalize('NFC'),
        key: { type: 'webauthn', credential, key, site, origin: here },
        adultAt: body.adultAt,
        guardian,
        nonce: randomBytes(32).toString('base64url'),
      } satisfies Statement)
      if (!read.success)
        throw new Problem('passkey-failed', { reason: 'its key is of a kind nobody can check' })
      const ready = prepared(read.data, body.language, [{ credential, site }])
      // Their owner alone is told it again, and it stands in no record.
      const legal = await consent.personal.seal(ready.id, Buffer.from(body.legalName.trim().normalize('NFC')))
      await consents.keepPersonal(ready.id, user.id, Buffer.from(legal).toString('base64'))
      return ready
    },
  }
}
