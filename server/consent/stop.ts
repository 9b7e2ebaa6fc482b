import { Inadmissible, type Registry, type Signed } from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'

/**
 * Has the register take what ends or narrows a yes. Brought twice, as by a phone that heard no answer, it is taken once.
 * @throws Problem `statement-refused`
 */
export async function takeStop(
  { stop }: Pick<Registry, 'stop'>,
  signed: Signed,
): Promise<'logged' | 'waiting'> {
  try {
    return (await stop(signed)).logged ? 'logged' : 'waiting'
  } catch (error) {
    if (!(error instanceof Inadmissible)) throw error
    if (error.objection === 'again') return 'logged'
    throw new Problem('statement-refused', { reason: error.message }, error)
  }
}
