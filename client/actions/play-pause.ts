import type { Action } from './action.ts'

export const playPause: Action = {
  name: 'play-pause',
  label: 'play-pause',
  group: 'play',
  keys: [' ', 'alt+s'],
  typing: true,
  when: ({ desk }) => (desk?.episode.proxy ?? desk?.episode.sound) !== undefined,
  act: ({ deck }) => deck.toggle(),
}
