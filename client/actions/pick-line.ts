import { lineAt, openLine, withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const pickLine: Action = {
  name: 'pick-line',
  label: 'pick-line',
  group: 'line',
  keys: ['g'],
  when: ({ desk }) => (desk?.lines?.length ?? 0) > 0,
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const line = lineAt(desk.lines ?? [], desk.player.at)
        return line === undefined ? desk : openLine({ ...desk, sift: { only: 'all', text: '' } }, line)
      }),
    ),
}
