import { useEffect, useRef } from 'preact/hooks'
import { useRead } from './house.ts'

/** The ASS file drawn by libass itself, as players of ASS will show it. Fetched when first wanted. */
export function Libass() {
  const place = useRef<HTMLDivElement>(null)
  const url = useRead(
    ({ desk }) =>
      desk?.episode.tracks.find(({ format, language }) => format === 'ass' && language === desk.player.shows)
        ?.url,
  )
  useEffect(() => {
    const video = place.current?.parentElement?.querySelector('video')
    if (url === undefined || video === null || video === undefined) return
    let gone = false
    let close: (() => void) | undefined
    void import('../play/libass.ts').then(async ({ drawAss }) => {
      const stop = await drawAss(video, url)
      if (gone) stop()
      else close = stop
    })
    return () => {
      gone = true
      close?.()
    }
  }, [url])
  return <div ref={place} class="libass" />
}
