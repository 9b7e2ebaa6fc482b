import { computed, effect, signal } from '@preact/signals'
import { io } from 'socket.io-client'
import { saveDraft } from './actions/save-draft.ts'
import { openApi, Refused } from './api.ts'
import { attempt, reached } from './attempt.ts'
import { openCarry } from './carry.ts'
import type { Hands } from './hands.ts'
import { keepDrafts, keepTheme, keepTongue, readTheme, readTongue } from './keep.ts'
import { type Place, readPlace, writePlace } from './place.ts'
import { openDeck } from './play/deck.ts'
import { initial, type State } from './state.ts'
import { openSync } from './sync.ts'

/** Puts the page together: the one state, and everything that moves it. */
export function openHouse(window: Window & typeof globalThis): Hands {
  const { location, document } = window
  const state = signal<State>(
    initial({
      tongue: readTongue(window.navigator.languages),
      theme: readTheme(),
      place: readPlace(location.hash),
      now: Date.now(),
    }),
  )
  const change = (how: (before: State) => State) => {
    state.value = how(state.peek())
  }
  const csrf = () => state.peek().session?.csrf
  const ask = openApi(window.fetch.bind(window), csrf, () => change(reached))
  const deck = openDeck(state, change, async url => {
    const answer = await window.fetch(url)
    if (!answer.ok) throw new Error(`no sound at ${url}`)
    return answer.arrayBuffer()
  })
  const live = openSync(state, change, ask, () => io({ transports: ['websocket', 'polling'] }))
  const go = (place: Place) => {
    location.hash = writePlace(place)
  }

  window.addEventListener('hashchange', () =>
    change(before => ({ ...before, place: readPlace(location.hash), dialog: undefined })),
  )
  window.setInterval(() => change(before => ({ ...before, now: Date.now() })), 20_000)

  const tongue = computed(() => state.value.tongue)
  const theme = computed(() => state.value.theme)
  effect(() => {
    document.documentElement.lang = tongue.value
    keepTongue(tongue.value)
  })
  effect(() => {
    document.documentElement.dataset.theme = theme.value
    keepTheme(theme.value)
  })
  const episode = computed(() => state.value.desk?.episode.id)
  const drafts = computed(() => state.value.desk?.drafts)
  effect(() => {
    if (episode.value !== undefined && drafts.value !== undefined) keepDrafts(episode.value, drafts.value)
  })

  void ask('session', {})
    .then(session => change(before => ({ ...before, session })))
    .catch(reason => {
      if (!(reason instanceof Refused)) throw reason
      const stranger = reason.status === 401
      change(before => ({
        ...before,
        session: null,
        ...(stranger ? {} : { notice: { problem: reason.problem } }),
      }))
    })

  const hands: Hands = { state, change, ask, go, deck, live, carry: openCarry(change, ask, csrf) }
  saveOnLeaving(hands)
  return hands
}

/** A line that is left is saved. */
function saveOnLeaving(hands: Hands): void {
  const open = computed(() => hands.state.value.desk?.open)
  let before: string | undefined
  effect(() => {
    const left = before
    before = open.value
    if (left !== undefined && left !== before) void attempt(hands.change, () => saveDraft(hands, left))
  })
}
