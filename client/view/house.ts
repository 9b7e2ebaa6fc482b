import { computed } from '@preact/signals'
import { createContext } from 'preact'
import { useContext, useMemo } from 'preact/hooks'
import type { Hands } from '../hands.ts'
import type { State } from '../state.ts'
import { type Say, wordsIn } from '../words.ts'

/** What every view is handed: the hands that `openHouse` made. */
export const House = createContext<Hands | undefined>(undefined)

export function useHands(): Hands {
  const hands = useContext(House)
  if (hands === undefined) throw new Error('a view outside of the house')
  return hands
}

/** Reads a part of the state; the view is drawn again when that part is another one. */
export function useRead<T>(read: (state: State) => T, by: readonly unknown[] = []): T {
  const { state } = useHands()
  // What `read` closes over is named by its caller.
  return useMemo(() => computed(() => read(state.value)), [state, ...by]).value
}

export const useTongue = () => useRead(state => state.tongue)
export const useSay = (): Say => wordsIn(useTongue())
