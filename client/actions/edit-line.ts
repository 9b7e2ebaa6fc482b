import { withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const editLine: Action = {
  name: 'edit-line',
  label: 'edit-line',
  group: 'edit',
  keys: ['enter'],
  when: ({ desk }) => desk?.open !== undefined,
  act: ({ change }) => {
    change(withDesk(desk => ({ ...desk, near: true })))
    requestAnimationFrame(() => document.getElementById('line-text')?.focus())
  },
}
