import { attempt } from '../attempt.ts'
import { useHands, useSay } from './house.ts'

/** Where a one-time link leads: its person chooses a name and a password, and is in. */
export function SetUp({ token }: { token: string }) {
  const { ask, change, go } = useHands()
  const say = useSay()
  const begin = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const given = { token, name: String(form.get('name')), password: String(form.get('password')) }
    const session = await attempt(change, () => ask('setup', {}, given))
    if (session === undefined) return
    change(before => ({ ...before, session, notice: undefined }))
    go({ at: 'series' })
  }
  return (
    <main class="door">
      <form class="card" onSubmit={begin}>
        <h1>{say('set-up')}</h1>
        <p class="soft">{say('set-up-says')}</p>
        <label>
          {say('name')}
          <input name="name" autocomplete="username" required maxLength={200} />
        </label>
        <label>
          {say('password')}
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            required
            minLength={10}
            maxLength={200}
            aria-describedby="password-hint"
          />
        </label>
        <p id="password-hint" class="soft small">
          {say('password-hint')}
        </p>
        <button type="submit" class="button main wide">
          {say('set-up-do')}
        </button>
      </form>
    </main>
  )
}
