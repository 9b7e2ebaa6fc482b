import { attempt } from '../attempt.ts'
import { Credentials } from './credentials.tsx'
import { useHands, useRead, useSay } from './house.ts'

export function SignIn() {
  const { ask, change } = useHands()
  const say = useSay()
  const greeting = useRead(state => state.notice === undefined)
  const enter = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const given = { name: String(form.get('name')), password: String(form.get('password')) }
    const session = await attempt(change, () => ask('signIn', {}, given))
    if (session !== undefined) change(before => ({ ...before, session, notice: undefined }))
  }
  return (
    <main class="door">
      <form class="card" onSubmit={enter}>
        <h1>{say('sign-in')}</h1>
        {greeting && <p class="soft">{say('welcome')}</p>}
        <Credentials say={say} />
        <button type="submit" class="button main wide">
          {say('sign-in')}
        </button>
        <p class="soft small">{say('sign-in-hint')}</p>
        <p class="row small">
          <a href="/voice">{say('voice-door')}</a>
          <a href="/verify">{say('verify-receipt')}</a>
        </p>
      </form>
    </main>
  )
}
