import { fill, problems } from '../../../pipelines/problem.ts'

type More = Readonly<Record<string, unknown>>

/** An answer that says no, in the codes that MongoDB's drivers act upon. `more` goes into the answer beside them. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: number
  readonly codeName: string
  readonly more: More

  constructor(code: number, codeName: string, message: string, more: More = {}) {
    super(message)
    this.code = code
    this.codeName = codeName
    this.more = more
  }
}

/** What the embedded store does not do, it names, with the way out. */
export function unknown(what: string): StoreError {
  const [sentence, mend] = problems['store-unsupported']
  return new StoreError(115, 'CommandNotSupported', `${fill(sentence, { what })} ${mend}`)
}

/** What makes no sense, here or on MongoDB. */
export const bad = (says: string): StoreError => new StoreError(2, 'BadValue', says)

/** The fields an error adds to an answer. */
export function errorFields(error: unknown): More {
  if (error instanceof StoreError)
    return { code: error.code, codeName: error.codeName, errmsg: error.message, ...error.more }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_FULL'))
    return { code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'There is no room left on the disk.' }
  const says = error instanceof Error ? error.message : String(error)
  return { code: 8, codeName: 'UnknownError', errmsg: `The embedded store failed: ${says}` }
}
