import { type Action, actions, perform } from './actions/index.ts'
import type { Hands } from './hands.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>

/** A key press as actions write it: `ctrl+enter`, `shift+?`, `alt+a`. */
export function chordOf(event: Pressed): string {
  // With Alt held, a Mac writes å for A: the key's place says which it was.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const key = event.altKey && letter !== undefined ? letter.toLowerCase() : event.key.toLowerCase()
  const held = [
    event.ctrlKey || event.metaKey ? 'ctrl+' : '',
    event.altKey ? 'alt+' : '',
    event.shiftKey ? 'shift+' : '',
  ]
  return held.join('') + key
}

/** What a press asks for. While somebody types, plain keys are their words; with Ctrl or Alt they may be ours. */
export function actionFor(chord: string, typing: boolean): Action | undefined {
  const found = actions.find(({ keys }) => keys.includes(chord))
  if (found === undefined || !typing) return found
  return found.typing && /^(ctrl|alt)\+/.test(chord) ? found : undefined
}

const written =
  'input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select, [contenteditable]'
const pressed = 'button, a, summary, input[type=checkbox], input[type=file]'
const moved = '[role=slider], [role=tab], input[type=range]'

/** Listens for shortcuts. Text being composed (kana to kanji) is nobody's shortcut, and a dialog keeps its own keys. */
export function listen(window: Window & typeof globalThis, hands: Hands): void {
  window.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || hands.state.peek().dialog !== undefined) return
    const target = event.target instanceof window.Element ? event.target : undefined
    const typing = target?.closest(written)
    const chord = chordOf(event)
    // Enter and Space press what has the focus, arrows move inside of it.
    if (/^(enter| )$/.test(chord) && target?.closest(pressed)) return
    if (chord.startsWith('arrow') && target?.closest(moved)) return
    const action = actionFor(chord, Boolean(typing))
    if (action === undefined || !action.when(hands.state.peek())) return
    event.preventDefault()
    void perform(action, hands)
  })
}
