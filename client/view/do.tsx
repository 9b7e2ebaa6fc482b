import type { ComponentChildren } from 'preact'
import { type Action, perform } from '../actions/index.ts'
import { useHands, useRead, useSay } from './house.ts'
import { keyName } from './key-name.ts'

type Look = 'plain' | 'main' | 'quiet' | 'icon'

/** The button of an action: its label, its key in the tip, and pressable when the action is allowed. */
export function Do({
  action,
  look = 'plain',
  children,
}: {
  action: Action
  look?: Look
  children?: ComponentChildren
}) {
  const hands = useHands()
  const say = useSay()
  const allowed = useRead(state => action.when(state), [action])
  const [key] = action.keys
  const label = say(action.label)
  return (
    <button
      type="button"
      class={`button ${look}`}
      disabled={!allowed}
      aria-label={children === undefined ? undefined : label}
      title={key === undefined ? label : `${label} (${keyName(key)})`}
      onClick={() => void perform(action, hands)}
    >
      {children ?? label}
    </button>
  )
}
