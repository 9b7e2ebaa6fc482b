import { type Response, Router } from 'express'
import { Problem } from '../../pipelines/problem.ts'

/** What anybody may have of the log of consents: commitments and no names. */
export type PublicLog = {
  /** A tile as C2SP tlog-tiles names it. */
  readonly tile: (path: string) => Promise<Uint8Array | undefined>
  /** The newest checkpoint with its co-signatures; none while there is no log. */
  readonly checkpoint: () => string | undefined
  /** The log's public key as a note key. */
  readonly publicKey: string | undefined
  /** What had ended by now, signed: a newer list for any receipt. */
  readonly status: () => string | undefined
}

const tiles = /^tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/)*\d{3}(?:\.p\/(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/
const lasting = 'public, max-age=31536000, immutable'

/** Serves the log to whoever watches it, read-only: C2SP tlog-tiles, from any page and without an account. */
export function logRoutes(log: PublicLog): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.use((_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
    next()
  })
  const words = (path: string, says: () => string | undefined) =>
    router.get(path, (request, response) => {
      const text = says()
      if (text === undefined) throw new Problem('not-found', { what: 'page', id: request.path })
      response.set('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(text)
    })
  words('/checkpoint', log.checkpoint)
  words('/status', log.status)
  words('/public-key', () => log.publicKey && `${log.publicKey}\n`)
  router.get('/tile/*path', async (request, response: Response) => {
    const path = request.path.slice(1)
    const bytes = tiles.test(path) ? await log.tile(path) : undefined
    if (!bytes) throw new Problem('not-found', { what: 'page', id: request.path })
    response.set('cache-control', lasting).type('application/octet-stream').send(Buffer.from(bytes))
  })
  return router
}
