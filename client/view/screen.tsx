import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import { useHands, useSay } from './house.ts'

const choices = ['auto', 'on', 'off'] as const

/** Where the mouth of a line is: as the machine saw it, or as a person says. Off screen, a dub is freer in time. */
export function Screen({ line, seen, fixed }: { line: LineView; seen: LineView; fixed: boolean }) {
  const hands = useHands()
  const say = useSay()
  if (line.sight === undefined) return null
  return (
    <label class="row">
      {say('field-screen')}
      <select
        value={seen.screen ?? 'auto'}
        disabled={fixed}
        onChange={event => {
          const screen = choices.find(one => one === event.currentTarget.value)
          hands.change(withDesk(desk => write(desk, line, { screen })))
          void attempt(hands.change, () => saveDraft(hands, line.id))
        }}
      >
        <option value="auto">{say('screen-seen', { seen: say(`screen-${line.sight}`) })}</option>
        <option value="on">{say('screen-on')}</option>
        <option value="off">{say('screen-off')}</option>
      </select>
    </label>
  )
}
