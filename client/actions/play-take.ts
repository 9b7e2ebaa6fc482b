import { openLineOf } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const playTake: Action = {
  name: 'play-take',
  label: 'play-take',
  group: 'sound',
  keys: ['t', 'alt+t'],
  typing: true,
  when: ({ desk }) => openLineOf(desk)?.take?.url !== undefined,
  act: async ({ state, deck }) => {
    const url = openLineOf(state.peek().desk)?.take?.url
    if (url !== undefined) await deck.once(url)
  },
}
