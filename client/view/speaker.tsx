import { useMemo } from 'preact/hooks'
import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import { useHands, useRead, useSay } from './house.ts'

/** Who speaks a line of the original: one of those there are, or somebody new. */
export function Speaker({ line, seen, fixed }: { line: LineView; seen: LineView; fixed: boolean }) {
  const hands = useHands()
  const say = useSay()
  const lines = useRead(({ desk }) => desk?.lines)
  const known = useMemo(() => [...new Set(lines?.flatMap(({ speaker }) => speaker ?? []))].sort(), [lines])
  const keep = (speaker: string) => {
    hands.change(withDesk(desk => write(desk, line, { speaker: speaker.trim() })))
    void attempt(hands.change, () => saveDraft(hands, line.id))
  }
  return (
    <label class="row">
      {say('field-speaker')}
      <input
        key={line.id}
        list="speakers"
        lang={line.language}
        maxLength={100}
        readOnly={fixed}
        defaultValue={seen.speaker ?? ''}
        onChange={event => keep(event.currentTarget.value)}
      />
      <datalist id="speakers">
        {known.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </label>
  )
}
