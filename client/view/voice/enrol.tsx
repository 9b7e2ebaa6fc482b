import { useEffect, useState } from 'preact/hooks'
import type { Prepared } from '../../../server/contract.ts'
import { knowsPasskeys } from '../../voice/sign.ts'
import { readForm } from '../form.ts'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { TheText } from './the-text.tsx'

const majority = 18

/** The instant somebody born on this day (YYYY-MM-DD) is of age, where they are. */
function adultAt(birth: string): number {
  const [year = 0, month = 1, day = 1] = birth.split('-').map(Number)
  return Math.max(0, new Date(year + majority, month - 1, day).getTime())
}

/** Enrolling: a passkey is made, and signs the enrolment at once. */
export function Enrol() {
  const { ask, attempt, load, makePasskey, say: sign } = useVoice()
  const say = useSay()
  const language = useTongue()
  const me = useOf(state => state.me)
  const busy = useOf(state => state.busy)
  const [options, setOptions] = useState<Record<string, unknown>>()
  const [ready, setReady] = useState<Prepared>()
  const [adult, setAdult] = useState(true)
  const [waits, setWaits] = useState(false)
  // Before anybody presses: some browsers make passkeys only straight after a press.
  const prepare = () =>
    attempt(async () => setOptions((await ask('enrolOptions', {})).options)).then(() => undefined)
  useEffect(() => void prepare(), [])
  const role = me?.role
  if (role === undefined) return <main class="page" aria-busy="true" />
  const actor = role === 'actor'

  const make = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    if (options === undefined) return
    const registration = await makePasskey(options)
    if (registration === undefined) return
    const prepared = await attempt(() =>
      ask(
        'enrol',
        {},
        {
          ...{ registration, role, language, name: get('name') ?? '', legalName: get('legal') ?? '' },
          adultAt: adult || !actor ? 0 : adultAt(get('birth') ?? ''),
          ...(get('guardian') && { guardian: get('guardian') }),
        },
      ),
    )
    if (prepared) setReady(prepared)
    else void prepare()
  }
  const enrol = async () => {
    const said = ready && (await sign(ready, 'enrol-done'))
    if (said?.state === 'cosign') setWaits(true)
  }

  if (waits || me?.waits)
    return (
      <main class="page narrow">
        <h1>{say('enrol-title')}</h1>
        <p class="told amber">{say('enrol-waits')}</p>
        <button type="button" class="button wide tall" onClick={() => void load.all()}>
          {say('enrol-look')}
        </button>
      </main>
    )
  if (ready)
    return (
      <main class="page narrow">
        <h1>{say('enrol-title')}</h1>
        <p class="lead">{say('enrol-read')}</p>
        <TheText ready={ready} />
        <button type="button" class="button main wide tall" disabled={busy} onClick={() => void enrol()}>
          {say('enrol-sign')}
        </button>
      </main>
    )
  return (
    <main class="page narrow">
      <h1>{say('enrol-title')}</h1>
      <p class="lead">{say('enrol-says')}</p>
      {!knowsPasskeys() && <p class="told amber">{say('door-unable')}</p>}
      <form class="block form" onSubmit={make}>
        <label>
          {say(actor ? 'enrol-name' : 'enrol-name-other')}
          <input name="name" required maxLength={200} defaultValue={me?.name ?? ''} />
        </label>
        <label>
          {say(actor ? 'enrol-legal' : 'enrol-legal-other')}
          <input name="legal" required maxLength={200} autocomplete="name" />
        </label>
        {actor && (
          <label class="check">
            <input
              type="checkbox"
              name="adult"
              checked={adult}
              onChange={event => setAdult(event.currentTarget.checked)}
            />
            {say('enrol-adult')}
          </label>
        )}
        {actor && !adult && (
          <>
            <label>
              {say('enrol-birth')}
              <input name="birth" type="date" required autocomplete="bday" />
            </label>
            <label>
              {say('enrol-guardian')}
              <input
                name="guardian"
                required
                pattern="[\w\-]{43}"
                spellcheck={false}
                autocomplete="off"
                aria-describedby="guardian-says"
              />
            </label>
            <p class="small soft" id="guardian-says">
              {say('enrol-guardian-says')}
            </p>
          </>
        )}
        <button type="submit" class="button main wide tall" disabled={busy || options === undefined}>
          {say('enrol-do')}
        </button>
      </form>
    </main>
  )
}
