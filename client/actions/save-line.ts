import { clashOf } from '../desk/drafts.ts'
import { draftOf, openLineOf } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'
import { saveDraft } from './save-draft.ts'

export const saveLine: Action = {
  name: 'save-line',
  label: 'save-line',
  group: 'edit',
  keys: ['ctrl+s'],
  typing: true,
  when: state => {
    const line = openLineOf(state.desk)
    const draft = state.desk && line && draftOf(state.desk, line)
    return (
      may(state, 'editLine') && draft !== undefined && line !== undefined && clashOf(line, draft).length === 0
    )
  },
  act: async hands => {
    const line = openLineOf(hands.state.peek().desk)
    if (line !== undefined) await saveDraft(hands, line.id)
  },
}
