import type { Auth } from '../auth.ts'
import { setupLink } from '../contract.ts'
import type { User, Users } from '../store/users.ts'
import type { Deeds } from './deed.ts'

export function userDeeds(auth: Auth, users: Users): Pick<Deeds, 'users' | 'invite'> {
  return {
    users: async () => (await users.all()).map(viewUser),

    invite: async ({ body, here }) => {
      const { user, token } = await auth.invite(body.name, body.roles)
      return { user: viewUser(user), link: setupLink(here, body.roles, token) }
    },
  }
}

export const viewUser = ({ id, name, roles }: User) => ({ id, name, roles: [...roles] })
