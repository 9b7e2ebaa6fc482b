import type { Auth, Begun, Session } from '../auth.ts'
import { openLimit } from '../limit.ts'
import type { Ask, Deeds } from './deed.ts'
import { viewUser } from './users.ts'

const quarterMs = 900_000

/** @param most failed sign-ins in a quarter of an hour for one name; an address, which many may share, has three times as many */
export function sessionDeeds(
  auth: Auth,
  most: number,
  now: () => number,
): Pick<Deeds, 'session' | 'signIn' | 'signOut' | 'setup'> {
  const names = openLimit(most, quarterMs, now)
  const addresses = openLimit(3 * most, quarterMs, now)

  /** Counts an attempt before it is made, so that many at once are many, and takes it back when it succeeds. */
  async function attempt(from: string, name: string, begin: () => Promise<Begun>): Promise<Begun> {
    const key = name.normalize('NFKC').toLowerCase()
    addresses.take(from)
    names.take(key)
    const begun = await begin()
    addresses.give(from)
    names.give(key)
    return begun
  }

  function welcome({ keep }: Pick<Ask<'signIn'>, 'keep'>, { token, session }: Begun) {
    keep(token)
    return viewSession(session)
  }

  return {
    session: async ({ session }) => viewSession(session),

    signIn: async ask => {
      const { name, password } = ask.body
      return welcome(ask, await attempt(ask.from, name, () => auth.signIn(name, password, ask.token)))
    },

    signOut: async ({ session, keep }) => {
      await auth.signOut(session)
      keep(undefined)
      return undefined
    },

    setup: async ask => {
      const { token, name, password } = ask.body
      return welcome(ask, await attempt(ask.from, name, () => auth.setUp(token, name, password, ask.token)))
    },
  }
}

export const viewSession = ({ user, csrf }: Session) => ({ user: viewUser(user), csrf })
