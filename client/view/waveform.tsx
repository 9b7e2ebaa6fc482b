import { useEffect, useRef } from 'preact/hooks'
import { zoomIn, zoomOut } from '../actions/zoom.ts'
import { withDesk } from '../desk/lines.ts'
import { clock } from '../times.ts'
import { followed, panned, zoomed } from '../wave/view.ts'
import { Do } from './do.tsx'
import { useHands, useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'
import { openCanvas } from './wave-canvas.ts'

/** The sound as a picture, with the lines and cues on it. Edges are pulled; everywhere else one goes there. */
export function Waveform() {
  const hands = useHands()
  const { state, change, deck } = hands
  const say = useSay()
  const canvas = useRef<HTMLCanvasElement>(null)
  const at = useRead(({ desk }) => Math.floor((desk?.player.at ?? 0) / 1000))
  const duration = useRead(({ desk }) => desk?.episode.duration ?? 0)
  const playing = useRead(({ desk }) => desk?.player.playing ?? false)

  useEffect(() => (canvas.current === null ? undefined : openCanvas(canvas.current, hands)), [hands])
  // The page turns when a second has passed.
  useEffect(() => {
    if (playing) change(withDesk(desk => ({ ...desk, view: followed(desk.view, desk.player.at, duration) })))
  }, [at, playing])

  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const share = (event.offsetX / (canvas.current?.clientWidth ?? 1)) * 1
    change(
      withDesk(desk => {
        const length = desk.view.end - desk.view.start
        const under = desk.view.start + length * share
        return {
          ...desk,
          view: event.ctrlKey
            ? zoomed(desk.view, event.deltaY > 0 ? 1.25 : 0.8, under, duration)
            : panned(desk.view, ((event.deltaX || event.deltaY) / 600) * length, duration),
        }
      }),
    )
  }
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: -1000,
    ArrowRight: 1000,
    PageUp: 10_000,
    PageDown: -10_000,
  }
  const press = (event: KeyboardEvent) => {
    const by = keys[event.key]
    if (by === undefined) return
    event.preventDefault()
    deck.seek((state.peek().desk?.player.at ?? 0) + by)
  }
  return (
    <section class="waveform" aria-label={say('waveform')}>
      <canvas
        ref={canvas}
        role="slider"
        tabIndex={0}
        aria-label={say('playhead')}
        aria-valuemin={0}
        aria-valuemax={Math.floor(duration / 1000)}
        aria-valuenow={at}
        aria-valuetext={clock(at * 1000)}
        onWheel={wheel}
        onKeyDown={press}
      />
      <div class="zoom">
        <Do action={zoomOut} look="icon">
          <Icon name="zoomOut" />
        </Do>
        <Do action={zoomIn} look="icon">
          <Icon name="zoomIn" />
        </Do>
      </div>
    </section>
  )
}
