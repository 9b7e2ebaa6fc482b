import type { LineView } from '../../server/contract.ts'
import type { Word } from '../words.ts'
import { useSay } from './house.ts'

const reasons: Readonly<Record<string, Word>> = {
  empty: 'unspoken-empty',
  'not-dubbed': 'unspoken-not-dubbed',
  rights: 'unspoken-rights',
  overlong: 'unspoken-overlong',
  'no-voice': 'unspoken-no-voice',
}

/** What became of the line in the dub: how far it was stretched, or why it is silent. */
export function TakeOf({ line: { take } }: { line: LineView }) {
  const say = useSay()
  if (take === undefined) return null
  if (take.state === 'spoken')
    return take.stretch === undefined || Math.abs(take.stretch - 1) < 0.005 ? null : (
      <p class="small soft">{say('take-stretched', { percent: Math.round(take.stretch * 100) })}</p>
    )
  const why = reasons[take.reason ?? '']
  // Why it is withheld, and what to do, is told beside.
  if (take.state === 'withheld') return null
  return <p class="small soft">{say(why ?? 'unspoken-no-voice')}</p>
}
