import { useState } from 'preact/hooks'
import type { RequestView, TermsShape, Wish } from '../../../server/contract.ts'
import { refusals } from '../../voice/sheets.ts'
import { dateIn, listIn } from '../../voice/spell.ts'
import { Icon } from '../icon.tsx'
import { StateChip, stateFor } from './asked.tsx'
import { useOf, useReady, useSay, useTongue, useVoice } from './house.ts'
import { Lines } from './lines.tsx'
import { NarrowTerms } from './narrow.tsx'
import { Row, TermsRows } from './terms.tsx'
import { TheText } from './the-text.tsx'

/** One request, read in full, and answered on the same page. */
export function Request({ id }: { id: string }) {
  const say = useSay()
  const tongue = useTongue()
  const me = useOf(state => state.me)
  const request = useOf(state => state.asked?.find(one => one.id === id))
  const people = useOf(state => state.mine?.people)
  if (request === undefined) return <main class="page narrow" aria-busy="true" />
  const { terms, company, logged, noticeUntil, actor, actorName, holderName, licensed } = request
  const theirs = people?.find(({ party }) => party === actor)
  const may = {
    grant: actor === me?.party || (theirs?.powers.includes('grant') ?? false),
    license: terms.holder === me?.party,
    refuse: actor === me?.party || terms.holder === me?.party || (theirs?.powers.includes('refuse') ?? false),
  }
  const state = stateFor(request, me?.party)
  return (
    <main class="page narrow">
      <p>
        <a href="#/" class="return">
          <Icon name="back" />
          {say('back')}
        </a>
      </p>
      <header class="title">
        <h1>{say('ask-title', { title: terms.title, characters: listIn(tongue, terms.characters) })}</h1>
        <StateChip state={state} />
      </header>
      <p class="lead">
        {actor !== me?.party && <>{say('asked-for', { name: actorName })} · </>}
        {say('asked-from', { company, date: dateIn(tongue, logged) })}
      </p>
      <section class="block">
        <TermsRows
          terms={terms}
          more={
            <>
              <Row label={say('notice')}>
                {say('notice-value', { hours: terms.noticeHours, until: dateIn(tongue, noticeUntil) })}
              </Row>
              <Row label={say('holder')}>
                {say(licensed ? 'holder-said' : 'holder-not', { name: holderName })}
              </Row>
            </>
          }
        />
        <Lines request={request} />
      </section>
      {state === 'open' || state === 'withdrawn' ? (
        <Answer request={request} may={may} />
      ) : (
        <p>
          <a class="button wide tall" href="#/mine">
            {say('answered-see')}
          </a>
        </p>
      )}
    </main>
  )
}

type May = { readonly grant: boolean; readonly license: boolean; readonly refuse: boolean }

function Answer({ request, may }: { request: RequestView; may: May }) {
  const { change, go, say: sign } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const busy = useOf(state => state.busy)
  const words = useOf(state => state.words)
  const me = useOf(state => state.me?.party)
  const [waived, waive] = useState(false)
  const [terms, narrow] = useState<TermsShape>()
  const wish: Wish | undefined = may.license
    ? { kind: 'licence', of: request.id }
    : may.grant
      ? { kind: 'grant', of: request.id, noticeWaived: waived, ...(terms && { terms }) }
      : undefined
  const ready = useReady(wish)
  const agree = async () => {
    const said = ready && (await sign(ready, may.license ? 'licence-done' : 'grant-done'))
    if (said) go({ at: 'mine' })
  }
  const actor = request.actor === me ? undefined : request.actor
  const refuse = () =>
    change({ sheet: refusals(request, { say, tongue, words, holder: may.license, actor }) })
  return (
    <section class="answer">
      <h2>{say('answer-title')}</h2>
      {wish === undefined && <p>{say('answer-not-yours', { name: request.actorName })}</p>}
      {wish?.kind === 'grant' && (
        <>
          <label class="check">
            <input
              type="checkbox"
              name="waive"
              checked={waived}
              onChange={event => waive(event.currentTarget.checked)}
            />
            {say('waive', { hours: request.terms.noticeHours })}
          </label>
          <details>
            <summary>{say('narrow')}</summary>
            <NarrowTerms base={request.terms} value={terms ?? request.terms} change={narrow} />
          </details>
        </>
      )}
      {wish && <TheText ready={ready} />}
      <div class="stack">
        {wish && (
          <button
            type="button"
            class="button main wide tall"
            disabled={busy || ready === undefined}
            onClick={() => void agree()}
          >
            {say(wish.kind === 'licence' ? 'licence-do' : 'grant-do')}
          </button>
        )}
        {may.refuse && (
          <button type="button" class="button wide tall" onClick={refuse}>
            {say('refuse-do')}
          </button>
        )}
        {wish && <p class="small soft">{say('grant-hint')}</p>}
      </div>
    </section>
  )
}
