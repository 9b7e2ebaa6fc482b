import { useEffect, useState } from 'preact/hooks'
import type { Prepared } from '../../../server/contract.ts'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { TheText } from './the-text.tsx'

/** Who came in with the key on paper: a new passkey takes the place of all that were lost, signed with that key. */
export function Recover() {
  const { ask, attempt, leave, makePasskey, say: sign } = useVoice()
  const say = useSay()
  const language = useTongue()
  const busy = useOf(state => state.busy)
  const [options, setOptions] = useState<Record<string, unknown>>()
  const [ready, setReady] = useState<Prepared>()
  // Before anybody presses: some browsers make passkeys only straight after a press.
  const prepare = () => attempt(async () => setOptions((await ask('enrolOptions', {})).options))
  useEffect(() => void prepare(), [])
  const make = async () => {
    const replace = options && (await makePasskey(options))
    if (replace === undefined) return
    const prepared = await attempt(() => ask('changeKeys', {}, { replace, language }))
    if (prepared) setReady(prepared)
    else void prepare()
  }
  return (
    <main class="page narrow">
      <h1>{say('recover')}</h1>
      <p class="lead">{say(ready ? 'recover-read' : 'recover-says')}</p>
      <div class="stack">
        {ready ? (
          <>
            <TheText ready={ready} />
            <button
              type="button"
              class="button main wide tall"
              disabled={busy}
              onClick={() => void sign(ready, 'recover-done')}
            >
              {say('recover-sign')}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="button main wide tall"
            disabled={busy || options === undefined}
            onClick={() => void make()}
          >
            {say('enrol-do')}
          </button>
        )}
        <button type="button" class="button quiet wide" onClick={() => void leave()}>
          {say('cancel')}
        </button>
      </div>
    </main>
  )
}

/** At the door: the key as it was written down, however it is typed. */
export function ByPaper() {
  const { enterByPaper } = useVoice()
  const say = useSay()
  const busy = useOf(state => state.busy)
  const [typed, type] = useState('')
  return (
    <details>
      <summary>{say('paper-door')}</summary>
      <form
        class="form"
        onSubmit={event => {
          event.preventDefault()
          void enterByPaper(typed)
        }}
      >
        <p class="small">{say('paper-door-says')}</p>
        <label>
          {say('paper-key')}
          <textarea
            class="key"
            name="paper"
            rows={3}
            required
            spellcheck={false}
            autocomplete="off"
            autocapitalize="characters"
            value={typed}
            onInput={event => type(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button wide tall" disabled={busy || typed.trim() === ''}>
          {say('paper-enter')}
        </button>
      </form>
    </details>
  )
}
