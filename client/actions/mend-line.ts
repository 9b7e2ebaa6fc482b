import { write } from '../desk/drafts.ts'
import { openLineOf, withDesk } from '../desk/lines.ts'
import { mendedWords } from '../desk/mends.ts'
import type { Action } from './action.ts'
import { saveLine } from './save-line.ts'

/** Everything in the line's words that can be mended, at once. */
export const mendLine: Action = {
  name: 'mend-line',
  label: 'mend-line',
  group: 'edit',
  keys: ['alt+m'],
  typing: true,
  when: state => mendedWords(state) !== undefined,
  act: async hands => {
    const text = mendedWords(hands.state.peek())
    if (text === undefined) return
    hands.change(
      withDesk(desk => {
        const line = openLineOf(desk)
        return line === undefined ? desk : write(desk, line, { text })
      }),
    )
    if (saveLine.when(hands.state.peek())) await saveLine.act(hands)
  },
}
