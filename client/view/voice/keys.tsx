import { useEffect, useState } from 'preact/hooks'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { PaperKey } from './paper.tsx'

/** My passkeys: one more on another device, or one less when a device is lost. Either is signed with one I have. */
export function Keys() {
  const { ask, attempt, change, makePasskey } = useVoice()
  const say = useSay()
  const language = useTongue()
  const busy = useOf(state => state.busy)
  const passkeys = useOf(state => state.me?.passkeys) ?? []
  const [options, setOptions] = useState<Record<string, unknown>>()
  const [open, setOpen] = useState(false)
  // Before anybody presses: some browsers make passkeys only straight after a press.
  useEffect(() => {
    if (open && options === undefined)
      void attempt(async () => setOptions((await ask('enrolOptions', {})).options))
  }, [open, options])

  const sign = async (body: { add: Record<string, unknown> } | { drop: string }) => {
    const ready = await attempt(() => ask('changeKeys', {}, { ...body, language }))
    if (!ready) return
    const done = 'add' in body ? 'key-added' : 'key-dropped'
    change({ sheet: { title: 'keys', says: 'keys-says', sign: 'keys-sign', done, wishes: [], ready } })
  }
  const add = async () => {
    if (options === undefined) return
    const made = await makePasskey(options)
    setOptions(undefined)
    if (made) await sign({ add: made })
  }
  return (
    <details class="block" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{say('keys')}</summary>
      <div class="stack">
        <p class="soft">{say('keys-says')}</p>
        <ul class="cards">
          {passkeys.map((credential, at) => (
            <li key={credential} class="row">
              <span class="push">
                {say('key-one', { number: at + 1 })} <code>…{credential.slice(-6)}</code>
              </span>
              {passkeys.length > 1 && (
                <button
                  type="button"
                  class="button"
                  aria-label={say('key-drop-one', { number: at + 1 })}
                  onClick={() => void sign({ drop: credential })}
                >
                  {say('key-drop')}
                </button>
              )}
            </li>
          ))}
        </ul>
        <button
          type="button"
          class="button wide tall"
          disabled={busy || options === undefined}
          onClick={() => void add()}
        >
          {say('key-add')}
        </button>
        <PaperKey />
      </div>
    </details>
  )
}
