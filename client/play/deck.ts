import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import { withDesk } from '../desk/lines.ts'
import type { Desk, Ms, Player, State } from '../state.ts'
import { openDub } from './dub.ts'

/** The picture and its sounds, as a person works them. What they do is told to the state, and read from it. */
export type Deck = {
  /** Takes the element that shows the picture, or lets it go. */
  readonly attach: (element: HTMLMediaElement | null) => void
  readonly toggle: () => void
  readonly pause: () => void
  readonly seek: (at: Ms) => void
  readonly rate: (rate: number) => void
  /** Plays a stretch and stops. */
  readonly span: (start: Ms, end: Ms) => void
  /** Plays one sound by itself. */
  readonly once: (url: string) => Promise<void>
}

const events = [
  'play',
  'playing',
  'pause',
  'seeking',
  'seeked',
  'ratechange',
  'timeupdate',
  'ended',
  'waiting',
] as const

/** A picture that begins stumbles for some frames: the dub starts once it has moved this often. */
const settled = 4

export function openDeck(
  state: ReadonlySignal<State>,
  change: (how: (state: State) => State) => void,
  load: (url: string) => Promise<ArrayBuffer>,
): Deck {
  const dub = openDub(load)
  let media: HTMLMediaElement | null = null
  let frame = 0
  let moved = 0
  let seen = 0

  const set = (player: Partial<Player>) =>
    change(withDesk(desk => ({ ...desk, player: { ...desk.player, ...player } })))

  const heard = () => dubHeard(state.peek().desk)
  const sound = () => {
    const version = heard()
    if (media === null || version === undefined) return dub.silence()
    const running = !media.paused && !media.seeking && media.readyState > 2 && moved >= settled
    const { regions, gain } = version
    dub.follow({ at: media.currentTime * 1000, playing: running, rate: media.playbackRate, regions, gain })
  }

  const look = () => {
    if (media === null) return
    const at = Math.round(media.currentTime * 1000)
    if (media.paused || media.seeking) moved = 0
    else if (at !== seen && ++moved === settled) sound()
    seen = at
    const until = state.peek().desk?.player.until
    if (until !== undefined && at >= until && !media.paused) {
      media.pause()
      media.currentTime = until / 1000
      set({ at: until, playing: false, until: undefined })
    } else set({ at, playing: !media.paused, rate: media.playbackRate })
    cancelAnimationFrame(frame)
    if (!media.paused) frame = requestAnimationFrame(look)
  }
  const happened = () => {
    look()
    sound()
  }

  // A region made again has another address, and a person may choose another language at any time.
  const version = computed(() => dubHeard(state.value.desk))
  effect(() => {
    const muted = version.value !== undefined
    if (media !== null) media.muted = muted
    untracked(sound)
  })

  const play = () => void media?.play().catch(() => undefined)
  const seek = (at: Ms) => {
    if (media === null) return
    media.currentTime = Math.max(0, at) / 1000
    set({ at: Math.max(0, Math.round(at)), until: undefined })
  }

  return {
    attach: element => {
      for (const name of events) media?.removeEventListener(name, happened)
      cancelAnimationFrame(frame)
      dub.silence()
      media = element
      for (const name of events) media?.addEventListener(name, happened)
      if (media !== null) media.muted = heard() !== undefined
    },
    toggle: () => {
      set({ until: undefined })
      if (media?.paused) play()
      else media?.pause()
    },
    pause: () => media?.pause(),
    seek,
    rate: rate => {
      if (media !== null) media.playbackRate = rate
    },
    span: (start, end) => {
      seek(start)
      set({ until: end })
      play()
    },
    once: url => {
      media?.pause()
      return dub.once(url)
    },
  }
}

const dubHeard = (desk: Desk | undefined) =>
  desk?.episode.dubs.find(({ language }) => language === desk.player.hears)
