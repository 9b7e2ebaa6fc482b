import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { keySigned, passkeySigned } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Auth } from '../auth.ts'
import { mineOf } from '../consent/mine.ts'
import type { Naming } from '../consent/naming.ts'
import type { Consent } from '../consent/open.ts'
import { allOf, type Entries, nameOf, papersOf, partyOf, passkeysOf } from '../consent/people.ts'
import type { PasskeySignIn } from '../contract.ts'
import { openLimit } from '../limit.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { Users } from '../store/users.ts'
import type { Deeds } from './deed.ts'
import { viewSession } from './session.ts'

export type PasskeyParts = {
  readonly consent: Pick<Consent, 'registry'>
  readonly auth: Auth
  readonly users: Pick<Users, 'ofParty'>
  /** Sign-ins begun in a quarter of an hour from one address. */
  readonly most: number
  readonly naming: Naming
  readonly now: () => number
}

const quarterMs = 900_000
const challengeMs = 5 * 60_000

/**
 * What a passkey signs to sign in. It is a digest under a name of its own, which the page makes as well, so that nobody
 * can pass off the challenge of a statement as one of a sign-in and have a yes signed unread.
 */
export const challengeOf = (nonce: string): string =>
  createHash('sha256').update(`kotodama sign-in\n${nonce}`).digest('base64url')

/** Signing in with the passkey that somebody enrolled with; and one-time links of those who have no password. */
export function passkeyDeeds({
  consent: { registry },
  auth,
  users,
  most,
  naming,
  now,
}: PasskeyParts): Pick<Deeds, 'passkeyNonce' | 'passkeySignIn' | 'stops' | 'setupParty'> {
  const tries = openLimit(3 * most, quarterMs, now)
  /** When each nonce ends, by its hash. The limit above bounds how many there are. */
  const nonces = new Map<string, number>()

  function take(nonce: string): boolean {
    const ends = nonces.get(hashSecret(nonce))
    nonces.delete(hashSecret(nonce))
    return ends !== undefined && now() < ends
  }

  /** Whose key this is by the register. Accounts are looked up after it, so that no edit of them moves a key. */
  function owner<Key>(find: (entries: Entries, id: string) => Key | undefined) {
    const entries = registry.entries()
    for (const { id } of allOf(entries, 'party')) {
      const key = find(entries, id)
      if (key) return { party: id, key }
    }
    throw new Problem('passkey-unknown')
  }

  /** The party whose passkey signed the nonce, on a page of this house. The register alone is asked. */
  async function holder({ nonce, proof }: z.output<typeof PasskeySignIn>, here: string): Promise<string> {
    if (!take(nonce)) throw new Problem('passkey-failed', { reason: 'it took too long' })
    if ('kept' in proof) {
      const { party } = owner((entries, id) => papersOf(entries, id).find(({ key }) => key === proof.kept))
      if (!keySigned(proof.kept, `kotodama sign-in\n${nonce}`, proof.signature))
        throw new Problem('passkey-unknown')
      return party
    }
    const { party, key } = owner((entries, id) =>
      passkeysOf(entries, id).find(({ credential }) => credential === proof.credential),
    )
    const verified = await passkeySigned(proof, challengeOf(nonce), here, key).catch((error: Error) => {
      throw new Problem('passkey-unknown', {}, error)
    })
    if (!verified) throw new Problem('passkey-unknown')
    return party
  }

  return {
    passkeyNonce: async ({ from, here }) => {
      tries.take(from)
      for (const [name, ends] of nonces) if (ends <= now()) nonces.delete(name)
      const nonce = newSecret()
      nonces.set(hashSecret(nonce), now() + challengeMs)
      return { nonce, site: new URL(here).hostname }
    },

    passkeySignIn: async ({ body, here, token, keep, from }) => {
      const user = await users.ofParty(await holder(body, here))
      if (!user) throw new Problem('passkey-unknown')
      tries.give(from)
      const begun = await auth.welcome(user, token)
      keep(begun.token)
      return viewSession(begun.session)
    },

    stops: async ({ body, here, from }) => {
      const party = await holder(body, here)
      tries.give(from)
      const entries = registry.entries()
      return {
        party,
        role: partyOf(entries, party)?.role ?? '',
        name: nameOf(entries, party),
        passkeys: passkeysOf(entries, party).map(({ credential }) => credential),
        leave: naming.leaveOf(party),
        mine: mineOf(entries, party, now()),
      }
    },

    setupParty: async ({ body, token, keep, from }) => {
      tries.take(from)
      const begun = await auth.setUpParty(body.token, token)
      tries.give(from)
      keep(begun.token)
      return viewSession(begun.session)
    },
  }
}
