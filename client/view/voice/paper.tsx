import { useState } from 'preact/hooks'
import { newSecret, openPaper, writePaper } from '../../voice/paper.ts'
import { useOf, useSay, useTongue, useVoice } from './house.ts'

type Made = { readonly key: string; readonly written: string }

/** The key on paper, for the day on which every passkey is lost: made here, shown once, and told to nobody. */
export function PaperKey() {
  const { ask, attempt, change, tell } = useVoice()
  const say = useSay()
  const language = useTongue()
  const there = useOf(state => state.me?.paper) ?? false
  const [made, setMade] = useState<Made>()
  const [kept, keep] = useState(false)

  const make = async () => {
    const secret = newSecret()
    try {
      const { key } = await openPaper(secret)
      keep(false)
      setMade({ key, written: await writePaper(secret) })
    } catch {
      tell('paper-unable', true)
    }
  }
  const sign = async (paper: string | null) => {
    const ready = await attempt(() => ask('changeKeys', {}, { paper, language }))
    if (!ready) return
    setMade(undefined)
    const done = paper ? 'paper-done' : 'paper-dropped'
    change({ sheet: { title: 'paper', says: 'paper-sign-says', sign: 'keys-sign', done, wishes: [], ready } })
  }
  return (
    <section class="stack paper" aria-labelledby="paper-title">
      <h3 id="paper-title">{say('paper')}</h3>
      <p class="soft">{say(there ? 'paper-there' : 'paper-says')}</p>
      {made ? (
        <>
          <p class="written" lang="en">
            {made.written.split('-').map((group, at) => (
              <code key={at}>{group}</code>
            ))}
          </p>
          <p class="small">{say('paper-once')}</p>
          <button type="button" class="button wide" onClick={() => window.print()}>
            {say('paper-print')}
          </button>
          <label class="check">
            <input
              type="checkbox"
              name="kept"
              checked={kept}
              onChange={event => keep(event.currentTarget.checked)}
            />
            {say('paper-kept')}
          </label>
          <button
            type="button"
            class="button main wide tall"
            disabled={!kept}
            onClick={() => void sign(made.key)}
          >
            {say('paper-use')}
          </button>
        </>
      ) : (
        <button type="button" class="button wide tall" onClick={() => void make()}>
          {say(there ? 'paper-again' : 'paper-make')}
        </button>
      )}
      {there && !made && (
        <button type="button" class="button quiet wide" onClick={() => void sign(null)}>
          {say('paper-drop')}
        </button>
      )}
    </section>
  )
}
