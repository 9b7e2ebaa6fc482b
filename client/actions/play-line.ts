import { asWritten, draftOf, openLineOf } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const playLine: Action = {
  name: 'play-line',
  label: 'play-line',
  group: 'play',
  keys: ['r', 'alt+p'],
  typing: true,
  when: ({ desk }) => openLineOf(desk) !== undefined,
  act: ({ state, deck }) => {
    const desk = state.peek().desk
    const line = openLineOf(desk)
    if (desk === undefined || line === undefined) return
    const { start, end } = asWritten(line, draftOf(desk, line))
    deck.span(start, end)
  },
}
