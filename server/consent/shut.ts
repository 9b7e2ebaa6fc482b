/** What stands where a part of the register can't be opened: nothing is permitted, and every no is taken. */
import {
  type Journal,
  type Ledger,
  type Registry,
  signed as signedSchema,
  wordingOf,
} from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'

/** What nobody can look at waits in so many places, and not without end. */
const mostUnseen = 1000

/** Takes a no unseen: its signature is looked at when it is brought to the log, and a false one is dropped then. */
export function shutRegistry(why: string, journal: Journal): Registry {
  const shut = async (): Promise<never> => {
    throw new Problem('consent-shut', { reason: why })
  }
  return {
    about: shut,
    hold: shut,
    enter: shut,
    tell: shut,
    entries: () => [],
    say: wordingOf,
    opening: () => undefined,
    stop: async given => {
      if (journal.waiting().length >= mostUnseen) throw new Problem('too-many', { seconds: 60 })
      await journal.add(signedSchema.parse(given))
      return { logged: false }
    },
  }
}

/** No log entry, no permit. */
export const closedLedger = (why: string): Ledger => {
  const closed = async (): Promise<never> => {
    throw new Error(why)
  }
  return { about: closed, hold: closed }
}

const noKey = async (): Promise<never> => {
  throw new Error('The key of the keys of voices is missing.')
}
export const closedKms = { wrap: noKey, unwrap: noKey, destroy: noKey }
