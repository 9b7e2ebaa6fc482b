import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { type Written, write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import { useHands, useSay } from './house.ts'

export const kinds = [
  'dialogue',
  'sign',
  'song',
  'note',
  'narration',
] as const satisfies readonly LineView['kind'][]

/** What is kept where a person only says that the rights are somebody's. */
const somebody = '?'

/** What a line of the original is; and of a song, whether somebody holds the rights of its words. */
export function Kind({ line, seen, fixed }: { line: LineView; seen: LineView; fixed: boolean }) {
  const hands = useHands()
  const say = useSay()
  const keep = (written: Written) => {
    hands.change(withDesk(desk => write(desk, line, written)))
    void attempt(hands.change, () => saveDraft(hands, line.id))
  }
  const held = (seen.rights ?? '') !== ''
  return (
    <div class="row">
      <label class="row">
        {say('field-kind')}
        <select
          value={seen.kind}
          disabled={fixed}
          onChange={event => {
            const kind = kinds.find(one => one === event.currentTarget.value)
            if (kind !== undefined) keep({ kind })
          }}
        >
          {kinds.map(kind => (
            <option key={kind} value={kind}>
              {say(`kind-${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {(seen.kind === 'song' || held) && (
        <>
          <label class="row">
            <input
              type="checkbox"
              checked={held}
              disabled={fixed}
              onChange={event => keep({ rights: event.currentTarget.checked ? somebody : '' })}
            />
            {say('rights-held')}
          </label>
          {held && (
            <label class="row">
              {say('field-rights')}
              <input
                key={line.id}
                maxLength={200}
                readOnly={fixed}
                defaultValue={seen.rights === somebody ? '' : seen.rights}
                onChange={event => keep({ rights: event.currentTarget.value.trim() || somebody })}
              />
            </label>
          )}
        </>
      )}
    </div>
  )
}
