import { clashOf } from '../desk/drafts.ts'
import { draftOf, openLineOf } from '../desk/lines.ts'
import type { Action } from './action.ts'
import { nextLine } from './next-line.ts'
import { saveLine } from './save-line.ts'

export const saveAndNext: Action = {
  name: 'save-and-next',
  label: 'save-and-next',
  group: 'edit',
  keys: ['ctrl+enter'],
  typing: true,
  when: ({ desk }) => desk?.open !== undefined,
  act: async hands => {
    const { state } = hands
    if (saveLine.when(state.peek())) await saveLine.act(hands)
    const desk = state.peek().desk
    const line = openLineOf(desk)
    if (desk === undefined || line === undefined || clashOf(line, draftOf(desk, line)).length > 0) return
    await nextLine.act(hands)
    requestAnimationFrame(() => document.getElementById('line-text')?.focus())
  },
}
