import { useEffect, useRef, useState } from 'preact/hooks'
import type { Sheet } from '../../voice/state.ts'
import { Icon } from '../icon.tsx'
import { useOf, useReady, useSay, useVoice } from './house.ts'
import { TheText } from './the-text.tsx'

/** What is about to be signed, over the page: read, choose where there is a choice, and sign. */
export function SheetOver() {
  const { change } = useVoice()
  const sheet = useOf(state => state.sheet)
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (sheet) element.current?.showModal()
    else element.current?.close()
  }, [sheet])
  const close = () => change({ sheet: undefined })
  return (
    <dialog ref={element} class="sheet" aria-labelledby="sheet-title" onClose={() => sheet && close()}>
      {sheet && <Inside sheet={sheet} close={close} />}
    </dialog>
  )
}

function Inside({ sheet, close }: { sheet: Sheet; close: () => void }) {
  const { say: sign } = useVoice()
  const say = useSay()
  const busy = useOf(state => state.busy)
  const [at, choose] = useState(0)
  const worded = useReady(sheet.wishes[at]?.wish)
  const ready = sheet.ready ?? worded
  return (
    <>
      <header class="head">
        <h2 id="sheet-title">{say(sheet.title)}</h2>
        <button type="button" class="button icon" aria-label={say('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {sheet.says && <p class="says">{say(sheet.says)}</p>}
      {sheet.wishes.length > 1 && (
        <fieldset class="choice">
          <legend>{say(sheet.choose ?? 'refuse-what')}</legend>
          {sheet.wishes.map(({ label }, index) => (
            <label key={label} class="check">
              <input type="radio" name="wish" checked={index === at} onChange={() => choose(index)} />
              {label}
            </label>
          ))}
        </fieldset>
      )}
      <TheText ready={ready} />
      <div class="stack">
        <button
          type="button"
          class={`button wide tall ${sheet.danger ? 'danger' : 'main'}`}
          disabled={busy || ready === undefined}
          onClick={() => ready && void sign(ready, sheet.done)}
        >
          {say(sheet.sign)}
        </button>
        <button type="button" class="button quiet wide" onClick={close}>
          {say('cancel')}
        </button>
      </div>
    </>
  )
}
