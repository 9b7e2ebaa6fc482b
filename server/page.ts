import { join } from 'node:path'
import express, { type Express } from 'express'
import { Problem } from '../pipelines/problem.ts'

/** The built page. Its assets carry their digest in their names and never change; every other address is the page. */
export function servePage(app: Express, folder: string): void {
  app.use(
    '/assets',
    express.static(join(folder, 'assets'), { index: false, immutable: true, maxAge: '365d' }),
  )
  app.use('/assets', request => {
    throw new Problem('not-found', { what: 'file', id: request.path })
  })
  app.use(
    express.static(folder, {
      index: false,
      setHeaders: response => response.set('cache-control', 'no-cache'),
    }),
  )
  app.get('/{*place}', (_request, response) => {
    response.set('cache-control', 'no-cache')
    response.sendFile('index.html', { root: folder })
  })
}
