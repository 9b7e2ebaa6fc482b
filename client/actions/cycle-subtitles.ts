import { withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const cycleSubtitles: Action = {
  name: 'cycle-subtitles',
  label: 'cycle-subtitles',
  group: 'sound',
  keys: ['c'],
  when: ({ desk }) => desk !== undefined,
  act: ({ change }) =>
    change(
      withDesk(desk => ({
        ...desk,
        player: { ...desk.player, shows: desk.player.shows === 'none' ? desk.language : 'none' },
      })),
    ),
}
