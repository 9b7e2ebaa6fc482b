import type { NoView, YesView } from '../../../server/contract.ts'
import { writeVoicePlace } from '../../voice/place.ts'
import {
  lift,
  pause,
  pauseOfAll,
  refusalOfAll,
  resume,
  withdrawal,
  withdrawalOfAll,
} from '../../voice/sheets.ts'
import { dateIn, listIn, payIn } from '../../voice/spell.ts'
import { Icon } from '../icon.tsx'
import { StateChip } from './asked.tsx'
import { Certificates } from './certificates.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { TermsRows } from './terms.tsx'

/** My yeses and noes, and those of whom I speak for: each ended or narrowed with one press and one signature. */
export function Mine() {
  const { change } = useVoice()
  const say = useSay()
  const mine = useOf(state => state.mine)
  const me = useOf(state => state.me)
  if (mine === undefined || me?.party === undefined) return <main class="page narrow" aria-busy="true" />
  const { yeses, noes } = mine
  const party = me.party
  const actor = me.role === 'actor'
  return (
    <main class="page narrow">
      <h1>{say('mine-title')}</h1>
      {yeses.length + noes.length === 0 && <p class="empty">{say('mine-none')}</p>}
      {yeses.length > 0 && (
        <section>
          <h2>{say(me.role === 'holder' ? 'licences' : 'yeses')}</h2>
          <ul class="cards">
            {yeses.map(yes => (
              <Yes key={yes.id} yes={yes} />
            ))}
          </ul>
        </section>
      )}
      {noes.length > 0 && (
        <section>
          <h2>{say('noes')}</h2>
          <ul class="cards">
            {noes.map(no => (
              <No key={no.id} no={no} />
            ))}
          </ul>
        </section>
      )}
      <Certificates />
      {actor && (
        <details class="block">
          <summary>{say('at-once')}</summary>
          <div class="stack">
            <button
              type="button"
              class="button wide tall"
              onClick={() => change({ sheet: pauseOfAll([party]) })}
            >
              {say('at-once-pause')}
            </button>
            <button
              type="button"
              class="button wide tall"
              onClick={() => change({ sheet: withdrawalOfAll(party) })}
            >
              {say('at-once-withdraw')}
            </button>
            <button
              type="button"
              class="button wide tall"
              onClick={() => change({ sheet: refusalOfAll(party) })}
            >
              {say('at-once-refuse')}
            </button>
          </div>
        </details>
      )}
    </main>
  )
}

/** What I may do with a yes: with my own everything, with another's what my mandate says. */
function useMay(yes: YesView): (power: string) => boolean {
  const me = useOf(state => state.me?.party)
  const people = useOf(state => state.mine?.people)
  if (yes.kind === 'licence' || yes.actor === me) return () => true
  const powers = people?.filter(({ party }) => party === yes.actor).flatMap(({ powers }) => powers) ?? []
  return power => powers.includes(power)
}

function Yes({ yes }: { yes: YesView }) {
  const { change } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const me = useOf(state => state.me?.party)
  const may = useMay(yes)
  const { id, terms, state, pauses, logged, kind, actor, actorName } = yes
  const stands = state === 'live' || state === 'notice' || state === 'paused'
  const own = pauses.find(({ mine }) => mine)
  return (
    <li class="card yes" data-yes={id}>
      <div class="row">
        <h3>{say('ask-title', { title: terms.title, characters: listIn(tongue, terms.characters) })}</h3>
        <StateChip state={state} />
      </div>
      {actor !== undefined && actor !== me && <p>{say('asked-for', { name: actorName })}</p>}
      <p>
        {payIn(say, tongue, terms.money)}
        <br />
        <span class="small soft">
          {say('term-value', { from: dateIn(tongue, logged), until: dateIn(tongue, terms.until) })}
        </span>
      </p>
      {pauses.map(one => (
        <p key={one.id} class="told amber">
          {say('paused-by', { name: one.by })}
        </p>
      ))}
      {stands && (
        <div class="row">
          {may('withdraw') && (
            <button
              type="button"
              class="button danger tall push"
              onClick={() => change({ sheet: withdrawal(yes) })}
            >
              {say('withdraw-do')}
            </button>
          )}
          {own ? (
            <button type="button" class="button tall push" onClick={() => change({ sheet: resume(own.id) })}>
              {say('resume-do')}
            </button>
          ) : (
            kind === 'grant' &&
            may('suspend') && (
              <button type="button" class="button tall push" onClick={() => change({ sheet: pause(id) })}>
                {say('pause-do')}
              </button>
            )
          )}
          {may('narrow') && (
            <a class="button tall push" href={writeVoicePlace({ at: 'mine', id })}>
              {say('narrow-do')}
            </a>
          )}
        </div>
      )}
      {kind === 'grant' && (
        <p>
          <a class="button quiet" href={`/api/consent/receipts/${id}`} download>
            <Icon name="download" />
            {say('receipt')}
          </a>
        </p>
      )}
      <details>
        <summary>{say('details')}</summary>
        <TermsRows terms={terms} />
      </details>
    </li>
  )
}

function No({ no }: { no: NoView }) {
  const { change } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const words = useOf(state => state.words)
  const { id, kind, title, act, grants, by, logged, lifted, mine } = no
  const deed = words?.acts.find(({ name }) => name === act)?.[tongue] ?? act ?? ''
  const what =
    kind === 'suspension'
      ? grants.length > 0
        ? say('pause-of', { count: grants.length })
        : say('pause-all')
      : title !== null
        ? act !== null
          ? say('no-title-act', { title, act: deed })
          : say('no-title', { title })
        : act !== null
          ? say('no-act', { act: deed })
          : say('no-everything')
  return (
    <li class="card yes">
      <div class="row">
        <h3>{what}</h3>
        <span class={`chip ${lifted ? '' : kind === 'refusal' ? 'red' : 'amber'}`}>
          {say(lifted ? 'lifted' : kind === 'refusal' ? 'state-refused' : 'state-paused')}
        </span>
      </div>
      <p class="small soft">{say('no-by', { name: by, date: dateIn(tongue, logged) })}</p>
      {mine && !lifted && (
        <button
          type="button"
          class="button tall"
          onClick={() => change({ sheet: kind === 'refusal' ? lift(id) : resume(id) })}
        >
          {say(kind === 'refusal' ? 'lift-do' : 'resume-do')}
        </button>
      )}
    </li>
  )
}
