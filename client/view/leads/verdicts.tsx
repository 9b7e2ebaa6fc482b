import type { RecordingView } from '../../../server/contract.ts'
import { attempt } from '../../attempt.ts'
import { withLeads } from '../../leads/load.ts'
import { useHands, useRead, useTongue } from '../house.ts'
import { useLeadSay, whenIn } from './say.ts'

/** Recordings that wait for a person who listens. */
export function Verdicts() {
  const say = useLeadSay()
  const recordings = useRead(state => state.leads?.recordings)
  return (
    <section class="block" aria-labelledby="verdicts">
      <h2 id="verdicts">{say('verdicts')}</h2>
      {recordings?.length === 0 ? (
        <p class="soft hollow">{say('no-verdicts')}</p>
      ) : (
        <p class="soft">{say('verdicts-say')}</p>
      )}
      <ul class="verdicts">
        {recordings?.map(recording => (
          <Verdict key={recording.id} recording={recording} />
        ))}
      </ul>
    </section>
  )
}

function Verdict({ recording }: { recording: RecordingView }) {
  const { ask, change } = useHands()
  const say = useLeadSay()
  const tongue = useTongue()
  const { id, actorName, kind, at, phrase, heard, match, similarity, url } = recording
  const judge = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement, event.submitter as HTMLElement | null)
    const note = String(form.get('note') ?? '').trim()
    const body = { accepted: form.get('verdict') === 'yes', ...(note !== '' && { note }) }
    const answer = await attempt(change, () => ask('judgeRecording', { recording: id }, body))
    if (answer === undefined) return
    change(before => ({
      ...withLeads(leads => ({
        ...leads,
        recordings: leads.recordings?.filter(one => one.id !== id),
      }))(before),
      notice: { done: say('judged') },
    }))
  }
  const percent = (share: number) => Math.round(share * 100)
  return (
    <li>
      <form class="verdict-form" onSubmit={judge}>
        <p>
          <strong>{actorName}</strong> <span class="chip quiet">{say(`kind-${kind}`)}</span>{' '}
          <span class="small soft">{whenIn(tongue, at)}</span>
        </p>
        {phrase !== undefined && (
          <p>
            <span class="small soft">{say('phrase')}</span>
            <br />
            <q lang="ja">{phrase}</q>
          </p>
        )}
        {url === undefined ? (
          <p class="small">{say('sealed-recording')}</p>
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: its words stand above it
          <audio controls preload="none" src={url} aria-label={say('listen-to', { name: actorName })} />
        )}
        {heard !== undefined && (
          <p class="small soft">
            {say('heard')}: {heard}{' '}
            {match !== undefined && <span>({say('match', { percent: percent(match) })})</span>}
          </p>
        )}
        {similarity !== undefined && (
          <p class="small soft">{say('similarity', { percent: percent(similarity) })}</p>
        )}
        <label>
          {say('note')}
          <input name="note" maxLength={2000} autocomplete="off" />
        </label>
        <p class="row">
          <button type="submit" class="button main" name="verdict" value="yes">
            {say(kind === 'statement' ? 'verdict-yes' : 'reference-yes')}
          </button>
          <button type="submit" class="button" name="verdict" value="no">
            {say(kind === 'statement' ? 'verdict-no' : 'reference-no')}
          </button>
        </p>
      </form>
    </li>
  )
}
