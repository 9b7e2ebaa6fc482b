import type { RequestView, TermsShape } from '../../../server/contract.ts'
import { lessIn, type RequestState, stateOf } from '../../leads/outlook.ts'
import { may } from '../../may.ts'
import { languageIn } from '../../words.ts'
import { useRead, useTongue } from '../house.ts'
import { TermsIn } from '../voice/terms.tsx'
import { type LeadSay, useLeadSay, whenIn } from './say.ts'
import { termIn } from './terms.ts'

export const requestLook = {
  open: 'blue',
  granted: 'green',
  narrowed: 'amber',
  notice: 'amber',
  paused: 'amber',
  refused: 'red',
  withdrawn: 'red',
  over: 'quiet',
} as const satisfies Record<RequestState, string>

/** Everything that was asked, the newest first, and what was answered. */
export function Requests() {
  const say = useLeadSay()
  const requests = useRead(state => state.leads?.requests)
  const series = useRead(state => state.series)
  const lead = useRead(state => may(state, 'newRequest'))
  return (
    <section class="block" aria-labelledby="requests">
      <h2 id="requests">{say('requests')}</h2>
      {requests?.length === 0 && <p class="soft hollow">{say('no-requests')}</p>}
      <ul class="requests">
        {requests?.map(request => (
          <Request key={request.id} request={request} />
        ))}
      </ul>
      <p class="row told">
        {series?.map(({ id, title }) => (
          <span key={id} class="row">
            {lead && (
              <a class="button" href={`#/series/${id}/ask`}>
                {say('ask-about', { title })}
              </a>
            )}
            <a class="button quiet" href={`#/series/${id}/withheld`}>
              {say('withheld-lines')} · {title}
            </a>
          </span>
        ))}
      </p>
    </section>
  )
}

function Request({ request }: { request: RequestView }) {
  const say = useLeadSay()
  const tongue = useTongue()
  const state = stateOf(request)
  const { terms, yes } = request
  return (
    <li>
      <details class="request">
        <summary>
          <span class={`chip ${requestLook[state]}`}>{say(`state-${state}`)}</span>{' '}
          <strong>{request.actorName}</strong>{' '}
          <span>
            {terms.title} {terms.episodes.join(', ')} ·{' '}
            {terms.languages.map(language => languageIn(tongue, language)).join(', ')} ·{' '}
            {terms.characters.join(', ')}
          </span>{' '}
          <span class="small soft">{say('asked-on', { when: whenIn(tongue, request.logged) })}</span>{' '}
          <span class={`chip ${request.licensed ? 'green' : 'quiet'}`}>
            {say(request.licensed ? 'licensed' : 'unlicensed')}
          </span>
        </summary>
        {yes && state !== 'withdrawn' && <Answer request={request} />}
        {state === 'open' && (
          <p class="small">{say('notice-until', { when: whenIn(tongue, request.noticeUntil) })}</p>
        )}
        <Texts text={request.text} terms={terms} />
      </details>
    </li>
  )
}

function Answer({ request }: { request: RequestView }) {
  const say = useLeadSay()
  const tongue = useTongue()
  const words = useRead(state => state.leads?.words)
  const { yes } = request
  if (yes === undefined) return null
  const less = lessIn(request.terms, yes.terms)
  const when = whenIn(tongue, yes.logged)
  return (
    <div class="answer">
      <p>
        {say('answered-on', { name: yes.actorName, when })}{' '}
        {yes.noticeWaived
          ? say('notice-waived')
          : yes.state === 'notice' && say('notice-until', { when: whenIn(tongue, request.noticeUntil) })}{' '}
        {yes.pauses.map(({ id, by }) => (
          <span key={id}>{say('paused-by', { name: by })} </span>
        ))}
      </p>
      {less.length > 0 && (
        <>
          <p>{say('less-than-asked')}</p>
          <ul class="less">
            {less.map(term => (
              <li key={term}>
                <strong>{termName(say, term)}</strong>{' '}
                <del>
                  <span class="unseen">{say('asked')}: </span>
                  {termIn(say, tongue, words, term, request.terms)}
                </del>{' '}
                →{' '}
                <ins>
                  <span class="unseen">{say('agreed')}: </span>
                  {termIn(say, tongue, words, term, yes.terms)}
                </ins>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** What is asked, in both languages: row by row as the actor's page has it, and the very text. */
export function Texts({
  text,
  terms,
  open = false,
}: {
  text: RequestView['text']
  terms: TermsShape
  open?: boolean
}) {
  const say = useLeadSay()
  const words = useRead(state => state.leads?.words)
  return (
    <div class="texts">
      {(['ja', 'en'] as const).map(language => (
        <section key={language} aria-label={say(`text-${language}`)}>
          <h3>{say(`text-${language}`)}</h3>
          <div lang={language}>
            <TermsIn tongue={language} words={words} terms={terms} />
          </div>
          <details open={open}>
            <summary>{say('the-text')}</summary>
            <pre lang={language}>{text[language]}</pre>
          </details>
        </section>
      ))}
    </div>
  )
}

const termNames = {
  acts: 'acts',
  title: 'what',
  holder: 'holder',
  episodes: 'episodes',
  characters: 'characters',
  languages: 'languages',
  territories: 'territories',
  media: 'media',
  words: 'withheld-lines',
  limits: 'limits',
  banned: 'banned',
  alterations: 'alterations',
  from: 'from',
  makeUntil: 'make-until',
  until: 'until',
  money: 'money',
  label: 'label',
  credit: 'credit',
  afterWithdrawal: 'after',
  noticeHours: 'notice-hours',
} as const
const termName = (say: LeadSay, term: keyof typeof termNames) => say(termNames[term])
