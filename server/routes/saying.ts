import { Inadmissible, idOf, isStop, type Signed, signed, statementShape } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Session } from '../auth.ts'
import { compose, preparedBy, proofOf } from '../consent/compose.ts'
import type { Consent } from '../consent/open.ts'
import { partyOf, passkeysOf } from '../consent/people.ts'
import { takeStop } from '../consent/stop.ts'
import { openLimit } from '../limit.ts'
import type { Consents } from '../store/consents.ts'
import type { Users } from '../store/users.ts'
import type { Deeds } from './deed.ts'

export type SayingParts = {
  readonly consent: Pick<Consent, 'registry'>
  readonly consents: Consents
  readonly users: Users
  readonly now: () => number
}

const minuteMs = 60_000
/** Far more than a person signs, far less than would fill a disk. */
const most = 60

/** Putting into words, signing, and entering. Who is signed in says whose words these are; the passkey says that they are. */
export function sayingDeeds({
  consent: { registry },
  consents,
  users,
  now,
}: SayingParts): Pick<Deeds, 'prepare' | 'say' | 'cosigns'> {
  const limit = openLimit(most, minuteMs, now)

  async function enter(what: Signed): Promise<'logged' | 'waiting'> {
    if (isStop(what.statement.kind)) return takeStop(registry, what)
    await registry.enter(what)
    return 'logged'
  }

  /** Whose statement it is, if it is the asker's to bring. */
  async function signerOf(what: Omit<Signed, 'proofs'>, { user }: Session, cosigning: boolean) {
    const id = idOf(what)
    const { statement } = what
    if (cosigning) return mine(user)
    if (statement.kind === 'party') {
      if (user.party) throw new Problem('enrolled-already')
      if (!user.roles.some(role => role === statement.role))
        throw new Problem('not-allowed', { role: statement.role })
      return id
    }
    if (statement.by !== mine(user)) throw new Problem('not-allowed', { role: 'person who signs' })
    return statement.by
  }

  return {
    prepare: async ({ session: { user }, body: { wish, language } }) => {
      const me = mine(user)
      return preparedBy(compose(wish, me, registry.entries(), now()), language, registry, me)
    },

    say: async ({ session, body: { statement, shown, proof } }) => {
      limit.take(session.user.id)
      const what = { statement: statementShape.parse(statement), shown }
      // What lies in a drawer may be found by somebody: it lets its owner back in, and says no yes.
      if ('kept' in proof && what.statement.kind !== 'keys' && !isStop(what.statement.kind))
        throw new Problem('statement-refused', { reason: 'A key on paper says no yes.' })
      const id = idOf(what)
      const waiting = await consents.cosign(id)
      const cosigning = waiting !== undefined && waiting.guardian === session.user.party
      const by = await signerOf(what, session, cosigning)
      const before = cosigning ? signed.parse(waiting.signed).proofs : []
      const whole = signed.parse({ ...what, proofs: [...before, proofOf(by, proof)] })
      const user = what.statement.kind === 'party' ? (waiting?.user ?? session.user.id) : undefined
      try {
        const state = await enter(whole)
        if (user) await users.enrol(user, id)
        if (waiting) await consents.dropCosign(id)
        return { id, state }
      } catch (error) {
        if (!(error instanceof Inadmissible)) throw error
        const guardian = guardianOf(whole)
        if (error.objection !== 'no-guardian' || !guardian || cosigning)
          throw new Problem('statement-refused', { reason: error.message }, error)
        await consents.keepCosign({ id, guardian, signed: whole, ...(user && { user }) })
        return { id, state: 'cosign' as const }
      }
    },

    cosigns: async ({ session: { user } }) => {
      const me = mine(user)
      const keys = passkeysOf(registry.entries(), me)
      return (await consents.cosignsOf(me)).map(({ signed: kept }) => {
        const { statement, shown } = signed.parse(kept)
        return {
          id: idOf({ statement, shown }),
          statement: { ...statement },
          shown,
          credentials: keys.map(({ credential }) => credential),
          site: keys[0]?.site ?? '',
        }
      })
    },
  }

  function guardianOf({ statement }: Signed): string | undefined {
    if (statement.kind === 'party') return statement.guardian ?? undefined
    const actor = statement.kind === 'grant' ? statement.actor : undefined
    return partyOf(registry.entries(), actor)?.guardian ?? undefined
  }
}

/** @throws Problem `not-enrolled` */
export function mine({ party }: Session['user']): string {
  if (!party) throw new Problem('not-enrolled')
  return party
}
