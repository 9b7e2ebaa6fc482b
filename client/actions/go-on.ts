import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import type { Action } from './action.ts'

export const goOn: Action = {
  name: 'go-on',
  label: 'go-on',
  group: 'work',
  keys: [],
  when: state =>
    may(state, 'run') && ['failed', 'cancelled', 'waiting'].includes(state.desk?.episode.state ?? ''),
  act: async ({ state, change, ask }) => {
    const id = state.peek().desk?.episode.id
    if (id === undefined) return
    const episode = await ask('run', { episode: id })
    change(withDesk(desk => ({ ...desk, episode })))
  },
}
