import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { Place } from './place.ts'
import type { State } from './state.ts'

/** Hears of every place that is come to, and of whoever comes or goes there; what it reads is not listened to. */
export function onArrival(
  state: ReadonlySignal<State>,
  hear: (here: Place, somebody: boolean) => void,
): void {
  const place = computed(() => state.value.place)
  const signedIn = computed(() => state.value.session?.user.id)
  effect(() => {
    const here = place.value
    const somebody = signedIn.value !== undefined
    untracked(() => hear(here, somebody))
  })
}
