import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'

export const cancelWork: Action = {
  name: 'cancel-work',
  label: 'cancel-work',
  group: 'work',
  keys: [],
  when: state => may(state, 'cancel') && ['running', 'waiting'].includes(state.desk?.episode.state ?? ''),
  act: async ({ state, change, ask }) => {
    const id = state.peek().desk?.episode.id
    if (id === undefined) return
    const episode = await ask('cancel', { episode: id })
    change(withDesk(desk => ({ ...desk, episode })))
  },
}
