import type { Hands } from '../hands.ts'
import type { State } from '../state.ts'
import type { Action } from './action.ts'

const playable = ({ desk }: State) => (desk?.episode.proxy ?? desk?.episode.sound) !== undefined
const frameOf = ({ desk }: State) => {
  const rate = desk?.episode.frameRate
  return rate === undefined ? 40 : (1000 * rate.den) / rate.num
}
const by =
  (ms: number) =>
  ({ state, deck }: Hands) =>
    deck.seek((state.peek().desk?.player.at ?? 0) + ms)
/** To the middle of the next frame: its edge belongs to either, as a browser rounds. */
const frames =
  (count: number) =>
  ({ state, deck }: Hands) => {
    const frame = frameOf(state.peek())
    const at = state.peek().desk?.player.at ?? 0
    deck.pause()
    deck.seek((Math.floor(at / frame) + count + 0.5) * frame)
  }

export const seekBack: Action = {
  name: 'seek-back',
  label: 'seek-back',
  group: 'play',
  keys: ['arrowleft'],
  when: playable,
  act: by(-2000),
}
export const seekForward: Action = {
  name: 'seek-forward',
  label: 'seek-forward',
  group: 'play',
  keys: ['arrowright'],
  when: playable,
  act: by(2000),
}
export const stepBack: Action = {
  name: 'step-back',
  label: 'step-back',
  group: 'play',
  keys: [',', 'alt+,'],
  typing: true,
  when: playable,
  act: frames(-1),
}
export const stepForward: Action = {
  name: 'step-forward',
  label: 'step-forward',
  group: 'play',
  keys: ['.', 'alt+.'],
  typing: true,
  when: playable,
  act: frames(1),
}
