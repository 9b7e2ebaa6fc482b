import type { Action } from './action.ts'

export const showHelp: Action = {
  name: 'show-help',
  label: 'show-help',
  group: 'page',
  keys: ['shift+?'],
  when: ({ session }) => Boolean(session),
  act: ({ change }) =>
    change(before => ({ ...before, dialog: before.dialog === 'help' ? undefined : 'help' })),
}
