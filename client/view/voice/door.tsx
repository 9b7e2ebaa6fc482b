import { knowsPasskeys } from '../../voice/sign.ts'
import { Credentials } from '../credentials.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useVoice } from './house.ts'
import { ByPaper } from './recover.tsx'
import { StopNow } from './stop-now.tsx'

/** The way in: the passkey, and for who has one the password. */
export function Door() {
  const { ask, attempt, change, enter } = useVoice()
  const say = useSay()
  const busy = useOf(state => state.busy)
  const able = knowsPasskeys()
  const withPassword = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const given = { name: get('name') ?? '', password: get('password') ?? '' }
    const session = await attempt(() => ask('signIn', {}, given))
    if (session) change({ session, notice: undefined })
  }
  return (
    <main class="door">
      <section class="card">
        <h1>{say('door-title')}</h1>
        <p class="soft">{say('door-says')}</p>
        {able ? (
          <div class="stack">
            <button type="button" class="button main wide tall" disabled={busy} onClick={() => void enter()}>
              <Icon name="lock" />
              {say('door-passkey')}
            </button>
            <p class="soft small">{say('door-passkey-says')}</p>
          </div>
        ) : (
          <p class="told amber">{say('door-unable')}</p>
        )}
        <details>
          <summary>{say('door-password')}</summary>
          <form class="form" onSubmit={withPassword}>
            <Credentials say={say} />
            <button type="submit" class="button wide">
              {say('sign-in')}
            </button>
          </form>
        </details>
        {able && <ByPaper />}
        {able && <StopNow />}
        <p class="soft small">{say('door-new')}</p>
        <p class="row small">
          <a href="/verify">{say('verify')}</a>
          <a href="/">{say('desk')}</a>
        </p>
      </section>
    </main>
  )
}
