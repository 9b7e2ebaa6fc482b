import type { Hands } from '../hands.ts'
import type { State } from '../state.ts'
import type { Word } from '../words.ts'

/**
 * One thing a person can do. Menus, buttons, shortcuts and the help page read the same object.
 * To add one: write its file, add its row to index.ts and its label to both tables of words.
 */
export type Action = {
  readonly name: string
  readonly label: Word
  readonly group: 'line' | 'edit' | 'review' | 'play' | 'sound' | 'page' | 'work'
  /** As `key` names it, with `ctrl+`, `alt+`, `shift+` before it, in this order. ⌘ counts as Ctrl. */
  readonly keys: readonly string[]
  /** Its keys hold while somebody types, too. */
  readonly typing?: boolean
  readonly when: (state: State) => boolean
  readonly act: (hands: Hands) => void | Promise<void>
}
