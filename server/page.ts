import { join } from 'node:path'
import express, { Router } from 'express'

/** The built page. Its assets carry their digest in their names and never change; the page itself is asked for anew. */
export function servePage(folder: string): Router {
  const router = Router()
  const lasting = { index: false, immutable: true, maxAge: '365d', fallthrough: false } as const
  router.use('/assets', express.static(join(folder, 'assets'), lasting))
  router.use(
    express.static(folder, {
      // `/verify` is a page of its own.
      extensions: ['html'],
      setHeaders: response => void response.setHeader('cache-control', 'no-cache'),
    }),
  )
  return router
}
