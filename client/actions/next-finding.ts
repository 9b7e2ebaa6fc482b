import { nextOpen, openLine, withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const nextFinding: Action = {
  name: 'next-finding',
  label: 'next-finding',
  group: 'line',
  keys: ['n', 'alt+n'],
  typing: true,
  when: ({ desk }) => desk !== undefined && nextOpen(desk) !== undefined,
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const line = nextOpen(desk)
        return line === undefined ? desk : openLine({ ...desk, sift: { only: 'all', text: '' } }, line)
      }),
    ),
}
