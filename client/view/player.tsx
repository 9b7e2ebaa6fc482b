import { useCallback } from 'preact/hooks'
import { fullScreen } from '../actions/full-screen.ts'
import { playLine } from '../actions/play-line.ts'
import { playPause } from '../actions/play-pause.ts'
import { stepBack, stepForward } from '../actions/seek.ts'
import { showMouths } from '../actions/show-mouths.ts'
import { withDesk } from '../desk/lines.ts'
import type { Player as PlayerState } from '../state.ts'
import { clock, shortClock } from '../times.ts'
import { languageIn } from '../words.ts'
import { Captions } from './captions.tsx'
import { Do } from './do.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'
import { Libass } from './libass.tsx'
import { Mouths } from './mouths.tsx'

/** The picture with its subtitles, and what one hears with it. */
export function Player() {
  const { deck } = useHands()
  const say = useSay()
  const url = useRead(({ desk }) => desk?.episode.proxy ?? desk?.episode.sound)
  const poster = useRead(({ desk }) => desk?.episode.thumbnails[0]?.url)
  const drawn = useRead(({ desk }) => desk?.player.drawn)
  const attach = useCallback((element: HTMLVideoElement | null) => deck.attach(element), [deck])
  return (
    <section class="player" aria-label={say('player')}>
      <div class="screen">
        {url === undefined ? (
          <p class="soft">{say('no-picture-yet')}</p>
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: its subtitles are drawn by the page, below, from the lines themselves
          <video ref={attach} src={url} poster={poster} preload="auto" playsInline onClick={deck.toggle} />
        )}
        <Mouths />
        {drawn === 'libass' ? <Libass /> : <Captions />}
      </div>
      <SeekBar />
      <Controls />
    </section>
  )
}

/** The whole length in one row, to go anywhere in it. */
function SeekBar() {
  const { deck } = useHands()
  const say = useSay()
  const at = useRead(({ desk }) => Math.round((desk?.player.at ?? 0) / 100) * 100)
  const duration = useRead(({ desk }) => desk?.episode.duration ?? 0)
  return (
    <input
      class="seek"
      type="range"
      min={0}
      max={duration}
      step={100}
      value={at}
      aria-label={say('seek')}
      aria-valuetext={clock(at)}
      onInput={event => deck.seek(Number(event.currentTarget.value))}
    />
  )
}

function Controls() {
  const { change } = useHands()
  const say = useSay()
  const tongue = useTongue()
  const player = useRead(({ desk }) => desk?.player)
  const episode = useRead(({ desk }) => desk?.episode)
  if (player === undefined || episode === undefined) return null
  const set = (next: Partial<PlayerState>) =>
    change(withDesk(desk => ({ ...desk, player: { ...desk.player, ...next } })))
  const subtitled = [...new Set([episode.language, ...episode.targets])]
  const ass = episode.tracks.some(({ format, language }) => format === 'ass' && language === player.shows)
  return (
    <div class="controls">
      <Do action={playPause} look="icon">
        <Icon name={player.playing ? 'pause' : 'play'} />
      </Do>
      <Do action={stepBack} look="icon">
        <Icon name="back" />
      </Do>
      <Do action={stepForward} look="icon">
        <Icon name="on" />
      </Do>
      <Do action={playLine} look="icon">
        <Icon name="line" />
      </Do>
      <span class="figure time">
        {clock(player.at)} <span class="soft">/ {shortClock(episode.duration ?? 0)}</span>
      </span>
      <span class="push" />
      <label>
        <span class="unseen">{say('sound')}</span>
        <select value={player.hears} onChange={event => set({ hears: event.currentTarget.value })}>
          <option value="original">{say('sound-original')}</option>
          {episode.dubs.map(({ language }) => (
            <option key={language} value={language}>
              {say('sound-dub', { language: languageIn(tongue, language) })}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="unseen">{say('subtitles')}</span>
        <select value={player.shows} onChange={event => set({ shows: event.currentTarget.value })}>
          <option value="none">{say('subtitles-none')}</option>
          {subtitled.map(language => (
            <option key={language} value={language}>
              {say('subtitles-in', { language: languageIn(tongue, language) })}
            </option>
          ))}
        </select>
      </label>
      {episode.flaps !== undefined && (
        <Do action={showMouths} look="icon" pressed={player.mouths}>
          <Icon name="mouth" />
        </Do>
      )}
      <Do action={fullScreen} look="icon">
        <Icon name="full" />
      </Do>
      {ass && (
        <button
          type="button"
          class="button quiet"
          aria-pressed={player.drawn === 'libass'}
          title={say('libass-says')}
          onClick={() => set({ drawn: player.drawn === 'page' ? 'libass' : 'page' })}
        >
          ASS
        </button>
      )}
    </div>
  )
}
