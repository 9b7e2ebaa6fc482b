import type { PartyRole } from '../../../server/contract.ts'
import { attempt } from '../../attempt.ts'
import { withLeads } from '../../leads/load.ts'
import { readForm } from '../form.ts'
import { useHands, useRead, useSay } from '../house.ts'
import { Hint } from './hint.tsx'
import { useLeadSay } from './say.ts'

/** In the order in which they are invited as a rule. A test holds it against the contract. */
export const partyRoles = [
  'actor',
  'holder',
  'agent',
  'guardian',
  'estate',
  'union',
] as const satisfies readonly PartyRole[]

/** Who is enrolled, by stage name, who was invited, and the way in for others. */
export function Enrolled() {
  const say = useLeadSay()
  const house = useSay()
  const people = useRead(state => state.leads?.people)
  const invited = useRead(state => state.leads?.invited)
  return (
    <section class="block" aria-labelledby="enrolled">
      <h2 id="enrolled">{say('enrolled')}</h2>
      <p class="soft">{say('enrolled-say')}</p>
      <div class="halves">
        <div>
          {people?.length === 0 ? (
            <p class="soft hollow">{say('nobody-enrolled')}</p>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{say('stage-name')}</th>
                  <th scope="col">{say('role')}</th>
                  <th scope="col">{say('voice')}</th>
                </tr>
              </thead>
              <tbody>
                {people?.map(person => (
                  <tr key={person.party}>
                    <th scope="row">
                      {person.name} {person.minor && <span class="chip blue">{say('minor')}</span>}
                    </th>
                    <td>{house(`role-${person.role as PartyRole}`)}</td>
                    <td>
                      {person.role === 'actor' && (
                        <span class={`chip ${person.recorded ? 'green' : 'quiet'}`}>
                          {say(person.recorded ? 'recorded' : 'unrecorded')}
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {invited !== undefined && invited.length > 0 && (
            <>
              <h3 class="told">{say('not-enrolled')}</h3>
              <ul class="plain-list">
                {invited.map(({ name, roles }) => (
                  <li key={name}>
                    {name} <span class="soft">{roles.map(role => house(`role-${role}`)).join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        <Invite />
      </div>
    </section>
  )
}

function Invite() {
  const { ask, change } = useHands()
  const say = useLeadSay()
  const house = useSay()
  const made = useRead(state => state.leads?.link)
  const invite = async (event: SubmitEvent) => {
    const { form, get } = readForm(event)
    const role = partyRoles.find(one => one === get('role')) ?? 'actor'
    const name = get('name') ?? ''
    const answer = await attempt(change, () => ask('inviteParty', {}, { name, role }))
    if (answer === undefined) return
    form.reset()
    change(
      withLeads(leads => ({
        ...leads,
        link: { name, link: answer.link },
        invited: [...(leads.invited ?? []), { name, roles: [role] }],
      })),
    )
  }
  return (
    <form class="card invite" onSubmit={invite}>
      <div>
        <h3>{say('invite-party')}</h3>
        <p class="small soft">{say('invite-party-says')}</p>
      </div>
      <label>
        {say('invite-name')}
        <input name="name" required maxLength={200} autocomplete="off" aria-describedby="invite-name-says" />
        <Hint id="invite-name-says">{say('invite-name-says')}</Hint>
      </label>
      <label>
        {say('role')}
        <select name="role">
          {partyRoles.map(role => (
            <option key={role} value={role}>
              {house(`role-${role}`)}: {house(`role-${role}-says`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button main">
        {say('invite-do')}
      </button>
      {made && (
        <div class="link" role="status">
          <p>{say('invite-done', { name: made.name })}</p>
          <input
            readOnly
            value={made.link}
            aria-label={say('link')}
            onFocus={event => event.currentTarget.select()}
          />
        </div>
      )}
    </form>
  )
}
