import express, { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { pathShapes, type Route, routes } from '../contract.ts'
import type { Guard } from '../guard.ts'
import type { Ask, Deeds, RouteName } from './deed.ts'

export type MountParts = {
  readonly guard: Guard
  /** Whose limits a request counts against. */
  readonly from: (request: Request) => string
  readonly here: (request: Request) => string
}

const usual = express.json({ limit: 256_000 })
const large = express.json({ limit: 32_000_000 })
/** These carry whole glossaries and memories. */
const bulky: readonly RouteName[] = ['newSeries', 'changeSeries', 'importMemory']

/**
 * Makes the contract's table answer: lets in, reads, does, answers, in this order and for every row. Nothing is read of
 * a request that was not let in, and nothing leaves that the row's answer does not name.
 */
export function mountRoutes(deeds: Deeds, { guard, from, here }: MountParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name]
    const deed = deeds[name] as (ask: Ask<RouteName>) => Promise<unknown>
    router[route.method](route.path, async (request, response) => {
      const session = route.may === 'anyone' ? undefined : await guard.admit(request, route.may)
      const ask = {
        session,
        where: readPlaces(request),
        query: route.query?.parse(request.query),
        body: route.body?.parse(await readBody(name, request, response)),
        from: from(request),
        here: here(request),
        token: guard.tokenIn(request.headers),
        keep: (token: string | undefined) => void response.append('set-cookie', guard.setCookie(token)),
      }
      const answer = await deed(ask as Ask<RouteName>)
      response.set('cache-control', 'no-store')
      if (route.answer) response.json(route.answer.parse(answer))
      else response.status(204).end()
    })
  }
  return router
}

const places = z.strictObject(pathShapes).partial()

function readPlaces({ params }: Request) {
  return places.parse({ ...params })
}

async function readBody(name: RouteName, request: Request, response: Response): Promise<unknown> {
  const read = bulky.includes(name) ? large : usual
  await new Promise<void>((done, fail) => read(request, response, error => (error ? fail(error) : done())))
  return request.body
}
