import { useState } from 'preact/hooks'
import { useSay, useVoice } from './house.ts'

/** Where a one-time link leads. It is used by a press, so that no preview of a message uses it up. */
export function SetUp({ token }: { token: string }) {
  const { ask, attempt, change, go } = useVoice()
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    setBusy(true)
    const session = await attempt(() => ask('setupParty', {}, { token }))
    setBusy(false)
    if (session === undefined) return
    change({ session, me: undefined, notice: undefined })
    go({ at: 'asked' })
  }
  return (
    <main class="door">
      <section class="card">
        <h1>{say('setup-title')}</h1>
        <p>{say('door-says')}</p>
        <p class="soft">{say('setup-says')}</p>
        <button type="button" class="button main wide tall" disabled={busy} onClick={() => void begin()}>
          {say('setup-do')}
        </button>
      </section>
    </main>
  )
}
