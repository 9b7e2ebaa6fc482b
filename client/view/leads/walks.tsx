import type { NoticeView, WalkView } from '../../../server/contract.ts'
import { attempt } from '../../attempt.ts'
import { withLeads } from '../../leads/load.ts'
import { useHands, useRead, useTongue } from '../house.ts'
import { useLeadSay, whenIn } from './say.ts'

const kinds = ['withdrawal', 'erasure', 'death', 'refusal', 'suspension', 'narrowing'] as const

/** Everything that was taken back: how far it was walked, what was found, what could not be undone, and who was told. */
export function Walks() {
  const say = useLeadSay()
  const walks = useRead(state => state.leads?.walks)
  return (
    <section class="block" aria-labelledby="walks">
      <h2 id="walks">{say('walks')}</h2>
      {walks?.length === 0 && <p class="soft hollow">{say('no-walks')}</p>}
      <ul class="requests">
        {walks?.map(walk => (
          <li key={walk.id}>
            <Walk walk={walk} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Walk({ walk }: { walk: WalkView }) {
  const say = useLeadSay()
  const tongue = useTongue()
  const { found, notices, couldNot, digest } = walk
  const waiting = notices.filter(({ state }) => state === 'waiting').length
  const kind = kinds.find(one => one === walk.kind) ?? 'other'
  const figures = found && [
    ...(found.killed > 0 ? [say('found-killed', { count: found.killed })] : []),
    ...(found.cut > 0 ? [say('found-cut', { count: found.cut })] : []),
    ...(found.queued > 0 ? [say('found-queued', { count: found.queued })] : []),
    say('found-results', { count: found.results, files: found.files }),
    ...(found.remade > 0 ? [say('found-remade', { count: found.remade })] : []),
    ...(found.erased ? [say('found-erased')] : []),
  ]
  return (
    <details class="request" open={waiting > 0 || walk.state === 'walking'}>
      <summary>
        <span class={`chip ${walk.state === 'done' ? 'green' : 'blue'}`}>
          {say(walk.state === 'done' ? 'done' : 'walking')}
        </span>{' '}
        <strong>{say(`walk-${kind}`)}</strong>{' '}
        <span class="small soft">{say('walk-by', { by: walk.by, when: whenIn(tongue, walk.logged) })}</span>{' '}
        {waiting > 0 && (
          <span class="chip amber">
            {say('notice-waiting')}: {waiting}
          </span>
        )}
      </summary>
      <div class="answer">
        <p>{say('walk-voices', { names: walk.voices.map(({ name }) => name).join(', ') || say('none') })}</p>
        {figures && (
          <ul>
            {figures.map(figure => (
              <li key={figure}>{figure}</li>
            ))}
          </ul>
        )}
        {couldNot.length > 0 && (
          <>
            <h3>{say('could-not')}</h3>
            <ul class="dots">
              {couldNot.map(unable => (
                <li key={unable.code}>{unable[tongue]}</li>
              ))}
            </ul>
          </>
        )}
        <h3>{say('told')}</h3>
        {notices.length === 0 ? (
          <p class="soft">{say('nobody-told')}</p>
        ) : (
          <ul class="plain-list">
            {notices.map(notice => (
              <li key={notice.id}>
                <Notice notice={notice} deed="seen-to" />
              </li>
            ))}
          </ul>
        )}
        {digest && <p class="small soft">{say('certificate', { digest })}</p>}
      </div>
    </details>
  )
}

/** A file that somebody holds, and whether they have heeded the notice. */
function Notice({ notice, deed }: { notice: NoticeView; deed: 'seen-to' | 'recall-done' }) {
  const { ask, change } = useHands()
  const say = useLeadSay()
  const tongue = useTongue()
  const { id, file, name, since, state, tries, escalated, acknowledgedAt } = notice
  const heed = async () => {
    const heeded = await attempt(change, () => ask('acknowledge', { notice: id }))
    if (heeded === undefined) return
    const put = (all: readonly NoticeView[] | undefined) =>
      all?.map(one => (one.id === id ? heeded : one)) ?? []
    change(before => ({
      ...withLeads(leads => ({
        ...leads,
        notices: put(leads.notices),
        walks: leads.walks?.map(walk => ({ ...walk, notices: [...put(walk.notices)] })),
      }))(before),
      notice: { done: say('recall-thanks') },
    }))
  }
  return (
    <div class="row">
      <span>
        <strong>{file}</strong>{' '}
        <span class="small soft">{say('fetched-by', { name, when: whenIn(tongue, since) })}</span>
      </span>
      {state === 'acknowledged' ? (
        <span class="chip green">
          {say('notice-acknowledged', { when: whenIn(tongue, acknowledgedAt ?? since) })}
        </span>
      ) : (
        <>
          <span class="chip amber">{say('notice-waiting')}</span>
          {tries > 0 && <span class="small soft">{say('notice-tries', { tries })}</span>}
          {escalated && <span class="chip red">{say('escalated')}</span>}
          <button type="button" class="button" onClick={() => void heed()}>
            {say(deed)}
          </button>
        </>
      )}
    </div>
  )
}

/** Files that this person fetched and may no longer use, until they say that they have none any more. */
export function Recalls() {
  const say = useLeadSay()
  const notices = useRead(state => state.leads?.notices?.filter(({ state }) => state === 'waiting'))
  if (notices === undefined || notices.length === 0) return null
  return (
    <section class="block recalls" aria-labelledby="recalls">
      <h2 id="recalls">{say('recalls')}</h2>
      <p>{say('recalls-say')}</p>
      <ul class="plain-list">
        {notices.map(notice => (
          <li key={notice.id}>
            <Notice notice={notice} deed="recall-done" />
          </li>
        ))}
      </ul>
    </section>
  )
}
