import { withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const cycleDub: Action = {
  name: 'cycle-dub',
  label: 'cycle-dub',
  group: 'sound',
  keys: ['d'],
  when: ({ desk }) => (desk?.episode.dubs.length ?? 0) > 0,
  act: ({ change }) =>
    change(
      withDesk(desk => {
        const choices = ['original', ...desk.episode.dubs.map(({ language }) => language)]
        const next = choices[(choices.indexOf(desk.player.hears) + 1) % choices.length] ?? 'original'
        return { ...desk, player: { ...desk.player, hears: next } }
      }),
    ),
}
