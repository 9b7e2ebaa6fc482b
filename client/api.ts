import type { z } from 'zod'
import type { Conflict, ProblemView, routes } from '../server/contract.ts'

/** The contract's table, as types only: its shapes stay with the server, which is the one to check them. */
export type Routes = typeof routes
type Named<K extends keyof Routes> = `${Routes[K]['method']} ${Routes[K]['path']}`
export type Asking = keyof typeof ways

const ways = {
  session: 'get /api/session',
  signIn: 'post /api/session',
  signOut: 'delete /api/session',
  setup: 'post /api/setup',
  users: 'get /api/users',
  invite: 'post /api/users',
  allSeries: 'get /api/series',
  newSeries: 'post /api/series',
  oneSeries: 'get /api/series/:series',
  changeSeries: 'patch /api/series/:series',
  importMemory: 'post /api/series/:series/memory',
  houses: 'get /api/series/:series/houses',
  chooseHouse: 'put /api/series/:series/houses/:language',
  allEpisodes: 'get /api/series/:series/episodes',
  streams: 'get /api/streams/:upload',
  newEpisode: 'post /api/episodes',
  oneEpisode: 'get /api/episodes/:episode',
  run: 'post /api/episodes/:episode/run',
  changeEpisode: 'patch /api/episodes/:episode',
  pack: 'post /api/episodes/:episode/parcel',
  cancel: 'delete /api/episodes/:episode/run',
  lines: 'get /api/episodes/:episode/lines/:language',
  editLine: 'put /api/episodes/:episode/lines/:language/:line',
  judgeLine: 'post /api/episodes/:episode/lines/:language/:line/verdict',
  engines: 'get /api/engines',
  // a lead's view of consents
  consentWords: 'get /api/consent/words',
  consentPeople: 'get /api/consent/people',
  invitedParties: 'get /api/consent/invited',
  inviteParty: 'post /api/consent/people',
  register: 'get /api/consent/register',
  requests: 'get /api/consent/requests',
  newRequest: 'post /api/consent/requests',
  previewRequest: 'post /api/consent/requests/preview',
  withheldLines: 'get /api/series/:series/withheld',
  titleLicences: 'get /api/series/:series/licences',
  recordings: 'get /api/consent/voice',
  walks: 'get /api/consent/walks',
  notices: 'get /api/consent/notices',
  acknowledge: 'post /api/consent/notices/:notice/acknowledgement',
  judgeRecording: 'post /api/consent/voice/:recording/verdict',
  // whoever is asked for a voice
  passkeyNonce: 'post /api/session/passkey/nonce',
  passkeySignIn: 'post /api/session/passkey',
  setupParty: 'post /api/setup/passkey',
  consentMe: 'get /api/consent/me',
  enrolOptions: 'post /api/consent/enrolment/options',
  enrol: 'post /api/consent/enrolment',
  changeKeys: 'post /api/consent/keys',
  prepare: 'post /api/consent/prepare',
  say: 'post /api/consent/statements',
  stops: 'post /api/consent/stops/mine',
  stopWords: 'post /api/consent/stops/words',
  stop: 'post /api/consent/stops',
  cosigns: 'get /api/consent/cosign',
  certificates: 'get /api/consent/certificates',
  askedOfMe: 'get /api/consent/requests/mine',
  askedLines: 'get /api/consent/requests/:statement/lines',
  consentMine: 'get /api/consent/mine',
  consentUses: 'get /api/consent/uses',
  newPhrase: 'post /api/consent/voice/phrases',
} as const satisfies { readonly [K in keyof Routes]?: Named<K> }

type Part<K extends keyof Routes, Name extends string> =
  Routes[K] extends Readonly<Record<Name, infer Shape>> ? Shape : undefined
export type Answer<K extends keyof Routes> =
  Part<K, 'answer'> extends z.ZodType ? z.output<Part<K, 'answer'>> : undefined
export type Body<K extends keyof Routes> =
  Part<K, 'body'> extends z.ZodType ? z.input<Part<K, 'body'>> : undefined
type Places<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Places<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never
export type Where<K extends keyof Routes> = Readonly<Record<Places<Routes[K]['path']>, string>>
export type Query<K extends keyof Routes> =
  Part<K, 'query'> extends z.ZodType ? z.input<Part<K, 'query'>> : undefined

/** The server said no, and why. `conflict` stands when somebody else was quicker. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problem: ProblemView
  readonly status: number
  readonly conflict?: Conflict

  constructor(status: number, problem: ProblemView, conflict?: Conflict) {
    super(problem.says)
    this.status = status
    this.problem = problem
    this.conflict = conflict
  }
}

export type Ask = <K extends Asking>(
  what: K,
  where: Where<K>,
  body?: Body<K>,
  query?: Query<K>,
) => Promise<Answer<K>>

/**
 * Asks over `send`; `csrf` gives the session's token for everything but reading. `arrived` hears of every answer, a no
 * among them, before whoever asked. Throws `Refused` alone.
 */
export function openApi(
  send: typeof fetch,
  csrf: () => string | undefined,
  arrived: () => void = () => {},
): Ask {
  return async (what, where, body, query) => {
    const [method = '', path = ''] = ways[what].split(' ')
    const token = csrf()
    const answer = await send(
      addressOf(path, where, query as Readonly<Record<string, string | undefined>> | undefined),
      {
        method: method.toUpperCase(),
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'get' || token === undefined ? {} : { 'x-csrf': token }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    ).catch(() => undefined)
    if (answer === undefined) throw new Refused(0, unreachable)
    const said = await answer.json().catch(() => undefined)
    const refused = answer.ok ? undefined : refusedBy(answer.status, said)
    if (refused?.problem !== unreachable) arrived()
    if (refused) throw refused
    return said
  }
}

/** The path with its `:places` filled in and what is asked of it behind. */
export function addressOf(
  path: string,
  where: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const asked = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const filled = path.replace(/:(\w+)/g, (place, name) => encodeURIComponent(where[name] ?? place))
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked)}`
}

/** No answer at all is a problem of its own, and not the server's: its code is the page's. */
const unreachable: ProblemView = {
  code: 'unreachable',
  says: 'The server does not answer.',
  mend: 'Check the connection; what you wrote is kept here.',
  figures: {},
}

export function refusedBy(status: number, said: unknown): Refused {
  if (!isObject(said) || !isObject(said.problem)) return new Refused(status, unreachable)
  const problem = said.problem as ProblemView
  return new Refused(status, problem, 'theirs' in said ? (said as Conflict) : undefined)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
