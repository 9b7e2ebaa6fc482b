import { type Action, actions } from '../actions/index.ts'
import { Dialog } from './dialog.tsx'
import { useSay } from './house.ts'
import { keyName } from './key-name.ts'

const groups = [
  'line',
  'edit',
  'review',
  'play',
  'sound',
  'page',
] as const satisfies readonly Action['group'][]

/** Every key and what it does, from the actions themselves. */
export function Help() {
  const say = useSay()
  return (
    <Dialog name="help" title={say('show-help')}>
      <p class="soft">{say('help-says')}</p>
      <div class="keys">
        {groups.map(group => (
          <section key={group}>
            <h3>{say(`group-${group}`)}</h3>
            <dl>
              {actions
                .filter(action => action.group === group && action.keys.length > 0)
                .map(action => (
                  <div key={action.name}>
                    <dt>{say(action.label)}</dt>
                    <dd>
                      {[...new Set(action.keys.map(keyName))].map(key => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
