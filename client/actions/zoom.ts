import { withDesk } from '../desk/lines.ts'
import type { Desk } from '../state.ts'
import { zoomed } from '../wave/view.ts'
import type { Action } from './action.ts'

const by = (factor: number) =>
  withDesk((desk: Desk) => ({
    ...desk,
    view: zoomed(desk.view, factor, desk.player.at, desk.episode.duration ?? desk.view.end),
  }))

export const zoomIn: Action = {
  name: 'zoom-in',
  label: 'zoom-in',
  group: 'play',
  keys: ['+', 'shift++', '='],
  when: ({ desk }) => desk !== undefined,
  act: ({ change }) => change(by(0.5)),
}
export const zoomOut: Action = {
  name: 'zoom-out',
  label: 'zoom-out',
  group: 'play',
  keys: ['-'],
  when: ({ desk }) => desk !== undefined,
  act: ({ change }) => change(by(2)),
}
