import { write } from '../desk/drafts.ts'
import { asWritten, draftOf, openLineOf, withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { State } from '../state.ts'
import type { Action } from './action.ts'
import { saveLine } from './save-line.ts'

const open = (state: State) => {
  const line = openLineOf(state.desk)
  return state.desk && line && asWritten(line, draftOf(state.desk, line))
}
const editable = (state: State) => may(state, 'editLine') && open(state)?.approval === undefined

const setTo =
  (edge: 'start' | 'end'): Action['act'] =>
  async hands => {
    hands.change(
      withDesk(desk => {
        const line = openLineOf(desk)
        return line === undefined ? desk : write(desk, line, { [edge]: desk.player.at })
      }),
    )
    if (saveLine.when(hands.state.peek())) await saveLine.act(hands)
  }

export const setStart: Action = {
  name: 'set-start',
  label: 'set-start',
  group: 'edit',
  keys: ['['],
  when: state => editable(state) && (state.desk?.player.at ?? 0) < (open(state)?.end ?? 0),
  act: setTo('start'),
}
export const setEnd: Action = {
  name: 'set-end',
  label: 'set-end',
  group: 'edit',
  keys: [']'],
  when: state => editable(state) && (state.desk?.player.at ?? 0) > (open(state)?.start ?? Infinity),
  act: setTo('end'),
}
