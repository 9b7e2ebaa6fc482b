import { computed } from '@preact/signals'
import { createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import type { Prepared, Wish } from '../../../server/contract.ts'
import type { VoiceHands } from '../../voice/house.ts'
import type { VoiceState } from '../../voice/state.ts'
import { type VoiceSay, voiceWordsIn } from '../../words/voice.ts'

/** What every view of the page `/voice` is handed. */
export const VoiceHouse = createContext<VoiceHands | undefined>(undefined)

export function useVoice(): VoiceHands {
  const hands = useContext(VoiceHouse)
  if (hands === undefined) throw new Error('a view outside of the house')
  return hands
}

/** Reads a part of the state; the view is drawn again when that part is another one. */
export function useOf<T>(read: (state: VoiceState) => T): T {
  const { state } = useVoice()
  return useMemo(() => computed(() => read(state.value)), [state]).value
}

export const useTongue = () => useOf(state => state.tongue)
export const useSay = (): VoiceSay => voiceWordsIn(useTongue())

/** A wish in the words that will be signed, in the language that is shown; anew whenever either changes. */
export function useReady(wish: Wish | undefined): Prepared | undefined {
  const { attempt, word } = useVoice()
  const language = useTongue()
  const [ready, setReady] = useState<{ readonly of: string; readonly prepared: Prepared }>()
  const of = wish && JSON.stringify([wish, language])
  useEffect(() => {
    if (of === undefined || wish === undefined) return
    let current = true
    void attempt(() => word(wish, language)).then(
      prepared => current && prepared && setReady({ of, prepared }),
    )
    return () => {
      current = false
    }
  }, [of])
  // What is being put into words again is not what would be signed.
  return ready?.of === of ? ready?.prepared : undefined
}
