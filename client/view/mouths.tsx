import { useEffect, useRef, useState } from 'preact/hooks'
import { useRead, useSay } from './house.ts'

type Span = { readonly start: number; readonly end: number }
type Mouth = {
  readonly speaker?: string
  readonly box: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  readonly shapes: readonly (Span & { readonly shape: 'closed' | 'half' | 'open' })[]
}
type Shot = Span & { readonly mouths: readonly Mouth[] }

/** The mouths that were found, drawn over the picture: where each is, whose, and whether it is open. Fetched when wanted. */
export function Mouths() {
  const wanted = useRead(({ desk }) => desk?.player.mouths ?? false)
  const url = useRead(({ desk }) => desk?.episode.flaps)
  const [shots, setShots] = useState<readonly Shot[]>([])
  useEffect(() => {
    if (!wanted || url === undefined) return
    let gone = false
    void fetch(url)
      .then(answer => (answer.ok ? answer.json() : []))
      .then((found: readonly Shot[]) => !gone && setShots(found))
    return () => {
      gone = true
    }
  }, [wanted, url])
  return wanted ? <Boxes shots={shots} /> : null
}

function Boxes({ shots }: { shots: readonly Shot[] }) {
  const say = useSay()
  const at = useRead(({ desk }) => desk?.player.at ?? 0)
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState({ left: 0, top: 0, width: 0, height: 0 })
  useEffect(() => {
    const video = frame.current?.parentElement?.querySelector('video')
    if (!video) return
    const fit = () => setRoom(pictureIn(video))
    const watch = new ResizeObserver(fit)
    watch.observe(video)
    video.addEventListener('loadedmetadata', fit)
    fit()
    return () => {
      watch.disconnect()
      video.removeEventListener('loadedmetadata', fit)
    }
  }, [])
  const mouths = shots.find(shot => shot.start <= at && at < shot.end)?.mouths ?? []
  return (
    <div ref={frame} class="mouths">
      {mouths.map(({ speaker, box, shapes }) => {
        const shape = shapes.find(({ start, end }) => start <= at && at < end)?.shape ?? 'closed'
        return (
          <span
            key={speaker}
            class={`mouth ${shape}`}
            style={{
              left: `${room.left + box.left * room.width}px`,
              top: `${room.top + box.top * room.height}px`,
              width: `${box.width * room.width}px`,
              height: `${box.height * room.height}px`,
            }}
          >
            <b>
              {speaker} {say(`mouth-${shape}`)}
            </b>
          </span>
        )
      })}
    </div>
  )
}

/** Where in its element the picture itself is, with `object-fit: contain`. */
function pictureIn(video: HTMLVideoElement) {
  const { clientWidth, clientHeight, videoWidth, videoHeight, offsetLeft, offsetTop } = video
  const scale = Math.min(clientWidth / (videoWidth || 16), clientHeight / (videoHeight || 9))
  const [width, height] = [(videoWidth || 16) * scale, (videoHeight || 9) * scale]
  return {
    ...{ width, height },
    left: offsetLeft + (clientWidth - width) / 2,
    top: offsetTop + (clientHeight - height) / 2,
  }
}
