import type { Action } from './action.ts'

export const signOut: Action = {
  name: 'sign-out',
  label: 'sign-out',
  group: 'page',
  keys: [],
  when: ({ session }) => Boolean(session),
  act: async ({ change, ask, go }) => {
    await ask('signOut', {})
    change(before => ({ ...before, session: null, desk: undefined, series: undefined, rows: {} }))
    go({ at: 'series' })
  },
}
