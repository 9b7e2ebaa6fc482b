import { hash, verify } from '@node-rs/argon2'
import { Problem } from '../pipelines/problem.ts'
import { asPartyAlone, type Role } from './contract.ts'
import { csrfOf, hashSecret, newSecret } from './secret.ts'
import type { Sessions } from './store/sessions.ts'
import type { User, Users } from './store/users.ts'

/** Somebody signed in: the session's id (the hash of its token), who it is now, and the token that writes need. */
export type Session = { readonly id: string; readonly user: User; readonly csrf: string }
/** A new session, with the token that goes into the cookie and is kept nowhere else. */
export type Begun = { readonly token: string; readonly session: Session }

export type Auth = ReturnType<typeof openAuth>

export type AuthParts = {
  readonly users: Users
  readonly sessions: Sessions
  readonly now: () => number
  /** A session ends after so long without a request. */
  readonly sessionMs: number
}

const day = 86_400_000
/** However busy a session is, after this its person signs in again. */
const longestMs = 30 * day
const linkMs = 7 * day
/** Putting off the end of a session costs a write: once a minute is enough. */
const graceMs = 60_000

export function openAuth({ users, sessions, now, sessionMs }: AuthParts) {
  const decoy = hash(newSecret())
  const ears = new Set<(session: string) => void>()

  async function begin(user: User, before?: string): Promise<Begun> {
    // Never the token the browser came with: somebody else may have put it there (session fixation).
    const token = newSecret()
    const at = now()
    await sessions.prune(at)
    await sessions.begin({
      id: hashSecret(token),
      user: user.id,
      expires: at + sessionMs,
      ends: at + longestMs,
    })
    if (before !== undefined) await end(hashSecret(before))
    return { token, session: { id: hashSecret(token), user, csrf: csrfOf(token) } }
  }

  async function find(token: string | undefined) {
    const kept = token === undefined ? undefined : await sessions.of(hashSecret(token), now())
    const user = kept && (await users.of(kept.user))
    if (token === undefined || !user) return undefined
    return { kept, session: { id: kept.id, user, csrf: csrfOf(token) } }
  }

  async function end(id: string): Promise<void> {
    await sessions.end(id)
    tell(id)
  }

  function tell(id: string): void {
    for (const hear of ears) hear(id)
  }

  return {
    /** Who holds this token, if its session stands. To be asked is to be used: its end is put off. */
    async who(token: string | undefined): Promise<Session | undefined> {
      const found = await find(token)
      if (!found) return undefined
      const expires = Math.min(now() + sessionMs, found.kept.ends)
      if (expires - found.kept.expires > graceMs) await sessions.putOff(found.kept.id, expires)
      return found.session
    },

    /** The same without putting its end off: looking after sessions is not using them. */
    peek: async (token: string | undefined): Promise<Session | undefined> => (await find(token))?.session,

    /**
     * @param before the token the browser came with: its session ends
     * @throws Problem `sign-in-failed`, after the same work whether the name is known or not
     */
    async signIn(name: string, password: string, before?: string): Promise<Begun> {
      const known = await users.credentials(name)
      const right = await verify(known?.password ?? (await decoy), password.normalize('NFKC'))
      if (!known || !right) throw new Problem('sign-in-failed')
      return begin(known.user, before)
    },

    /** Uses a one-time link. @throws Problem `link-used`, `name-taken` */
    async setUp(link: string, name: string, password: string, before?: string): Promise<Begun> {
      const kept = await hash(password.normalize('NFKC'))
      const user = await users.accept(hashSecret(link), now(), name, kept)
      if (!user) throw new Problem('link-used')
      // Whoever knew the password before is out.
      for (const id of await sessions.endAllOf(user.id)) tell(id)
      return begin(user, before)
    },

    /** Somebody whose passkey was verified comes in. */
    welcome: (user: User, before?: string): Promise<Begun> => begin(user, before),

    /**
     * Uses the one-time link of somebody who will sign in with a passkey: they keep the name they were invited by, and
     * get a password that nobody knows. Who works here as anything else chooses one.
     * @throws Problem `link-used`
     */
    async setUpParty(link: string, before?: string): Promise<Begun> {
      const invited = await users.ofLink(hashSecret(link), now())
      if (!invited || !asPartyAlone(invited.roles)) throw new Problem('link-used')
      const user = await users.accept(hashSecret(link), now(), invited.name, await hash(newSecret()))
      if (!user) throw new Problem('link-used')
      for (const id of await sessions.endAllOf(user.id)) tell(id)
      return begin(user, before)
    },

    signOut: (session: Session): Promise<void> => end(session.id),

    /** Hears the ids of sessions that somebody ended. */
    listen(hear: (session: string) => void): () => void {
      ears.add(hear)
      return () => void ears.delete(hear)
    },

    /** An account without a password, and the token of the link that gives it one. @throws Problem `name-taken` */
    async invite(name: string, roles: readonly Role[]): Promise<{ user: User; token: string }> {
      const token = newSecret()
      return { user: await users.invite(name, roles, linkOf(token)), token }
    },

    /** A new link for somebody who lost their way in. @throws Problem `not-found` */
    async relink(name: string): Promise<{ user: User; token: string }> {
      const token = newSecret()
      const user = await users.relink(name, linkOf(token))
      if (!user) throw new Problem('not-found', { what: 'user', id: name })
      return { user, token }
    },

    /** The token of the first administrator's link while nobody can sign in yet. An earlier one ends. */
    async firstLink(): Promise<string | undefined> {
      const token = newSecret()
      return (await users.welcome(linkOf(token))) ? token : undefined
    },
  }

  function linkOf(token: string) {
    return { hash: hashSecret(token), expires: now() + linkMs }
  }
}
