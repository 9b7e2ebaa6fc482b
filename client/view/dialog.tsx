import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { State } from '../state.ts'
import { useHands, useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'

/** A dialog of the browser's own: it keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({
  name,
  title,
  children,
}: {
  name: NonNullable<State['dialog']>
  title: string
  children: ComponentChildren
}) {
  const { change } = useHands()
  const say = useSay()
  const open = useRead(state => state.dialog === name, [name])
  const element = useRef<HTMLDialogElement>(null)
  const close = () => change(before => ({ ...before, dialog: undefined }))
  useEffect(() => {
    if (open) element.current?.showModal()
    else element.current?.close()
  }, [open])
  return (
    <dialog ref={element} aria-labelledby={`dialog-${name}`} onClose={() => open && close()}>
      {open && (
        <>
          <header class="head">
            <h2 id={`dialog-${name}`}>{title}</h2>
            <button type="button" class="button icon" aria-label={say('close')} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  )
}
