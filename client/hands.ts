import type { ReadonlySignal } from '@preact/signals'
import type { Ask } from './api.ts'
import type { Place } from './place.ts'
import type { Deck } from './play/deck.ts'
import type { Role, State } from './state.ts'
import type { Live } from './sync.ts'

/** What an action works with: the state, how to change it, and the world outside of it. */
export type Hands = {
  readonly state: ReadonlySignal<State>
  readonly change: (how: (state: State) => State) => void
  readonly ask: Ask
  readonly go: (place: Place) => void
  readonly deck: Deck
  readonly live: Live
  /** Carries a chosen file to the server, from where it stopped last time. */
  readonly carry: (role: Role, file: File | undefined) => Promise<void>
}
