/**
 * The wire: what may be asked over HTTP and said over Socket.IO, once. The server parses with these shapes, the OpenAPI
 * document is made from them, and the client takes its types from here and nothing else of the server.
 */
import { z } from 'zod'
import { consentPlaces, consentRoutes } from './contract/consent.ts'
import { engineRoutes } from './contract/engines.ts'
import { episodeRoutes } from './contract/episodes.ts'
import { houseRoutes } from './contract/houses.ts'
import { leadingRoutes } from './contract/leading.ts'
import { lineRoutes } from './contract/lines.ts'
import { peopleRoutes } from './contract/people.ts'
import { recordingPlaces, recordingRoutes } from './contract/recordings.ts'
import { sayingRoutes } from './contract/saying.ts'
import { seriesRoutes } from './contract/series.ts'
import { walkPlaces, walkRoutes } from './contract/walks.ts'
import { digest, id, language, type Role } from './contract/words.ts'

export * from './contract/consent.ts'
export * from './contract/engines.ts'
export * from './contract/episodes.ts'
export * from './contract/houses.ts'
export * from './contract/leading.ts'
export * from './contract/lines.ts'
export * from './contract/live.ts'
export * from './contract/mouth.ts'
export * from './contract/people.ts'
export * from './contract/problem.ts'
export * from './contract/recordings.ts'
export * from './contract/saying.ts'
export * from './contract/scores.ts'
export * from './contract/series.ts'
export { type PartyRole, parties, partyRoles, reference, TermsShape } from './contract/terms.ts'
export * from './contract/walks.ts'
export { id, language, leads, type Role, roles, watchers } from './contract/words.ts'

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  readonly says: string
  /** Who may; absent: anybody signed in; 'anyone': nobody need be. */
  readonly may?: readonly Role[] | 'anyone'
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answer?: z.ZodType
}
/** What may stand in the {places} of a path. */
export const pathShapes = {
  series: id,
  episode: id,
  language,
  line: z.string().min(1).max(100),
  upload: z.string().regex(/^[0-9a-f]{32}$/, 'an upload'),
  digest,
  name: z.string().min(1).max(200),
  ...consentPlaces,
  ...recordingPlaces,
  ...walkPlaces,
} as const
/** The table of routes: the OpenAPI document and the typed client are both made from it. */
export const routes = {
  ...peopleRoutes,
  ...seriesRoutes,
  ...houseRoutes,
  ...episodeRoutes,
  ...lineRoutes,
  ...engineRoutes,
  ...consentRoutes,
  ...sayingRoutes,
  ...recordingRoutes,
  ...leadingRoutes,
  ...walkRoutes,
} as const satisfies Record<string, Route>
// Files go by their own paths, streamed, with ranges: GET /api/episodes/:episode/blobs/:digest and …/files/:name.
// Uploads speak tus at /api/uploads. /healthz, /metrics and /api/openapi.json need no account.
