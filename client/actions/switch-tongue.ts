import type { Action } from './action.ts'

export const switchTongue: Action = {
  name: 'switch-tongue',
  label: 'switch-tongue',
  group: 'page',
  keys: ['alt+l'],
  typing: true,
  when: () => true,
  act: ({ change }) => change(before => ({ ...before, tongue: before.tongue === 'en' ? 'ja' : 'en' })),
}
