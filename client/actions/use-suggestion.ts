import { write } from '../desk/drafts.ts'
import { openLineOf, withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'
import { saveLine } from './save-line.ts'

export const useSuggestion: Action = {
  name: 'use-suggestion',
  label: 'use-suggestion',
  group: 'edit',
  keys: ['alt+u'],
  typing: true,
  when: state => {
    const line = openLineOf(state.desk)
    return may(state, 'editLine') && line?.suggestion !== undefined && line.approval === undefined
  },
  act: async hands => {
    hands.change(
      withDesk(desk => {
        const line = openLineOf(desk)
        return line?.suggestion === undefined ? desk : write(desk, line, { text: line.suggestion.text })
      }),
    )
    if (saveLine.when(hands.state.peek())) await saveLine.act(hands)
  },
}
