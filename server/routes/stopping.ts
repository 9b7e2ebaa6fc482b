import { idOf, isStop, type Registry, signed, statementShape, wordingOf } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import { compose, prepared, proofOf } from '../consent/compose.ts'
import type { Naming } from '../consent/naming.ts'
import { takeStop } from '../consent/stop.ts'
import { openLimit } from '../limit.ts'
import type { Deeds } from './deed.ts'

export type StoppingParts = {
  readonly registry: Pick<Registry, 'entries' | 'say' | 'stop'>
  readonly naming: Naming
  readonly now: () => number
}

const minuteMs = 60_000
/** Far more than a person signs, far less than would fill a disk. */
const most = 60
/** What was signed longer ago may have been kept by somebody, to end a yes that was said since. */
const longestMs = 24 * 3_600_000

/**
 * Stopping a voice asks for the register alone: no session, no account, no store. Whose words they are, their signature
 * says; and as they make less possible, whoever brings them does no harm.
 */
export function stoppingDeeds({ registry, naming, now }: StoppingParts): Pick<Deeds, 'stopWords' | 'stop'> {
  const limit = openLimit(most, minuteMs, now)
  return {
    stopWords: async ({ body: { by, wish, language, leave }, here }) => ({
      // Of whoever asks nothing may be known yet: then they are told no keys and nobody's name, numbers alone.
      ...prepared(
        compose(wish, by, registry.entries(), now()),
        language,
        naming.fits(by, leave) ? registry.say : wordingOf,
        [],
      ),
      site: new URL(here).hostname,
    }),

    stop: async ({ body: { statement, shown, proof }, from }) => {
      limit.take(from)
      const said = statementShape.parse(statement)
      if (!isStop(said.kind) || !('by' in said)) throw new Problem('not-signed-in')
      if (now() - said.at > longestMs)
        throw new Problem('statement-refused', { reason: 'It was signed more than a day ago.' })
      const whole = signed.parse({ statement: said, shown, proofs: [proofOf(said.by, proof)] })
      return { id: idOf(whole), state: await takeStop(registry, whole) }
    },
  }
}
