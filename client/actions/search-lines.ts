import { withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const searchLines: Action = {
  name: 'search-lines',
  label: 'search-lines',
  group: 'line',
  keys: ['/'],
  when: ({ desk }) => desk?.lines !== undefined,
  act: ({ change }) => {
    change(withDesk(desk => ({ ...desk, pane: 'lines', near: false })))
    requestAnimationFrame(() => document.getElementById('search-lines')?.focus())
  },
}
