import type { Action } from './action.ts'

export const fullScreen: Action = {
  name: 'full-screen',
  label: 'full-screen',
  group: 'play',
  keys: ['f'],
  when: ({ desk }) => desk?.episode.proxy !== undefined && document.fullscreenEnabled,
  act: async () => {
    // The subtitles stand beside the picture, so their common frame is what fills the screen.
    if (document.fullscreenElement) await document.exitFullscreen()
    else await document.querySelector('.player')?.requestFullscreen()
  },
}
