import { openLine, stepFrom, withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const previousLine: Action = {
  name: 'previous-line',
  label: 'previous-line',
  group: 'line',
  keys: ['k', 'alt+arrowup'],
  typing: true,
  when: ({ desk }) => (desk?.lines?.length ?? 0) > 0,
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const line = stepFrom(desk, -1)
        return line === undefined ? desk : openLine(desk, line)
      }),
    ),
}
