import { attempt } from '../attempt.ts'
import { roleNames } from '../may.ts'
import { readForm } from './form.ts'
import { useHands, useRead, useSay } from './house.ts'

/** Everybody with an account, and the way in for others. */
export function People() {
  const { ask, change } = useHands()
  const say = useSay()
  const people = useRead(state => state.people)
  const invited = useRead(state => state.invited)
  const invite = async (event: SubmitEvent) => {
    const { form, get } = readForm(event)
    const roles = roleNames.filter(role => get(role) === 'on')
    const answer = await attempt(change, () => ask('invite', {}, { name: get('name') ?? '', roles }))
    if (answer === undefined) return
    form.reset()
    change(before => ({
      ...before,
      invited: answer,
      people: [...(before.people ?? []).filter(({ id }) => id !== answer.user.id), answer.user],
    }))
  }
  return (
    <main class="page">
      <header class="head">
        <h1>{say('people')}</h1>
      </header>
      <div class="halves">
        <section>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('roles')}</th>
              </tr>
            </thead>
            <tbody>
              {people?.map(person => (
                <tr key={person.id}>
                  <th scope="row">{person.name}</th>
                  <td>{person.roles.map(role => say(`role-${role}`)).join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <form class="card" onSubmit={invite}>
          <h2>{say('invite')}</h2>
          <label>
            {say('name')}
            <input name="name" required maxLength={200} autocomplete="off" />
          </label>
          <fieldset>
            <legend>{say('roles')}</legend>
            {roleNames.map(role => (
              <label key={role} class="check">
                <input type="checkbox" name={role} defaultChecked={role === 'translator'} />
                <span>
                  {say(`role-${role}`)} <span class="small soft">{say(`role-${role}-says`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <button type="submit" class="button main">
            {say('invite-do')}
          </button>
          {invited && (
            <div class="link" role="status">
              <p>{say('invite-done', { name: invited.user.name })}</p>
              <input
                readOnly
                value={invited.link}
                aria-label={say('link')}
                onFocus={event => event.currentTarget.select()}
              />
            </div>
          )}
        </form>
      </div>
    </main>
  )
}
