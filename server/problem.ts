import type { ErrorRequestHandler, Response } from 'express'
import { z } from 'zod'
import { Problem, type ProblemCode } from '../pipelines/problem.ts'
import type { Conflict, ProblemView } from './contract.ts'

/** Somebody was quicker. What was sent and what stands there now go back with it, so that nothing is lost. */
export class Clash extends Problem {
  readonly both: Pick<Conflict, 'yours' | 'theirs'>

  constructor(both: Pick<Conflict, 'yours' | 'theirs'>) {
    super('line-changed')
    this.both = both
  }
}

/** What each problem is called in HTTP. */
export const statuses = {
  'media-unreadable': 422,
  'media-forbidden': 422,
  'media-too-large': 413,
  'media-silent': 422,
  'speech-missing': 422,
  'master-strange': 422,
  'stream-missing': 422,
  'script-unreadable': 422,
  'subtitles-unreadable': 422,
  'no-words': 422,
  'reading-missing': 422,
  'ffmpeg-missing': 503,
  'ffmpeg-failed': 500,
  'engine-failed': 502,
  'engine-unreachable': 502,
  'language-unspoken': 422,
  'model-missing': 503,
  'model-unlicensed': 403,
  'model-damaged': 503,
  'model-unknown': 404,
  'voice-withheld': 403,
  'mark-missing': 500,
  'credentials-missing': 500,
  'consent-shut': 503,
  'not-enrolled': 409,
  'enrolled-already': 409,
  'passkey-failed': 422,
  'passkey-unknown': 401,
  'statement-refused': 422,
  'recording-refused': 422,
  cancelled: 409,
  'store-busy': 503,
  'store-unsupported': 503,
  'store-unreachable': 503,
  'store-damaged': 503,
  'backup-damaged': 422,
  'command-refused': 400,
  'disk-full': 507,
  'settings-wrong': 500,
  'bad-request': 400,
  'too-large': 413,
  'not-found': 404,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'not-allowed': 403,
  'foreign-origin': 403,
  'too-many': 429,
  'link-used': 410,
  'name-taken': 409,
  'line-changed': 409,
  'line-approved': 409,
  'upload-unfinished': 409,
  'parcel-unmade': 409,
  busy: 409,
  fault: 500,
} as const satisfies Record<ProblemCode, number>

/** Keeps what has no name in the log, and gives the id it can be found under. */
export type Fault = (error: unknown) => string

/** The problem in a person's words. What is none is a fault of ours: the log knows more, the person gets an id. */
export function viewOf(error: unknown, fault: Fault): ProblemView {
  const { code, message, mend, figures } = named(error, fault)
  return { code, says: message, mend, figures }
}

/** Gives the error as one of the closed list. */
export function named(error: unknown, fault: Fault): Problem {
  if (error instanceof Problem) return error
  if (error instanceof z.ZodError) return misread(error)
  if (!isHttp(error)) return new Problem('fault', { id: fault(error) }, error)
  if (error.status === 404) return new Problem('not-found', { what: 'page', id: '' }, error)
  if (error.status === 413) return new Problem('too-large', { limit: error.limit ?? '' }, error)
  return new Problem('bad-request', { where: 'request', reason: error.message }, error)
}

/** The one place that turns errors into answers. */
export function answerErrors(fault: Fault): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    // The answer had begun: nothing can be said any more but that it is broken.
    if (response.headersSent) return void response.destroy()
    refuse(response, named(error, fault))
  }
}

function refuse(response: Response, problem: Problem): void {
  const { code, message, mend, figures } = problem
  if (code === 'too-many') response.set('retry-after', String(figures.seconds))
  const both = problem instanceof Clash ? problem.both : {}
  response.status(statuses[code]).json({ problem: { code, says: message, mend, figures }, ...both })
}

/** Says where the first faults are. The values are left out: they may be a password. */
function misread({ issues }: z.ZodError): Problem {
  const told = issues
    .slice(0, 3)
    .map(({ path, message }) => ({ where: path.map(String).join('.') || 'body', reason: message }))
  const [first = { where: 'body', reason: 'it can’t be read' }, ...rest] = told
  const more = rest.map(({ where, reason }) => `; ${where}: ${reason}`).join('')
  return new Problem('bad-request', { where: first.where, reason: first.reason + more })
}

/** What express and its parsers throw at a bad request: an error with a 4xx status. */
function isHttp(error: unknown): error is Error & { status: number; limit?: number } {
  if (!(error instanceof Error) || !('status' in error)) return false
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500
}
