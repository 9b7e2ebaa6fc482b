import { discard } from '../desk/drafts.ts'
import { draftOf, openLineOf, withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const discardDraft: Action = {
  name: 'discard-draft',
  label: 'discard-draft',
  group: 'edit',
  keys: ['alt+z'],
  typing: true,
  when: ({ desk }) => {
    const line = openLineOf(desk)
    return desk !== undefined && line !== undefined && draftOf(desk, line) !== undefined
  },
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const line = openLineOf(desk)
        return line === undefined ? desk : discard(desk, line)
      }),
    ),
}
