import { openLine, stepFrom, withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const nextLine: Action = {
  name: 'next-line',
  label: 'next-line',
  group: 'line',
  keys: ['j', 'alt+arrowdown'],
  typing: true,
  when: ({ desk }) => (desk?.lines?.length ?? 0) > 0,
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const line = stepFrom(desk, 1)
        return line === undefined ? desk : openLine(desk, line)
      }),
    ),
}
