import { draftOf, openLineOf } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'
import { judge } from './judge.ts'
import { saveLine } from './save-line.ts'

export const approveLine: Action = {
  name: 'approve-line',
  label: 'approve-line',
  group: 'review',
  keys: ['alt+a'],
  typing: true,
  when: state => {
    const line = openLineOf(state.desk)
    return (
      may(state, 'judgeLine') && line !== undefined && line.approval === undefined && line.text.trim() !== ''
    )
  },
  act: async hands => {
    if (saveLine.when(hands.state.peek())) await saveLine.act(hands)
    const desk = hands.state.peek().desk
    const line = openLineOf(desk)
    if (desk === undefined || line === undefined || draftOf(desk, line) !== undefined) return
    await judge(hands, { verdict: 'approve' })
  },
}
