import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { setEnd, setStart } from '../actions/set-times.ts'
import { attempt } from '../attempt.ts'
import { write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import { clock, readClock } from '../times.ts'
import { Do } from './do.tsx'
import { useHands, useSay } from './house.ts'

/** When a line begins and ends, to be written or set to the playhead. What is no time is put back. */
export function Times({ line, seen, fixed }: { line: LineView; seen: LineView; fixed: boolean }) {
  const hands = useHands()
  const say = useSay()
  const keep = (edge: 'start' | 'end', input: HTMLInputElement) => {
    const at = readClock(input.value)
    const good = at !== undefined && (edge === 'start' ? at < seen.end : at > seen.start)
    if (!good) {
      input.value = clock(seen[edge])
      return
    }
    hands.change(withDesk(desk => write(desk, line, { [edge]: at })))
    void attempt(hands.change, () => saveDraft(hands, line.id))
  }
  const field = (edge: 'start' | 'end') => (
    <input
      key={`${line.id}/${seen[edge]}`}
      class="figure clock"
      aria-label={say(edge)}
      inputMode="decimal"
      readOnly={fixed}
      defaultValue={clock(seen[edge])}
      onChange={event => keep(edge, event.currentTarget)}
    />
  )
  return (
    <span class="times">
      <Do action={setStart} look="icon">
        [
      </Do>
      {field('start')}
      <span aria-hidden="true">–</span>
      {field('end')}
      <Do action={setEnd} look="icon">
        ]
      </Do>
    </span>
  )
}
