import { useState } from 'preact/hooks'
import { type Figures, fill } from '../../pipelines/problem.ts'
import { attempt } from '../attempt.ts'
import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import { aboutWords } from '../words/about.ts'
import { FilePick } from './file-pick.tsx'
import { readForm } from './form.ts'
import { useHands, useRead, useTongue } from './house.ts'

type Word = keyof typeof aboutWords
const roles = ['media', 'script', 'subtitles', 'me'] as const

/** What a lead may change of an episode that is in already: when it is due, and what came with its media. */
export function About() {
  const { ask, change, state } = useHands()
  const tongue = useTongue()
  const say = (word: Word, figures: Figures = {}) => fill(aboutWords[word][tongue], figures)
  const allowed = useRead(state => may(state, 'changeEpisode'))
  const episode = useRead(({ desk }) => desk?.episode)
  const travels = useRead(({ intake }) =>
    Object.values(intake.files).some(({ id, failed }) => !id && !failed),
  )
  const [done, setDone] = useState<'saving' | 'saved' | undefined>()
  if (episode === undefined || !allowed) return null
  const { id: of, onAir, changes } = episode

  const save = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const due = get('on-air')
    const { files } = state.peek().intake
    const sent = Object.fromEntries(roles.flatMap(role => (files[role]?.id ? [[role, files[role].id]] : [])))
    const moved = (due ?? '') !== (onAir ? localOf(onAir) : '')
    const wanted = { ...(moved && { onAir: due ? new Date(due).toISOString() : null }), ...sent }
    if (Object.keys(wanted).length === 0) return
    setDone('saving')
    const last = await attempt(change, async () => {
      const changed = await ask('changeEpisode', { episode: of }, wanted)
      change(before =>
        withDesk(desk => ({ ...desk, episode: changed }))({ ...before, intake: { files: {}, busy: false } }),
      )
      return 'saved' as const
    })
    setDone(last)
  }
  const time = new Intl.DateTimeFormat(tongue, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <details class="about" onToggle={() => setDone(was => (was === 'saving' ? was : undefined))}>
      <summary>{say('about')}</summary>
      <form class="form" onSubmit={save}>
        <label>
          {say('on-air')}
          <input key={onAir} name="on-air" type="datetime-local" defaultValue={onAir && localOf(onAir)} />
        </label>
        <fieldset class="files">
          <legend>{say('files')}</legend>
          {roles.map(role => (
            <FilePick key={role} role={role} optional />
          ))}
        </fieldset>
        <p class="small soft">{say('again')}</p>
        <p class="small soft">{say('late')}</p>
        <p class="row">
          <button type="submit" class="button main" disabled={travels || done === 'saving'}>
            {say('save')}
          </button>
          <span role="status">{done && say(done)}</span>
        </p>
        {changes.length > 0 && (
          <section>
            <h2>{say('history')}</h2>
            <ol class="small soft">
              {changes.map(({ by, at, what }) => (
                <li key={at + by}>
                  {say('changed', {
                    ...{ by, when: time.format(Date.parse(at)) },
                    what: what.map(one => say(one)).join(', '),
                  })}
                </li>
              ))}
            </ol>
          </section>
        )}
      </form>
    </details>
  )
}

/** An instant as a field of date and time has it: by the reader's own clock. */
function localOf(at: string): string {
  const here = new Date(at)
  return new Date(here.getTime() - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
