import { useEffect, useState } from 'preact/hooks'
import type { LineView } from '../../server/contract.ts'
import { type Budget, budgetOf } from '../budget.ts'
import type { Say } from '../words.ts'
import { verdictLook } from './figures.tsx'
import { useRead, useSay } from './house.ts'

/** A screen reader is told when nobody has typed for so long, and only what is new. */
const calm = 1200

/** How the text would be spoken in its time, at every key: a bar, a word, and how many syllables it is off. */
export function BudgetOf({ line, seen }: { line: LineView; seen: LineView }) {
  const say = useSay()
  const speaking = useRead(({ desk }) => desk?.episode.speaking?.[line.language], [line.language])
  const budget = budgetOf(line, seen, speaking)
  const told = budget ? sentenceOf(say, budget, seen.text === line.text) : ''
  const [heard, hear] = useState('')
  useEffect(() => {
    // What stands there when the line is opened is read with the line: only changes by typing are announced.
    if (seen.text === line.text) return hear('')
    const timer = setTimeout(() => hear(told), calm)
    return () => clearTimeout(timer)
  }, [told, seen.text === line.text])
  if (budget === undefined) return null
  const look = verdictLook[budget.verdict]
  return (
    <div class={`budget ${look}`}>
      <span class="gauge" aria-hidden="true">
        <span class="filled" style={{ width: `${Math.min(100, (100 * budget.rate) / 1.5)}%` }} />
        <span class="full" />
      </span>
      <span class={`chip ${look}`}>{say(`verdict-${budget.verdict}`)}</span>
      <span class="figure small">{told}</span>
      <span class="unseen" role="status" aria-live="polite">
        {heard === told ? `${say(`verdict-${budget.verdict}`)}. ${heard}` : ''}
      </span>
    </div>
  )
}

function sentenceOf(say: Say, { speaking, room, syllables }: Budget, written: boolean): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const time = say(written ? 'speaks' : 'speaks-about', { seconds: seconds(speaking), room: seconds(room) })
  if (syllables === 0) return time
  const off = say(syllables < 0 ? 'syllables-over' : 'syllables-under', { count: Math.abs(syllables) })
  return `${time} · ${off}`
}
