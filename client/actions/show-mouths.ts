import { withDesk } from '../desk/lines.ts'
import type { Action } from './action.ts'

export const showMouths: Action = {
  name: 'show-mouths',
  label: 'show-mouths',
  group: 'sound',
  keys: ['m'],
  when: ({ desk }) => desk?.episode.flaps !== undefined,
  act: ({ change }) =>
    change(withDesk(desk => ({ ...desk, player: { ...desk.player, mouths: !desk.player.mouths } }))),
}
