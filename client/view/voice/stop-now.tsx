import { stopNow } from '../../voice/stop.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'

/** At the door, for whoever can't or won't sign in: a passkey, what to stop, and a signature. */
export function StopNow() {
  const { change, tell, knock } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const busy = useOf(state => state.busy)
  const stop = async () => {
    const found = await knock()
    if (!found) return
    const sheet = stopNow(found, say, tongue)
    if (sheet) change({ sheet })
    else tell('stop-now-none')
  }
  return (
    <details>
      <summary>{say('stop-now')}</summary>
      <div class="stack">
        <p class="small">{say('stop-now-says')}</p>
        <button type="button" class="button danger wide tall" disabled={busy} onClick={() => void stop()}>
          <Icon name="lock" />
          {say('stop-now-do')}
        </button>
      </div>
    </details>
  )
}
