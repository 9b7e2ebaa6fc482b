import type { Hands } from '../hands.ts'
import type { Action } from './action.ts'

const rates = [0.5, 0.75, 1, 1.25, 1.5, 2]
const step =
  (steps: 1 | -1) =>
  ({ state, deck }: Hands) => {
    const now = state.peek().desk?.player.rate ?? 1
    const next = rates[rates.indexOf(now) + steps]
    if (next !== undefined) deck.rate(next)
  }

export const slower: Action = {
  name: 'slower',
  label: 'slower',
  group: 'play',
  keys: ['shift+<'],
  when: ({ desk }) => desk !== undefined && desk.player.rate > 0.5,
  act: step(-1),
}
export const faster: Action = {
  name: 'faster',
  label: 'faster',
  group: 'play',
  keys: ['shift+>'],
  when: ({ desk }) => desk !== undefined && desk.player.rate < 2,
  act: step(1),
}
