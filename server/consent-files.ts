import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { canonical, deeds } from '../consent/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Session } from './auth.ts'
import { nameOf } from './consent/people.ts'
import { usesCsv } from './consent/uses-csv.ts'
import { pathShapes } from './contract.ts'
import type { Library } from './known.ts'
import { type ConsentParts, ownEntry, usesOf } from './routes/consent.ts'
import { mine } from './routes/saying.ts'
import { ownReport, type WalkParts } from './routes/walks.ts'

export type ConsentFileParts = Omit<ConsentParts, 'naming'> & {
  readonly reach: WalkParts['reach']
  readonly library: Library
  readonly admit: (request: Request) => Promise<Session>
  /** Answers with a sound of an episode, after the gate was asked. */
  readonly serve: (
    request: Request,
    response: Response,
    session: Session,
    episode: string,
    digest: string,
  ) => Promise<void>
}

const period = z.object({
  from: z.coerce.number().int().min(0).default(0),
  until: z.coerce.number().int().min(0).max(8.64e15).optional(),
  language: z.enum(['ja', 'en']).default('ja'),
})

/** What people of the register download: their uses, receipts, records, and the sound of a use. What draws a PDF is loaded when one is wanted. */
export function openConsentFiles(parts: ConsentFileParts) {
  const { consent, library, admit, now } = parts

  async function asked(request: Request) {
    const session = await admit(request)
    const { from, until = now() + 1, language } = period.parse(request.query)
    return { session, language, period: { from, until }, uses: await usesOf(parts, session, { from, until }) }
  }

  const kept = (response: Response, name: string, type: string) =>
    response.attachment(name).set({
      'content-type': type,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })

  return {
    csv: (async (request, response) => {
      const { uses } = await asked(request)
      kept(response, 'uses.csv', 'text/csv; charset=utf-8').send(usesCsv(uses))
    }) satisfies RequestHandler,

    json: (async (request, response) => {
      const { uses } = await asked(request)
      kept(response, 'uses.json', 'application/json').send(JSON.stringify({ uses }, undefined, 2))
    }) satisfies RequestHandler,

    pdf: (async (request, response) => {
      const { session, uses, language, period } = await asked(request)
      const acts = Object.fromEntries(Object.entries(deeds).map(([name, both]) => [name, both[language]]))
      const name = nameOf(consent.registry.entries(), mine(session.user))
      const company = consent.company?.name ?? ''
      const { statementPdf } = await import('./consent/statement-pdf.ts')
      const bytes = await statementPdf({ name, company, language, period, made: now(), uses, acts })
      kept(response, 'uses.pdf', 'application/pdf').send(Buffer.from(bytes))
    }) satisfies RequestHandler,

    receipt: (async (request, response) => {
      const { user } = await admit(request)
      const id = pathShapes.statement.parse(request.params.statement)
      const entry = ownEntry(consent.registry.entries(), id, mine(user), now())
      if (entry.kind !== 'grant') throw new Problem('not-found', { what: 'receipt', id })
      kept(response, `receipt-${id.slice(0, 8)}.json`, 'application/json').send(
        canonical(consent.receipt(id)),
      )
    }) satisfies RequestHandler,

    account: (async (request, response) => {
      const { user } = await admit(request)
      const account = consent.account(mine(user))
      kept(response, 'account.json', 'application/json').send(canonical(account))
    }) satisfies RequestHandler,

    /** Letter by letter what the log holds the digest of. */
    certificate: (async (request, response) => {
      const { user } = await admit(request)
      const id = pathShapes.statement.parse(request.params.statement)
      const { certificate } = await ownReport(parts, id, mine(user))
      kept(response, `certificate-${id.slice(0, 8)}.json`, 'application/json').send(canonical(certificate))
    }) satisfies RequestHandler,

    certificatePdf: (async (request, response) => {
      const { user } = await admit(request)
      const id = pathShapes.statement.parse(request.params.statement)
      const { language } = period.parse(request.query)
      const report = await ownReport(parts, id, mine(user))
      const entries = consent.registry.entries()
      const name = nameOf(entries, mine(user))
      const { certificatePdf } = await import('./consent/certificate-pdf.ts')
      const bytes = await certificatePdf({ ...report, name, company: consent.company?.name ?? '', language })
      kept(response, `certificate-${id.slice(0, 8)}.pdf`, 'application/pdf').send(Buffer.from(bytes))
    }) satisfies RequestHandler,

    sound: (async (request, response) => {
      const session = await admit(request)
      const id = pathShapes.statement.parse(request.params.statement)
      const use = ownEntry(consent.registry.entries(), id, mine(session.user), now())
      const nowhere = () => new Problem('not-found', { what: 'sound of the use', id })
      if (use.kind !== 'use') throw nowhere()
      const found = await library.spoken(use)
      if (!found) throw nowhere()
      await parts.serve(request, response, session, found.episode, found.digest)
    }) satisfies RequestHandler,
  }
}
