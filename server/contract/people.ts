/** The wire of accounts: who somebody is, and how they come in. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { PasskeyNonce, PasskeySignIn, SetupParty } from './saying.ts'
import { parties } from './terms.ts'
import { id, name, type Role, role } from './words.ts'

const password = z.string().min(10).max(200)
export const SignIn = z.strictObject({ name, password: z.string().max(200) })
export const Setup = z.strictObject({ token: z.string().max(200), name, password })
export const Invite = z.strictObject({ name, roles: z.array(role).min(1) })
export const UserView = z.object({ id, name: z.string(), roles: z.array(role) })
export type UserView = z.infer<typeof UserView>
/** `csrf` goes back in the header `x-csrf` with everything but GET. */
export const SessionView = z.object({ user: UserView, csrf: z.string() })
export type SessionView = z.infer<typeof SessionView>
export const InviteView = z.object({ user: UserView, link: z.string() })
export type InviteView = z.infer<typeof InviteView>
/** Who is only asked for a voice has a passkey and a page of their own, and no password. */
export const asPartyAlone = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every(role => (parties as readonly Role[]).includes(role))
/** Where a one-time link leads. The token stands behind `#`, which no browser sends on: it gets into no log. */
export const setupLink = (origin: string, roles: readonly Role[], token: string): string =>
  `${origin}${asPartyAlone(roles) ? '/voice' : '/'}#/setup/${token}`

export const peopleRoutes = {
  session: { method: 'get', path: '/api/session', says: 'Who am I', answer: SessionView },
  signIn: {
    method: 'post',
    path: '/api/session',
    says: 'Sign in',
    may: 'anyone',
    body: SignIn,
    answer: SessionView,
  },
  signOut: { method: 'delete', path: '/api/session', says: 'Sign out' },
  passkeyNonce: {
    method: 'post',
    path: '/api/session/passkey/nonce',
    says: 'Begin to sign in with a passkey',
    may: 'anyone',
    answer: PasskeyNonce,
  },
  passkeySignIn: {
    method: 'post',
    path: '/api/session/passkey',
    says: 'Sign in with the passkey that one enrolled with',
    may: 'anyone',
    body: PasskeySignIn,
    answer: SessionView,
  },
  setupParty: {
    method: 'post',
    path: '/api/setup/passkey',
    says: 'Use the one-time link of somebody who will have a passkey and no password',
    may: 'anyone',
    body: SetupParty,
    answer: SessionView,
  },
  setup: {
    method: 'post',
    path: '/api/setup',
    says: 'Use a one-time link: choose a name and a password',
    may: 'anyone',
    body: Setup,
    answer: SessionView,
  },
  users: {
    method: 'get',
    path: '/api/users',
    says: 'Everybody with an account',
    may: ['admin'],
    answer: z.array(UserView),
  },
  invite: {
    method: 'post',
    path: '/api/users',
    says: 'Make an account and its one-time link',
    may: ['admin'],
    body: Invite,
    answer: InviteView,
  },
} as const
