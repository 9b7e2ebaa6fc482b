import { openLineOf } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'
import { judge } from './judge.ts'

export const reopenLine: Action = {
  name: 'reopen-line',
  label: 'reopen-line',
  group: 'review',
  keys: ['alt+r'],
  typing: true,
  when: state => may(state, 'judgeLine') && openLineOf(state.desk)?.approval !== undefined,
  act: hands => judge(hands, { verdict: 'reopen' }),
}
