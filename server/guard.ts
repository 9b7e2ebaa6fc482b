import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { Problem } from '../pipelines/problem.ts'
import type { Auth, Session } from './auth.ts'
import type { Role, Route } from './contract.ts'
import { cameFrom, isOurs } from './origin.ts'
import { same } from './secret.ts'

export type Guard = ReturnType<typeof openGuard>

const reading = ['GET', 'HEAD', 'OPTIONS']
/** Seconds. Longer than any session: the store ends those. */
const month = 2_678_400

/** Decides over HTTP who comes in. What no rule lets through stays outside. */
export function openGuard(auth: Pick<Auth, 'who'>, publicUrl: string | undefined) {
  const secure = publicUrl?.startsWith('https:') ?? false
  // A name with this prefix can't be set by a neighbouring host or over plain HTTP.
  const cookie = secure ? '__Host-kotodama' : 'kotodama'
  const setting = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const

  const tokenIn = ({ cookie: text }: IncomingHttpHeaders): string | undefined =>
    text === undefined ? undefined : parseCookie(text)[cookie]

  return {
    /** The session's token in the cookies of a request. */
    tokenIn,

    /** The header that gives the browser this token, or takes it away. */
    setCookie: (token: string | undefined): string =>
      stringifySetCookie({ name: cookie, value: token ?? '', ...setting, maxAge: token ? month : 0 }),

    /** @throws Problem `foreign-origin` for a change asked for by a page that is not ours */
    origin({ method = '', headers }: IncomingMessage): void {
      if (!reading.includes(method) && !isOurs(cameFrom(headers), publicUrl))
        throw new Problem('foreign-origin')
    },

    /** True for a handshake that may go on: sockets carry cookies too, and CORS does not hold for them. */
    handshake: ({ headers }: IncomingMessage): boolean => isOurs(cameFrom(headers), publicUrl),

    /**
     * Who asks, if they may. A change needs the session's own token in `x-csrf` as well.
     * @throws Problem `not-signed-in`, `foreign-origin`, `not-allowed`
     */
    async admit(request: IncomingMessage, may: readonly Role[] | undefined): Promise<Session> {
      const session = await auth.who(tokenIn(request.headers))
      if (!session) throw new Problem('not-signed-in')
      const changes = !reading.includes(request.method ?? '')
      if (changes && !same(String(request.headers['x-csrf'] ?? ''), session.csrf))
        throw new Problem('foreign-origin')
      if (!allows(may, session)) throw new Problem('not-allowed', { role: (may ?? []).join(' or ') })
      return session
    },
  }
}

export const allows = (may: Exclude<Route['may'], 'anyone'>, { user }: Session): boolean =>
  may === undefined || user.roles.some(role => may.includes(role))
