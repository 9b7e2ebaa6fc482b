import type { MandateView, Wish } from '../../../server/contract.ts'
import { mandate, mandateEnd } from '../../voice/sheets.ts'
import { dateIn } from '../../voice/spell.ts'
import type { VoiceWord } from '../../words/voice.ts'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { Keys } from './keys.tsx'
import { Row } from './terms.tsx'

/** Who I am here, how I check all of it without trusting anybody, and who may speak for me. */
export function Me() {
  const { leave } = useVoice()
  const say = useSay()
  const me = useOf(state => state.me)
  if (me?.role === undefined) return <main class="page narrow" aria-busy="true" />
  return (
    <main class="page narrow">
      <h1>{say('me-title')}</h1>
      <section class="block">
        <dl class="terms">
          <Row label={say('me-name')}>{me.name}</Row>
          {me.legalName && <Row label={say('me-legal')}>{me.legalName}</Row>}
          <Row label={say('me-role')}>{say(`role-${me.role}`)}</Row>
          <Row label={say('me-company')}>{me.company}</Row>
        </dl>
      </section>
      <Pseudonym />
      <Proof publicKey={me.publicKey} />
      <Keys />
      <Mandates actor={me.role === 'actor'} />
      <button type="button" class="button wide tall" onClick={() => void leave()}>
        {say('sign-out')}
      </button>
    </main>
  )
}

/** What others need to name me in a mandate, and I to find myself in the log. */
export function Pseudonym() {
  const { tell } = useVoice()
  const say = useSay()
  const party = useOf(state => state.me?.party) ?? ''
  const copy = () => void navigator.clipboard.writeText(party).then(() => tell('copied'))
  return (
    <section class="block stack">
      <h2>{say('me-party')}</h2>
      <code class="word">{party}</code>
      <button type="button" class="button" onClick={copy}>
        {say('copy')}
      </button>
    </section>
  )
}

function Proof({ publicKey }: { publicKey: string | undefined }) {
  const say = useSay()
  const command =
    'npx kotodama consent monitor --log ' +
    `${location.origin}/log --key log.key --account account.json --seen seen.json`
  return (
    <section class="block stack">
      <h2>{say('proof-title')}</h2>
      <p>{say('proof-says')}</p>
      <a class="button wide tall" href="/api/consent/account.json" download>
        <Icon name="download" />
        {say('proof-account')}
      </a>
      {publicKey !== undefined && (
        <>
          <a class="button wide tall" href="/log/public-key" download="log.key">
            <Icon name="download" />
            {say('proof-key')}
          </a>
          <code class="word">{publicKey}</code>
          <p class="small soft">{say('proof-key-says')}</p>
        </>
      )}
      <p>
        <a href="/verify">{say('verify')}</a>
      </p>
      <details>
        <summary>{say('proof-how')}</summary>
        <code class="word">{command}</code>
      </details>
    </section>
  )
}

const roles = ['agent', 'union', 'guardian', 'estate'] as const
const powers = [
  'grant',
  'refuse',
  'narrow',
  'suspend',
  'resume',
  'withdraw',
  'erase',
  'report-death',
] as const

function Mandates({ actor }: { actor: boolean }) {
  const say = useSay()
  const mandates = useOf(state => state.mine?.mandates)
  return (
    <>
      {mandates && mandates.length > 0 && (
        <section class="stack">
          <h2>{say('mandates')}</h2>
          <ul class="cards">
            {mandates.map(one => (
              <Mandate key={one.id} mandate={one} />
            ))}
          </ul>
        </section>
      )}
      {actor && (
        <details class="block">
          <summary>{say('mandate-title')}</summary>
          <NewMandate />
        </details>
      )}
    </>
  )
}

function Mandate({
  mandate: { id, actorName, toName, role, powers, until, state },
}: {
  mandate: MandateView
}) {
  const { change } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  return (
    <li class="card yes">
      <p>
        <strong>
          {say('mandate-from-to', { actor: actorName, to: toName, role: say(`role-${role}` as VoiceWord) })}
        </strong>
        <br />
        <span class="small soft">
          {powers.map(power => say(`power-${power}` as VoiceWord)).join(' · ')} ·{' '}
          {say('mandate-till', { date: dateIn(tongue, until) })}
        </span>
      </p>
      {state === 'live' ? (
        <button type="button" class="button tall" onClick={() => change({ sheet: mandateEnd(id) })}>
          {say('mandate-end')}
        </button>
      ) : (
        <span class="chip">{say(state === 'over' ? 'state-over' : 'state-withdrawn')}</span>
      )}
    </li>
  )
}

function NewMandate() {
  const { change } = useVoice()
  const say = useSay()
  const read = (event: SubmitEvent) => {
    const { get } = readForm(event)
    const wish: Wish = {
      kind: 'mandate',
      to: get('to') ?? '',
      role: roles.find(role => role === get('role')) ?? 'agent',
      powers: powers.filter(power => get(power) === 'on'),
      from: Date.now(),
      until: Date.parse(get('until') ?? '') + 86_400_000,
    }
    change({ sheet: mandate(wish) })
  }
  return (
    <form class="form" onSubmit={read}>
      <p class="soft">{say('mandate-says')}</p>
      <label>
        {say('mandate-to')}
        <input name="to" required pattern="[\w\-]{43}" spellcheck={false} autocomplete="off" />
      </label>
      <label>
        {say('mandate-role')}
        <select name="role">
          {roles.map(role => (
            <option key={role} value={role}>
              {say(`role-${role}`)}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>{say('mandate-powers')}</legend>
        {powers.map(power => (
          <label key={power} class="check">
            <input type="checkbox" name={power} defaultChecked={power === 'suspend'} />
            {say(`power-${power}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {say('mandate-until')}
        <input type="date" name="until" required />
      </label>
      <button type="submit" class="button main wide tall">
        {say('mandate-do')}
      </button>
    </form>
  )
}
