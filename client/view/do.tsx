import type { ComponentChildren } from 'preact'
import { type Action, perform } from '../actions/index.ts'
import { useHands, useRead, useSay } from './house.ts'
import { keyName } from './key-name.ts'

type Look = 'plain' | 'main' | 'quiet' | 'icon'

/** The button of an action: its label, its key in the tip, and pressable when the action is allowed. */
export function Do({
  action,
  look = 'plain',
  pressed,
  children,
}: {
  action: Action
  look?: Look
  /** For what is switched on and off. */
  pressed?: boolean
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
      aria-pressed={pressed}
      aria-label={children === undefined ? undefined : label}
      title={key === undefined ? label : `${label} (${keyName(key)})`}
      onClick={() => void perform(action, hands)}
    >
      {children ?? label}
    </button>
  )
}
