import { type DestinationStream, type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/** Where a person could stand in a record. Nobody logs these; should somebody, they don't come through. */
const personal = [
  'name',
  'password',
  'token',
  'cookie',
  'csrf',
  'ip',
  'address',
  'text',
  'headers',
  'body',
  'file',
]

/** One JSON record a line, on stdout unless another destination is given. People appear by their ids alone. */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>, destination?: DestinationStream): Log {
  const options = {
    level: logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: personal.flatMap(key => [key, `*.${key}`]), censor: '[personal]' },
    serializers: { err: told },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** What went wrong and where in our code, with the causes. Not the fields of the error: they may hold a person's words. */
function told(error: unknown): object {
  if (!(error instanceof Error)) return { says: typeof error }
  const code = 'code' in error ? { code: String(error.code) } : {}
  const cause = error.cause === undefined ? {} : { cause: told(error.cause) }
  return { type: error.constructor.name, ...code, says: error.message, stack: error.stack, ...cause }
}
