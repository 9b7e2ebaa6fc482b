import type { Prepared, RequestView } from '../../../server/contract.ts'
import { writeVoicePlace } from '../../voice/place.ts'
import { dateIn, listIn, payIn } from '../../voice/spell.ts'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { TheText } from './the-text.tsx'

/** Everything I am asked, and whoever I speak for. */
export function Asked() {
  const say = useSay()
  const asked = useOf(state => state.asked)
  const cosigns = useOf(state => state.cosigns)
  return (
    <main class="page narrow" aria-busy={asked === undefined}>
      <h1>{say('asked-title')}</h1>
      {cosigns && cosigns.length > 0 && (
        <section class="stack">
          <h2>{say('cosign-title')}</h2>
          {cosigns.map(ready => (
            <Cosign key={ready.id} ready={ready} />
          ))}
        </section>
      )}
      {asked?.length === 0 && <p class="empty">{say('asked-none')}</p>}
      <ul class="cards">
        {asked?.map(request => (
          <Card key={request.id} request={request} />
        ))}
      </ul>
    </main>
  )
}

const tones: Readonly<Record<string, string>> = {
  open: 'amber',
  granted: 'green',
  licensed: 'green',
  live: 'green',
  notice: 'blue',
  paused: 'amber',
  refused: 'red',
  withdrawn: 'red',
  over: '',
}
type Shown = RequestView['state'] | 'licensed' | 'live' | 'notice' | 'paused'
export function StateChip({ state }: { state: Shown }) {
  const say = useSay()
  return <span class={`chip ${tones[state]}`}>{say(`state-${state}`)}</span>
}

/** For the holder of the rights what counts is the licence; for everybody else, the actor's answer. */
export const stateFor = (request: RequestView, me: string | undefined): Shown =>
  request.terms.holder === me && request.actor !== me
    ? request.licensed
      ? 'licensed'
      : request.state === 'over'
        ? 'over'
        : 'open'
    : request.state

function Card({ request }: { request: RequestView }) {
  const say = useSay()
  const tongue = useTongue()
  const me = useOf(state => state.me?.party)
  const { terms, actor, actorName, company, logged } = request
  return (
    <li>
      <a class="card ask" href={writeVoicePlace({ at: 'asked', id: request.id })}>
        <span class="row">
          <strong>
            {say('ask-title', { title: terms.title, characters: listIn(tongue, terms.characters) })}
          </strong>
          <StateChip state={stateFor(request, me)} />
        </span>
        {actor !== me && <span>{say('asked-for', { name: actorName })}</span>}
        <span>{payIn(say, tongue, terms.money)}</span>
        <span class="small soft">{say('asked-from', { company, date: dateIn(tongue, logged) })}</span>
      </a>
    </li>
  )
}

/** What somebody else has signed, and holds only with my signature beside theirs. */
function Cosign({ ready }: { ready: Prepared }) {
  const { say: sign } = useVoice()
  const say = useSay()
  const busy = useOf(state => state.busy)
  return (
    <article class="block">
      <TheText ready={ready} />
      <button
        type="button"
        class="button main wide tall"
        disabled={busy}
        onClick={() => void sign(ready, 'cosign-done')}
      >
        {say('cosign-do')}
      </button>
    </article>
  )
}
